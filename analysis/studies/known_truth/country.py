"""Invented countries: their products, their cities' places and people, how unlike cities are."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByRegion
from model.labels import GROUPS, Regions, Sectors

SECTORS = Sectors(
    codes=tuple(f"s{n}" for n in range(1, 9)),
    names=("agriculture", "mining", "light manufacturing", "metals", "machinery", "electricity",
           "construction", "services"),
    industry=np.array([0, 1, 1, 1, 1, 1, 1, 2]),
    group=np.array([GROUPS.index(name) for name in
                    ("rest", "rest", "rest", "metals", "rest", "electricity", "rest", "rest")]),
    kind=("agriculture", "energy", "light_manufacturing", "heavy_manufacturing", "high_tech",
          "energy", "heavy_manufacturing", "services"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Diversity:
    """Differences between invented cities: standard deviations in log units, unless said.

    Technology, advantage, intensity, population and income spread about as they do between the
    provinces or cities of 2012 in the tables of `data`; the rest is assumed.
    """

    technology: float = 0.35
    """Use of an input per output: province about nation, and city about province."""
    advantage: float = 0.7
    """Capacity to supply a product, relative to the size of the city."""
    intensity: float = 0.6
    """Emissions per output of a sector: province about nation, and city about province."""
    population: float = 0.8
    """Residents."""
    income: float = 0.4
    """Income per head: province about nation, and city about province."""
    demand: float = 0.2
    """Final demand per head at given income, by category and by product."""
    export: float = 0.5
    """Sales abroad per capacity."""
    imports: float = 0.3
    """Share of use bought abroad."""
    trade: float = 0.5
    """Share of a supplier in a user's purchases, at given capacity and distance."""
    thermal_capacity: float = 0.3
    """Thermal capacity per output of electricity."""
    home: tuple[float, float] = (2.0, 30.0)
    """Home bias by product, range of a log-uniform draw, 1: how much more a city buys of itself
    than of an equal supplier at no distance."""
    decay: tuple[float, float] = (0.5e-3, 4e-3)
    """Decline of trade with distance by product, range of a log-uniform draw, 1/km."""


def invented_regions(rng: np.random.Generator, cities: tuple[int, ...]) -> Regions:
    """Return cities within 250 km or so of the centres of their provinces."""
    provinces = len(cities)
    province = np.repeat(np.arange(provinces, dtype=np.int64), cities)
    lon = rng.uniform(100.0, 122.0, provinces)[province]
    lat = rng.uniform(22.0, 42.0, provinces)[province]
    count = province.size
    return Regions(
        codes=tuple(f"c{n:02d}" for n in range(count)),
        names=tuple(f"City {n}" for n in range(count)),
        province=province,
        province_codes=tuple(f"p{p}" for p in range(provinces)),
        is_city=np.ones(count, dtype=bool),
        lon=lon + rng.uniform(-2.2, 2.2, count),
        lat=lat + rng.uniform(-2.2, 2.2, count),
    )


def invented_people(
    rng: np.random.Generator, regions: Regions, diversity: Diversity
) -> tuple[ByRegion, ByRegion]:
    """Return residents, heads, and income per head, 10⁴ CNY; (r,) each."""
    count = len(regions)
    population = 3e6 * spread(rng, diversity.population, (count,))
    of_province = spread(rng, diversity.income, (len(regions.province_codes),))
    return population, 4.0 * of_province[regions.province] * spread(rng, diversity.income, (count,))


def spread(
    rng: np.random.Generator, deviation: float, shape: tuple[int, ...]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return lognormal factors of median 1 with a standard deviation in log units."""
    return np.exp(deviation * rng.standard_normal(shape))
