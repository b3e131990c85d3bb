"""The quotapolis command: what a terminal asks and what it is shown."""
