"""Outcomes: what runs come to, and how arms compare by them."""
