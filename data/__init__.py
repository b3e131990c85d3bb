"""The door for figures: tables in, units converted, once."""
