"""Zheng et al. 2023, Science Bulletin: super-emitters and quota."""
