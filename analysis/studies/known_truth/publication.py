"""Statistics published of a true city economy: provinces in full, cities by few numbers."""

from dataclasses import replace

import numpy as np

from analysis.studies.known_truth.city_yearbook import Noise, published_demand, published_jobs
from analysis.studies.known_truth.country import spread
from analysis.studies.known_truth.truth import Truth
from model.arrays import Matrix
from model.compile.figures import (
    DEFLATORS,
    CityStatistics,
    Figures,
    Prospects,
    ProvincialInventory,
    Records,
)
from model.compile.nation import NationalTable
from model.compile.provinces import ProvincialTables
from model.input_output.province_sums import sums
from model.labels import GROUPS, INDUSTRIES

ESTIMATED = Noise()
RURAL = 0.4
"""Share of rural households in direct emissions, 1."""


def published(truth: Truth, rng: np.random.Generator, noise: Noise = ESTIMATED) -> Figures:
    """Return the figures that a compile reads: city statistics of demand and jobs err by chance.

    All others are aggregated from the truth without error.
    """
    tables = _provincial_tables(truth)
    production = sums(truth.F, truth.regions.province, tables.x.shape[0])
    households = sums(truth.household_emissions, truth.regions.province, tables.x.shape[0])
    statistics = _city_statistics(truth)
    return Figures(
        year=2012,
        regions=truth.regions,
        sectors=truth.sectors,
        statistics=statistics,
        demand=published_demand(truth, rng, noise),
        jobs=published_jobs(truth, rng, noise),
        tables=tables,
        national=_national_table(tables),
        inventory=ProvincialInventory(
            production=production,
            households=np.stack([RURAL * households, (1.0 - RURAL) * households], axis=1),
        ),
        national_co2=production.sum(axis=0),
        prices=dict.fromkeys(DEFLATORS, np.ones(tables.x.shape[1])),
        prospects=_standstill(len(truth.regions)),
        records=_no_records(statistics),
    )


def with_co2_error(figures: Figures, rng: np.random.Generator, deviation: float) -> Figures:
    """Return the figures with an error of each city's CO₂, of a deviation in log units."""
    statistics = figures.statistics
    co2 = statistics.co2 * spread(rng, deviation, statistics.co2.shape)
    return replace(figures, statistics=replace(statistics, co2=co2))


def _provincial_tables(truth: Truth) -> ProvincialTables:
    province, provinces = truth.regions.province, len(truth.regions.province_codes)
    elsewhere = truth.found.trade * (province[:, None] != province)
    return ProvincialTables(
        Z=sums(truth.inputs, province, provinces),
        Y=sums(truth.d, province, provinces),
        export=sums(truth.export, province, provinces),
        outflow=sums(elsewhere.sum(axis=2).T, province, provinces),
        imports=sums(truth.imports, province, provinces),
        inflow=sums(elsewhere.sum(axis=1).T, province, provinces),
        x=sums(truth.found.x, province, provinces),
        value_added=sums(truth.value_added, province, provinces),
    )


def _national_table(tables: ProvincialTables) -> NationalTable:
    return NationalTable(
        Z=tables.Z.sum(axis=0),
        Y=tables.Y.sum(axis=0),
        export=tables.export.sum(axis=0),
        imports=tables.imports.sum(axis=0),
        value_added=tables.value_added.sum(axis=0),
    )


def _city_statistics(truth: Truth) -> CityStatistics:
    cities = len(truth.regions)
    return CityStatistics(
        population=truth.population,
        gdp=_by_industry(truth),
        co2=truth.F.sum(axis=1) + truth.household_emissions,
        co2_estimated=np.zeros(cities, dtype=bool),
        co2_spread=np.zeros(cities),
        co2_spread_of_year=np.zeros(cities),
        thermal_capacity=truth.thermal_capacity,
        real_gdp_index=np.ones(cities),
    )


def _by_industry(truth: Truth) -> Matrix:
    """Value added by industry, 10⁴ CNY; (r, 3)."""
    member = truth.sectors.industry[:, None] == np.arange(len(INDUSTRIES))
    return truth.value_added @ member.astype(np.float64)


def _standstill(cities: int) -> Prospects:
    """No growth: the tables of one year alone are compared."""
    return Prospects(
        real_growth=np.zeros(cities),
        national_growth={},
        intensity_change=np.ones(len(GROUPS)),
        co2_change=np.ones(cities),
        planned_change=np.ones(cities),
    )


def _no_records(statistics: CityStatistics) -> Records:
    """No past: the year of the table alone, and no plan."""
    return Records(
        past_years=range(2012, 2013),
        past_emissions=statistics.co2[None, :],
        past_estimated=statistics.co2_estimated[None, :],
        intensity_cut=np.full(statistics.co2.size, np.nan),
    )
