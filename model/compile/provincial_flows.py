"""Step 7: balanced flows between provinces, into which the cities' flows are nested."""

import numpy as np

from model.arrays import BetweenRegions, ByRegionSector, OfRegion, ProvinceTrade
from model.compile.balancing import ras
from model.compile.city_split import Split
from model.compile.distance import blocks, by_province
from model.input_output.province_sums import sums


def provincial_flows(parts: Split, near: BetweenRegions, province: OfRegion) -> ProvinceTrade:
    """Return flows between provinces by maximum entropy, 10⁴ CNY; (i, p, q), own province 0.

    Zheng et al. 2023, section 2.1, step 7. The prior adds up city sales to other provinces ×
    nearness × city purchases from other provinces; outflow and inflow of every province hold.

    Raises
    ------
    Unbalanced
        If a sector's outflow and inflow cannot be matched between different provinces.
    """
    around = by_province(near, parts.from_others.T, province)
    prior = blocks(parts.to_others.T, around, province)
    provinces = prior.shape[1]
    diagonal = np.arange(provinces)
    prior[:, diagonal, diagonal] = 0.0
    outflow, inflow = (
        _of_provinces(amount, province, provinces)
        for amount in (parts.to_others, parts.from_others)
    )
    return ras(prior, outflow, inflow, tolerance=1e-12)


def _of_provinces(amount: ByRegionSector, province: OfRegion, provinces: int) -> np.ndarray:
    return np.ascontiguousarray(sums(amount, province, provinces).T)
