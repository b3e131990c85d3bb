"""Step 2, exports: what each city sells abroad."""

import numpy as np

from model.arrays import ByProvinceSector, ByRegionSector, OfRegion
from model.compile.balancing import fitted, within


def city_exports(
    provincial: ByProvinceSector, x: ByRegionSector, lean: ByRegionSector, province: OfRegion
) -> ByRegionSector:
    """Return exports abroad by city, 10⁴ CNY; (r, i), adding up to the provinces'.

    No city exports by sector are published: they follow output at the provincial rate, times
    `lean`, and never exceed output. `provincial` is (p, i), 10⁴ CNY.
    """
    export = np.zeros_like(x)
    for p in range(provincial.shape[0]):
        cities = np.flatnonzero(province == p)
        wanted = x[cities] * lean[cities]
        wanted = wanted * fitted(provincial[p], wanted.sum(axis=0))
        for _ in range(LAPS):
            wanted = within(wanted, x[cities])
        export[cities] = wanted
    return export


LAPS = 4
"""Passing excess on can push others over their limits; they pass it on in turn."""
