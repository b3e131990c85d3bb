"""Liability: the emissions a city answers for, by production and by consumption."""

import numpy as np

from model.arrays import ByRegion, ByRegionGroup, Number
from model.runs import wide


def liability(
    produced: ByRegion, consumed: ByRegion, exported: ByRegion, omega: Number
) -> ByRegion:
    """Return L = (1−ω)·D_pba + ω·(D_cba + X), t CO₂; (r,).

    X, the emissions for foreign exports, stays with the producer, or the cap would loosen with
    ω (Peters 2008; Lenzen et al. 2007 for shared responsibility).
    """
    return (1.0 - omega) * produced + omega * (consumed + exported)


def own_relief(
    own_use: ByRegionGroup, exported: ByRegionGroup, total: ByRegionGroup, omega: Number
) -> ByRegionGroup:
    """Return what one own tonne takes off own liability, 1: (1−ω) + ω·(own use + export share)."""
    kept = np.divide(own_use + exported, total, out=np.zeros_like(total), where=total > 0)
    return (1.0 - wide(omega)) + wide(omega) * kept
