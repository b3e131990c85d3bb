"""Equations only: arrays in, arrays out."""
