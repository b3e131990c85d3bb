"""Figures of the cities that stay the same in every run: clusters, people, visibility."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity
from model.behaviour.perception import visibility
from model.compile.city_economy import CityTables
from simulation.industry import INDUSTRIAL_TYPES, cluster_names

UNKNOWN = "unknown"
"""Cluster of all cities where too few of them differ to form clusters."""


@dataclass(frozen=True, slots=True)
class CityFacts:
    """Figures of the base year; one row a city."""

    cluster: tuple[str, ...]
    """Industry cluster, a word of `simulation.industry.INDUSTRIAL_TYPES`."""
    province: tuple[str, ...]
    """Code of the province (GB/T 2260)."""
    population: ByCity
    """Residents, heads; (c,)."""
    value_added: ByCity
    """10⁴ CNY; (c,)."""
    visibility: ByCity
    """Share of the sectors in a group of their own in emissions, as it is in the city's industry
    cluster, standardised over the cities, 1; (c,)."""


def city_facts(tables: CityTables) -> CityFacts:
    """Return the figures of the cities of an economy."""
    players, regions = tables.players, tables.regions
    cluster = _clusters(tables)
    emitted, key = tables.F[players], tables.sectors.key
    total = emitted.sum(axis=1)
    share = np.divide(emitted[:, key].sum(axis=1), total, out=np.zeros_like(total), where=total > 0)
    number = np.array([(*INDUSTRIAL_TYPES, UNKNOWN).index(word) for word in cluster])
    return CityFacts(
        cluster=tuple(cluster),
        province=tuple(regions.province_codes[p] for p in regions.province[players]),
        population=tables.population[players],
        value_added=tables.value_added[players].sum(axis=1),
        visibility=visibility(share, number),
    )


def _clusters(tables: CityTables) -> list[str]:
    try:
        return cluster_names(tables)
    except ValueError:  # an economy of a few cities that are all alike
        return [UNKNOWN] * tables.players.size
