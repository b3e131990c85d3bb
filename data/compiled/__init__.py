"""Compiled economies: kept on disk, invented, drawn."""
