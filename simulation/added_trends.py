"""What a scenario adds to the world's own trends, the same in every arm with the same words."""

from collections.abc import Sequence

import numpy as np

from data.economy import Economy
from data.figures import GROUPS
from data.places import lying_in
from model.arrays import ByYearKindRegion, ByYearRegion, ByYearRegionGroup
from model.coverage import covered
from scenarios.added_trends import Cleaner, MoreDemand


def extra_level(economy: Economy, cleaner: Sequence[Cleaner], years: int) -> ByYearRegionGroup:
    """Return what cleaner sectors multiply the trend of intensities by, 1; (t, r, g)."""
    factor = np.ones((years, len(economy.regions), len(GROUPS)))
    for words in cleaner:
        where = lying_in(words.where, economy.regions)[:, None]
        cells = where & covered([words.sector], GROUPS)
        for t in range(years):
            factor[t][cells] *= (1.0 + words.change) ** (t + 1)
    return factor


def further_demand(
    economy: Economy, more: Sequence[MoreDemand], demand: ByYearRegion
) -> ByYearKindRegion:
    """Return how much more of each further kind is demanded, 1; (t, k, r).

    Relative to the base year's demand for these products: α ((1 + growth)ⁿ − 1), with `demand`
    the baseline's α.
    """
    n = np.arange(1, len(demand) + 1)[:, None]
    return np.stack(
        [
            demand * ((1.0 + words.growth) ** n - 1.0) * lying_in(words.where, economy.regions)
            for words in more
        ],
        axis=1,
    )
