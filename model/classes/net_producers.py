"""Net producers: regions that emit more for others than others emit for them.

Zheng et al. (2023) can be read in two ways, and once define a net consumer the wrong way round.
`net_producer` balances the flows between regions only; its count is nearer the published one, and
it is the default. `net_producer_with_exports` also counts what a region emits for exports abroad,
while imports from abroad are in no account: D_pba > D_cba. Since D_pba − D_cba is the balance
between regions plus those exports, every net producer is one with exports too.
"""

import numpy as np

from model.arrays import BetweenRegions, ByRegion, RegionMask


def net_producer(C: BetweenRegions) -> RegionMask:
    """Return where Σ_{s≠r} C[r,s] > Σ_{r'≠r} C[r',r], of embodied flows C, t CO₂; (r,)."""
    between = C.copy()
    np.fill_diagonal(between, 0.0)
    return between.sum(axis=1) > between.sum(axis=0)


def net_producer_with_exports(D_pba: ByRegion, D_cba: ByRegion) -> RegionMask:
    """Return where production exceeds the footprint, t CO₂, exports abroad counted; (r,)."""
    return D_pba > D_cba
