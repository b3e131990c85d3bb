"""Documents made from the code: tables and pages, and the Markdown they are written in."""
