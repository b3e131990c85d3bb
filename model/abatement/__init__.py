"""Abatement: what a tonne costs, and what cities abate at a price."""
