"""Industries of cities: value-added shares of five kinds of sectors, and clusters of cities."""

import numpy as np

from model.arrays import ByCityGroup
from model.classes.industry_clusters import industry_clusters
from model.compile.city_economy import CityTables

KINDS = ("agriculture", "light_manufacturing", "heavy_manufacturing", "energy", "high_tech")
"""The five industrial types of Zheng et al. 2023, as words of `Sectors.kind`."""
SEED = 2012
"""Of the starts of the clusters."""


def shares(tables: CityTables, kinds: tuple[str, ...] = KINDS) -> ByCityGroup:
    """Return the share of each kind of sectors in value added of the cities, 1; (c, g)."""
    member = np.array([[word == kind for word in tables.sectors.kind] for kind in kinds])
    value_added = tables.value_added[tables.players]
    of_kind = value_added @ member.T.astype(np.float64)
    return of_kind / value_added.sum(axis=1, keepdims=True)


def cluster_names(tables: CityTables) -> list[str]:
    """Return the word of `KINDS` that labels the cluster of each city, by `players`."""
    label = industry_clusters(shares(tables), np.random.default_rng(SEED))
    return [KINDS[n] for n in label]
