"""Trends that a scenario adds to the world's own, the same in every arm with the same words."""

from collections.abc import Sequence

import numpy as np

from data.readers.named_sectors import sectors_of
from data.readers.places import lying_in
from model.arrays import ByYearKindRegion, ByYearRegion, ByYearRegionBranch
from model.compile.city_economy import Economy
from model.input_output.branches import Branches, branches
from scenarios.added_trends import Cleaner, MoreDemand


def movable(economy: Economy, cleaner: Sequence[Cleaner]) -> Branches:
    """Return the branches of abatement groups whose intensities the words can move apart."""
    named = [sectors_of(words.sector, economy.sectors) for words in cleaner]
    return branches(economy.sectors.group, len(economy.sectors.groups), named)


def extra_level(
    economy: Economy, parts: Branches, cleaner: Sequence[Cleaner], years: int
) -> ByYearRegionBranch:
    """Return what cleaner sectors multiply the trend of intensities by, 1; (t, r, b)."""
    factor = np.ones((years, len(economy.regions), parts.group.size))
    for words in cleaner:
        where = lying_in(words.where, economy.regions)[:, None]
        cells = where & parts.named(sectors_of(words.sector, economy.sectors))
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
