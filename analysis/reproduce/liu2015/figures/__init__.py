"""Pictures for Liu et al. 2015."""
