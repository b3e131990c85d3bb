"""Readers: one table in, units converted, once."""
