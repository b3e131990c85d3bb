"""Footprints: emission accounts, their decomposition and scenarios."""
