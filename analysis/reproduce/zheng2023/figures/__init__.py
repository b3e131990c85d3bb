"""Pictures for Zheng et al. 2023."""
