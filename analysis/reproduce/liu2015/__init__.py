"""Liu et al. 2015, Nature Climate Change: targeted opportunities."""
