"""A small invented economy: 3 provinces, 8 cities, 5 sectors, for trials, tests and teaching.

Its figures are random numbers with a fixed seed; they describe no place. It is compiled by the very
steps that compile the real one, in a fraction of a second.
"""

from dataclasses import replace

import numpy as np

from model.compile.assumptions import Assumptions
from model.compile.city_economy import Economy
from model.compile.compile import compile_economy
from model.compile.figures import (
    DEFLATORS,
    CityPanel,
    CityStatistics,
    DemandStatistics,
    Estimate,
    Figures,
    Jobs,
    Prospects,
    ProvincialInventory,
    Records,
)
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables
from model.labels import CATEGORIES, GROUPS, Regions, Sectors

CITIES_OF_PROVINCES = (4, 3, 1)
SECTORS = ("agriculture", "electricity", "metals", "light manufacturing", "services")
INTENSITY = np.array([0.3, 8.0, 3.0, 0.3, 0.2])
"""Mean emission intensity by sector, t per 10⁴ CNY."""


def small_economy(seed: int = 0, assumptions: Assumptions | None = None) -> Economy:
    """Return the invented economy; `seed` makes others like it."""
    return compile_economy(small_figures(seed), assumptions or Assumptions(home_weight=5.0))


def small_figures(seed: int = 0) -> Figures:
    """Return the invented figures that the economy is compiled from."""
    rng = np.random.default_rng(seed)
    sectors = Sectors(
        codes=tuple(f"s{n + 1:02d}" for n in range(len(SECTORS))),
        names=SECTORS,
        industry=np.array([0, 1, 1, 1, 2]),
        group=np.array([6, GROUPS.index("electricity"), GROUPS.index("metals"), 6, 6]),
        kind=("agriculture", "energy", "heavy_manufacturing", "light_manufacturing", "services"),
    )
    tables = _tables(rng)
    regions = _regions(rng)
    even = np.ones(len(SECTORS))
    statistics = _statistics(rng, regions)
    figures = Figures(
        year=2012,
        regions=regions,
        sectors=sectors,
        statistics=statistics,
        demand=_demand(np.random.default_rng([seed, 1]), regions, statistics),
        jobs=_jobs(np.random.default_rng([seed, 2]), regions),
        tables=tables,
        national=_national(rng, tables),
        inventory=_inventory(rng, tables),
        national_co2=even,
        prices=dict.fromkeys(DEFLATORS, even),
        prospects=_prospects(rng, regions),
        records=_records(rng, regions, statistics),
    )
    return replace(figures, national_co2=0.93 * figures.inventory.production.sum(axis=0))


def _regions(rng: np.random.Generator) -> Regions:
    count = sum(CITIES_OF_PROVINCES)
    province = np.repeat(np.arange(len(CITIES_OF_PROVINCES)), CITIES_OF_PROVINCES)
    return Regions(
        codes=tuple(f"x{p}{n}" for n, p in enumerate(province)),
        names=tuple(f"City {'ABCDEFGH'[n]}" for n in range(count)),
        province=province.astype(np.int64),
        province_codes=("x0", "x1", "x2"),
        is_city=np.ones(count, dtype=bool),
        lon=100.0 + 5.0 * province + rng.uniform(0, 4, count),
        lat=30.0 + rng.uniform(0, 6, count),
    )


def _tables(rng: np.random.Generator) -> ProvincialTables:
    """Balanced tables: final use is what the row leaves, value added what the column leaves."""
    provinces, sectors = len(CITIES_OF_PROVINCES), len(SECTORS)
    x = rng.uniform(0.6, 1.4, (provinces, sectors)) * np.array([1.0e7, 0.9e7, 1.1e7, 1.5e7, 2.2e7])
    a = rng.uniform(0.02, 0.10, (provinces, sectors, sectors))
    Z = a * x[:, None, :]
    export = rng.uniform(0.02, 0.12, x.shape) * x
    imports = rng.uniform(0.02, 0.10, x.shape) * x
    outflow = rng.uniform(0.05, 0.25, x.shape) * x
    inflow = rng.uniform(0.05, 0.25, x.shape) * x
    left = x + imports + inflow - Z.sum(axis=2) - export - outflow
    inflow += np.maximum(0.1 * x - left, 0.0)
    final = np.maximum(left, 0.1 * x)
    share = rng.dirichlet((3.0, 6.0, 2.0, 6.0, 0.3), x.shape)
    return ProvincialTables(
        Z=Z,
        Y=final[:, :, None] * share[:, :, : len(CATEGORIES)],
        export=export,
        outflow=outflow,
        imports=imports,
        inflow=inflow,
        x=x,
        value_added=x - Z.sum(axis=1),
    )


