"""Documents made from the code: the ODD's tables, Markdown."""
