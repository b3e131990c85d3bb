"""The door for figures: tables in, units converted, once."""

import quotapolis_packages  # noqa: F401 - refuses to go on if a file hides a package
