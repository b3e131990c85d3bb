"""Economies of one's own: any multi-regional input–output table, checked, kept and loaded."""
