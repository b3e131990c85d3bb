"""From provincial tables and city statistics to a city economy (Zheng et al. 2022, entropy)."""
