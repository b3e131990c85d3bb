"""Compile: provincial tables and city statistics become one balanced city economy.

The seven steps of Zheng et al. 2023, section 2.1 (Zheng et al. 2022 in full): each is an
equation file of `model.compile`; this file only puts them in order.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from data.economy import Economy
from data.figures import (
    INDUSTRIES,
    KEY_SECTORS,
    CityStatistics,
    ProvincialInventory,
    Regions,
    Sectors,
    read_city_statistics,
    read_national_table,
    read_provincial_inventory,
    read_provincial_tables,
    read_regions,
    read_sectors,
)
from data.prospects import Prospects, read_prospects
from model.arrays import ByProvinceSector, ByRegion, ByRegionSector, FinalUse, Matrix, TradeShares
from model.basis import response_basis
from model.compile.balancing import ras
from model.compile.calibration import production_emissions, sums, to_province
from model.compile.city_demand import city_demand, income_elasticities
from model.compile.city_output import ProvinceStructure, city_output, prior_output
from model.compile.city_trade import affinity, city_flows, distances, provincial_flows
from model.compile.nation import INVENTORY, NationalTable
from model.compile.provinces import ProvincialTables, reconciled
from model.trade_form import TradeForm

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What no statistic says and the compile must assume."""

    home_weight: float = 23.0
    """How much likelier goods stay in their own city than reach an equally near one of the
    province, 1. Calibrated to the share of footprints outsourced in 2012 (78.6 %, Xia et al.
    2024); every later year is free."""
    decay_per_km: float = 1e-3
    """Decline of trade with distance, 1/km. Assumed; 0 is maximum entropy without distance."""
    output_tilt: float = 1.5
    """Bound on tilting city output towards emitting sectors, log units. Assumed."""
    capacity_weight: float = 0.5
    """Weight of thermal capacity in a city's share of electricity output, 1. Assumed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a compile reads."""

    year: int
    regions: Regions
    sectors: Sectors
    statistics: CityStatistics
    tables: ProvincialTables
    national: NationalTable
    inventory: ProvincialInventory
    prospects: Prospects


def read_figures(year: int, directory: Path | None = None) -> Figures:
    """Return the figures of one year; raises UserMistake as the readers of `data.figures`."""
    regions, sectors = read_regions(directory), read_sectors(directory)
    return Figures(
        year=year,
        regions=regions,
        sectors=sectors,
        statistics=read_city_statistics(year, regions, directory),
        tables=read_provincial_tables(year, regions, sectors, directory),
        national=read_national_table(year, sectors, directory),
        inventory=read_provincial_inventory(year, regions, sectors, directory),
        prospects=read_prospects(regions, sectors, directory),
    )


def silent(_stage: str, _done: int, _of: int) -> None:
    """Report no progress."""


def compile_economy(
    figures: Figures, assumptions: Assumptions, progress: Progress = silent
) -> Economy:
    """Return the balanced city economy of the figures, with its response basis.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If provincial or city margins cannot be met.
    model.krylov.NotConverged
        If the spectral radius of A is not below one.
    """
    progress("provinces reconciled", 0, 1)
    province = figures.regions.province
    tables = reconciled(figures.tables, figures.national)
    production = calibrated_emissions(figures)
    x = _output(figures, tables, production, assumptions)
    F = _emissions(figures, tables, x, production)
    a = _per(tables.Z, tables.x[:, None, :])[province]
    d = _demand(figures, tables, np.einsum("sij,sj->si", a, x))
    use = np.einsum("sij,sj->si", a, x) + d.sum(axis=2)
    export = x * _per(tables.export, tables.x)[province]
    progress("trade between cities", 0, 1)
    t = _trade_shares(figures, tables, x - export, use, assumptions)
    form = TradeForm(t=t, a=a)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_threads()) as threads:
        basis = response_basis(
            form, d, export, lambda done, of: progress("response basis", done, of), threads.map
        )
    return Economy(
        year=figures.year,
        regions=figures.regions,
        sectors=figures.sectors,
        form=form,
        d=d,
        export=export,
        x=x,
        value_added=x * _per(tables.value_added, tables.x)[province],
        F=F,
        household_emissions=_household_emissions(figures),
        population=figures.statistics.population,
        co2_estimated=figures.statistics.co2_estimated,
        prospects=figures.prospects,
        basis=basis,
    )


