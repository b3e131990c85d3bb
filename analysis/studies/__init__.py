"""Studies: questions that the project asks of itself, each a document."""
