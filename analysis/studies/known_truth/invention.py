"""Invented city economies whose trade follows noisy gravity, not maximum entropy."""

import numpy as np

from analysis.studies.known_truth.country import (
    SECTORS,
    Diversity,
    invented_people,
    invented_regions,
    spread,
)
from analysis.studies.known_truth.findings import in_full
from analysis.studies.known_truth.technology import Tastes, invented_tastes, invented_technologies
from analysis.studies.known_truth.truth import Truth
from model.arrays import ByRegion, ByRegionSector, FinalUse, TradeShares
from model.compile.distance import distances
from model.input_output.leontief import gross_output
from model.input_output.trade_form import TradeForm
from model.labels import Regions

CITIES_OF_PROVINCES = (4, 6, 3, 5, 4, 3, 6, 5)
"""Cities of each province of an invented country."""
INTENSITY = np.array([0.2, 0.8, 0.3, 3.0, 0.1, 8.0, 0.1, 0.2])
"""Emissions per output of the median city by sector, t CO₂ per 10⁴ CNY."""
EXPORTS = np.array([0.02, 0.01, 0.35, 0.10, 0.40, 0.005, 0.015, 0.10])
"""Share of each product in exports, 1."""
EXPORTED = 0.15
"""Exports per final demand of the country, 1."""
IMPORTED = (0.02, 0.15)
"""Range of the share of use bought abroad by product, 1."""
ROUNDS = 2
"""Rounds of earning and spending; the first spends the income that capacities follow."""
HOUSEHOLDS = 0.3
"""Direct emissions of the median city's households, t CO₂ per head."""


def invented_truth(
    rng: np.random.Generator,
    cities: tuple[int, ...] = CITIES_OF_PROVINCES,
    diversity: Diversity | None = None,
) -> Truth:
    """Return a random city economy in balance: x = A x + Y·1 + export (Leontief).

    Users choose suppliers by capacity, distance, home bias and chance (Anderson & van Wincoop
    2003; Eaton & Kortum 2002); cities differ in specialisation, technology and taste.
    """
    diversity = diversity or Diversity()
    regions = invented_regions(rng, cities)
    population, income = invented_people(rng, regions, diversity)
    shape = (len(regions), INTENSITY.size)
    capacity = (population * income)[:, None] * spread(rng, diversity.advantage, shape)
    tastes = invented_tastes(rng, len(regions), diversity)
    form = TradeForm(
        t=_trade_shares(rng, regions, capacity, diversity),
        a=invented_technologies(rng, regions.province, diversity),
    )
    abroad = capacity * spread(rng, diversity.export, shape)
    abroad *= EXPORTED * EXPORTS / abroad.sum(axis=0)
    x, d, export = _balance(form, tastes, population, income, abroad)
    F = x * _intensities(rng, regions, diversity)
    generated = x[:, SECTORS.names.index("electricity")]
    return Truth(
        regions=regions,
        sectors=SECTORS,
        inputs=form.a * x[:, None, :],
        d=d,
        export=export,
        F=F,
        household_emissions=HOUSEHOLDS * population * spread(rng, diversity.demand, shape[:1]),
        population=population,
        thermal_capacity=1e-3 * generated * spread(rng, diversity.thermal_capacity, shape[:1]),
        found=in_full(form, d, x, F),
    )


def _balance(
    form: TradeForm,
    tastes: Tastes,
    population: ByRegion,
    income: ByRegion,
    abroad: ByRegionSector,
) -> tuple[ByRegionSector, FinalUse, ByRegionSector]:
    """Return output, final demand and exports: what a city earns it spends in the next round.

    Exports are `abroad` × the country's final demand.
    """
    A = form.dense()
    value_added = 1.0 - form.a.sum(axis=1)
    for _ in range(ROUNDS):
        d = tastes.demand(population, income)
        export = abroad * d.sum()
        final = form.final_demand(d).sum(axis=2) + export
        x = gross_output(A, final.reshape(-1, 1)).reshape(final.shape)
        earned = (x * value_added).sum(axis=1) / population
        income = earned * (d.sum() / (x * value_added).sum())
    return x, d, export


def _trade_shares(
    rng: np.random.Generator, regions: Regions, capacity: ByRegionSector, diversity: Diversity
) -> TradeShares:
    """Return who supplies each city's use, 1; (i, r, s), summing to one less the imports."""
    cities, products = capacity.shape
    decay, home = (
        np.exp(rng.uniform(np.log(least), np.log(most), products))
        for least, most in (diversity.decay, diversity.home)
    )
    km = distances(regions.lon, regions.lat)
    pull = capacity.T[:, :, None] * np.exp(-decay[:, None, None] * km)
    pull *= spread(rng, diversity.trade, pull.shape)
    own = np.arange(cities)
    pull[:, own, own] *= home[:, None]
    imported = rng.uniform(IMPORTED[0], IMPORTED[1], (products, 1))
    imported = imported * spread(rng, diversity.imports, (products, cities))
    at_home = 1.0 - np.minimum(imported, 0.5)
    return pull * (at_home / pull.sum(axis=1))[:, None, :]


def _intensities(
    rng: np.random.Generator, regions: Regions, diversity: Diversity
) -> ByRegionSector:
    sectors = INTENSITY.size
    of_province = spread(rng, diversity.intensity, (len(regions.province_codes), sectors))
    of_city = spread(rng, diversity.intensity, (len(regions), sectors))
    return INTENSITY * of_province[regions.province] * of_city
