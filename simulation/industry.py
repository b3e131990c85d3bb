"""Industries of cities: value-added shares of five kinds of sectors, and clusters of cities."""

import numpy as np

from model.arrays import ByCityAndAny
from model.classes.industry_clusters import industry_clusters
from model.compile.city_economy import CityTables

INDUSTRIAL_TYPES = (
    "agriculture",
    "light_manufacturing",
    "heavy_manufacturing",
    "energy",
    "high_tech",
)
"""The five industrial types of Zheng et al. 2023, as words of `Sectors.kind`."""
SEED = 2012
"""Of the starts of the clusters."""


def industry_shares(tables: CityTables, types: tuple[str, ...] = INDUSTRIAL_TYPES) -> ByCityAndAny:
    """Return the share of each type of sectors in value added of the cities, 1; (c, type)."""
    member = np.array([[word == own for word in tables.sectors.kind] for own in types])
    value_added = tables.value_added[tables.players]
    of_type = value_added @ member.T.astype(np.float64)
    return of_type / value_added.sum(axis=1, keepdims=True)


def cluster_names(tables: CityTables) -> list[str]:
    """Return the word of `INDUSTRIAL_TYPES` that labels the cluster of each city, by `players`."""
    label = industry_clusters(industry_shares(tables), np.random.default_rng(SEED))
    return [INDUSTRIAL_TYPES[n] for n in label]