def _threads() -> int:
    """Return how many blocks of columns to solve at once: each needs a quarter of a gigabyte."""
    return min(4, os.cpu_count() or 1)


def calibrated_emissions(figures: Figures) -> ByRegion:
    """Return production emissions of each region, t CO₂, summing to the provinces'; (r,)."""
    return production_emissions(
        figures.statistics.co2,
        figures.statistics.population,
        figures.inventory.households.sum(axis=1),
        figures.inventory.production.sum(axis=1),
        figures.regions.province,
    )


def _gdp(figures: Figures, tables: ProvincialTables) -> Matrix:
    by_industry = [
        tables.value_added[:, figures.sectors.industry == n].sum(axis=1)
        for n in range(len(INDUSTRIES))
    ]
    total = np.stack(by_industry, axis=1)
    return to_province(figures.statistics.gdp, total, figures.regions.province)


def _output(
    figures: Figures, tables: ProvincialTables, production: ByRegion, assumptions: Assumptions
) -> ByRegionSector:
    gdp = _gdp(figures, tables)
    electricity = figures.sectors.group == KEY_SECTORS.index("electricity")
    x = np.zeros((len(figures.regions), tables.x.shape[1]))
    for p in range(tables.x.shape[0]):
        own = np.flatnonzero(figures.regions.province == p)
        structure = ProvinceStructure(
            x=tables.x[p],
            value_added=tables.value_added[p],
            emissions=figures.inventory.production[p],
            industry=figures.sectors.industry,
        )
        capacity = figures.statistics.thermal_capacity[own]
        prior = prior_output(
            structure, gdp[own], capacity, electricity, assumptions.capacity_weight
        )
        x[own] = city_output(structure, prior, gdp[own], production[own], assumptions.output_tilt)
    return x


def _emissions(
    figures: Figures, tables: ProvincialTables, x: ByRegionSector, production: ByRegion
) -> ByRegionSector:
    intensity = _per(figures.inventory.production, tables.x)
    F = np.zeros_like(x)
    for p in range(tables.x.shape[0]):
        own = np.flatnonzero(figures.regions.province == p)
        F[own] = ras(intensity[p] * x[own], production[own], figures.inventory.production[p])
    return F


def _demand(figures: Figures, tables: ProvincialTables, intermediate: ByRegionSector) -> FinalUse:
    province = figures.regions.province
    gdp = _gdp(figures, tables).sum(axis=1)
    population = figures.statistics.population
    provinces = tables.x.shape[0]
    elasticity = income_elasticities(
        np.delete(tables.Y, INVENTORY, axis=2).sum(axis=1),
        sums(gdp, province, provinces),
        sums(population, province, provinces),
    )
    final = city_demand(tables.Y, gdp, population, elasticity, province)
    used = intermediate + final.sum(axis=2)
    change = _per(tables.Y[:, :, INVENTORY], sums(used, province, provinces))
    return np.insert(final, INVENTORY, used * change[province], axis=2)


def _trade_shares(
    figures: Figures,
    tables: ProvincialTables,
    supply: ByRegionSector,
    use: ByRegionSector,
    assumptions: Assumptions,
) -> TradeShares:
    regions = figures.regions
    domestic_use = use * (1.0 - _per(tables.imports, tables.use))[regions.province]
    km = distances(regions.lon, regions.lat)
    weight = affinity(km, regions.province, assumptions.decay_per_km, assumptions.home_weight)
    own = np.maximum(tables.x - tables.export - tables.outflow, 0.0)
    between = provincial_flows(
        supply, domestic_use, tables.outflow, tables.inflow, own, weight, regions.province
    )
    flows = city_flows(supply, domestic_use, between, weight, regions.province)
    return _per(flows, use.T[:, None, :])


def _household_emissions(figures: Figures) -> ByRegion:
    return to_province(
        figures.statistics.population,
        figures.inventory.households.sum(axis=1),
        figures.regions.province,
    )


def _per(amount: np.ndarray, base: ByProvinceSector | np.ndarray) -> np.ndarray:
    """Return amount / base, 0 where the base is 0 (a sector without output uses nothing)."""
    shape = np.broadcast_shapes(amount.shape, base.shape)
    return np.divide(amount, base, out=np.zeros(shape), where=base > 0)
