"""Reliability: hostile and damaged inputs through the real doors, counted by how they end."""
