"""Pictures for Xia et al. 2024."""
