"""The test table that pymrio ships, six regions and eight sectors, as a country of cities."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pymrio

from analysis.studies.known_truth.findings import of_full_table
from analysis.studies.known_truth.truth import Truth
from model.labels import GROUPS, Regions, Sectors

INDUSTRY = {"food": 0, "trade": 2, "transport": 2, "other": 2}
"""Position in INDUSTRIES; every other sector is secondary."""
CATEGORIES = ([0], [0], [1, 2], [3], [4, 5])
"""pymrio's categories by ours: households twice, non-profit with government, stocks, valuables."""
OF_HOUSEHOLDS = (0.4, 0.6, 1.0, 1.0, 1.0)
"""What of each comes to us: households split into rural and urban."""
INCOME = {f"reg{n}": n + 1.0 for n in range(1, 7)}
"""Income per head, 10⁴ CNY: the table has no people."""


@cache
def shipped() -> pymrio.IOSystem:
    """Return pymrio's test table."""
    return pymrio.load_test()


def pairings(regions: tuple[str, ...]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield every way to put regions together by twos."""
    if not regions:
        yield ()
        return
    first, *others = regions
    for partner in others:
        left = tuple(region for region in others if region != partner)
        for rest in pairings(left):
            yield ((first, partner), *rest)


def truth_of(provinces: tuple[tuple[str, str], ...]) -> Truth:
    """Return the table with its regions as the cities of these provinces, all at one place."""
    table, cities = shipped(), [city for province in provinces for city in province]
    sectors = list(table.get_sectors())
    shape = (len(cities), len(sectors))
    Z = table.Z.loc[cities, cities].to_numpy().reshape(*shape, *shape)
    reported = table.Y.loc[cities, cities].to_numpy().reshape(*shape, len(cities), -1)
    Y = np.stack(
        [
            part * reported[..., columns].sum(axis=-1)
            for part, columns in zip(OF_HOUSEHOLDS, CATEGORIES, strict=True)
        ],
        axis=-1,
    )
    x = Z.sum(axis=(2, 3)) + Y.sum(axis=(2, 3))
    F = table.emissions.F.loc[("emission_type1", "air"), cities].to_numpy().reshape(shape)
    d = Y.sum(axis=0).transpose(1, 0, 2)
    value_added = x.sum(axis=1) - Z.sum(axis=(0, 1, 3))
    return Truth(
        regions=_regions(cities, len(provinces)),
        sectors=_sectors(sectors),
        inputs=Z.sum(axis=0).transpose(1, 0, 2),
        d=d,
        export=np.zeros(shape),
        F=F,
        household_emissions=np.zeros(len(cities)),
        population=value_added / np.array([INCOME[city] for city in cities]),
        thermal_capacity=x[:, sectors.index("electricity")],
        found=of_full_table(Z, Y, x, F, d.sum(axis=1)),
    )


def _regions(cities: list[str], provinces: int) -> Regions:
    return Regions(
        codes=tuple(cities),
        names=tuple(cities),
        province=np.repeat(np.arange(provinces), 2),
        province_codes=tuple(f"p{p}" for p in range(provinces)),
        is_city=np.ones(len(cities), dtype=bool),
        lon=np.zeros(len(cities)),
        lat=np.zeros(len(cities)),
    )


def _sectors(names: list[str]) -> Sectors:
    group = ["electricity" if name == "electricity" else "rest" for name in names]
    return Sectors(
        codes=tuple(names),
        names=tuple(names),
        industry=np.array([INDUSTRY.get(name, 1) for name in names]),
        group=np.array([GROUPS.index(name) for name in group]),
        kind=tuple(names),
    )