def _national(rng: np.random.Generator, tables: ProvincialTables) -> NationalTable:
    """Return the provinces' sum, each entry a few per cent off, as national accounts differ."""

    def near(total: np.ndarray) -> np.ndarray:
        return total * rng.uniform(0.95, 1.0, total.shape)

    return NationalTable(
        Z=near(tables.Z.sum(axis=0)),
        Y=near(tables.Y.sum(axis=0)),
        export=near(tables.export.sum(axis=0)),
        imports=near(tables.imports.sum(axis=0)),
        value_added=near(tables.value_added.sum(axis=0)),
    )


def _statistics(rng: np.random.Generator, regions: Regions) -> CityStatistics:
    count = len(regions)
    population = rng.uniform(1e6, 8e6, count)
    income = rng.uniform(2.0, 9.0, count)
    industries = rng.dirichlet((2.0, 8.0, 8.0), count)
    return CityStatistics(
        population=population,
        gdp=(population * income)[:, None] * industries,
        co2=population * income * rng.uniform(1.0, 5.0, count),
        co2_estimated=rng.random(count) < 0.2,
        co2_spread=np.full(count, 0.15),
        co2_spread_of_year=np.full(count, 0.08),
        thermal_capacity=rng.uniform(0.0, 5000.0, count),
        real_gdp_index=rng.uniform(1.3, 1.6, count),
    )


def _demand(
    rng: np.random.Generator, regions: Regions, statistics: CityStatistics
) -> DemandStatistics:
    """Return statistics of demand that rise with income, of most cities."""
    income = statistics.gdp.sum(axis=1) / statistics.population

    def panel(level: float, elasticity: float) -> CityPanel:
        per_head = level * income**elasticity * np.exp(0.15 * rng.standard_normal(income.size))
        per_head[2] = np.nan
        return CityPanel(years=(2012,), per_head=per_head[None, :], income=income[None, :])

    urban = rng.uniform(0.3, 0.8, len(regions))
    urban[1] = np.nan
    return DemandStatistics(
        investment=panel(0.7, 0.9),
        retail=panel(0.4, 0.9),
        public_jobs=panel(0.02, 0.2),
        urban_share=urban,
        wages=Estimate(0.9, 0.04, 7),
        public_pay=Estimate(0.2, 0.05, 7),
    )


def _jobs(rng: np.random.Generator, regions: Regions) -> Jobs:
    """Return jobs in farming, power, manufacturing and services; the second city tells none."""
    persons = rng.uniform(1e3, 1e5, (len(regions), 4))
    persons[1] = np.nan
    return Jobs(persons=persons, of_sector=np.array([0, 1, 2, 2, 3]))


def _inventory(rng: np.random.Generator, tables: ProvincialTables) -> ProvincialInventory:
    noise = rng.uniform(0.6, 1.5, tables.x.shape)
    production = tables.x * INTENSITY * noise
    households = np.outer(production.sum(axis=1), [0.02, 0.03])
    return ProvincialInventory(production=production, households=households)


def _prospects(rng: np.random.Generator, regions: Regions) -> Prospects:
    count = len(regions)
    change = np.ones(len(GROUPS))
    change[[0, 1, 6]] = (0.9, 0.95, 0.8)
    return Prospects(
        real_growth=rng.uniform(0.05, 0.10, count),
        national_growth=dict.fromkeys(range(2013, 2025), 0.065),
        intensity_change=change,
        co2_change=rng.uniform(0.9, 1.4, count),
        planned_change=np.full(count, 0.83),
    )


def _records(rng: np.random.Generator, regions: Regions, statistics: CityStatistics) -> Records:
    """Emissions that grew to today's level, and a cut for each province."""
    years = range(2000, 2013)
    growth = rng.uniform(0.0, 0.10, len(regions))
    ago = np.arange(len(years))[::-1, None]
    return Records(
        past_years=years,
        past_emissions=statistics.co2 / (1.0 + growth) ** ago,
        past_estimated=np.zeros((len(years), len(regions)), dtype=bool),
        intensity_cut=np.array([0.205, 0.18, 0.12])[regions.province],
    )
