"""Xia et al. 2024, Nature Cities: outsourced mitigation."""
