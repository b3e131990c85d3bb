"""Compile: provincial tables and city statistics become one balanced city economy.

The seven steps of Zheng et al. 2023, section 2.1 (Zheng et al. 2022 in full): each is an
equation file of `model.compile`; this file only puts them in order.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from threadpoolctl import threadpool_limits

from data.assumptions import Assumptions
from data.economy import CityTables, Economy
from data.figures import INDUSTRIES, KEY_SECTORS, ProvincialInventory
from data.inputs import Figures
from model.arrays import (
    ByProvinceSector,
    ByRegion,
    ByRegionSector,
    FinalUse,
    Matrix,
    RegularFinalUse,
    TradeShares,
)
from model.basis import response_basis
from model.compile.balancing import fitted, ras
from model.compile.calibration import production_emissions, sums, to_province
from model.compile.city_demand import city_demand, income_elasticities
from model.compile.city_exports import city_exports
from model.compile.city_flows import city_flows
from model.compile.city_output import ProvinceStructure, city_output, prior_output
from model.compile.city_split import split
from model.compile.city_tables import city_tables, towards_provincial_ratios
from model.compile.deflation import deflated
from model.compile.distance import distances, nearness
from model.compile.linking import linked
from model.compile.nation import INVENTORY
from model.compile.provinces import ProvincialTables, reconciled
from model.compile.provincial_flows import provincial_flows

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""

ROUNDING = 1e-12
"""A domestic share of use no larger than this is the rounding of a use wholly imported."""


@dataclass(frozen=True, slots=True)
class Leanings:
    """How cities depart from their province where nothing is published; 1 unless drawn."""

    technology: ByRegionSector
    """Prior use of a product relative to provincial technology, 1; (r, i)."""
    export: ByRegionSector
    """Prior exports relative to the provincial rate, 1; (r, i)."""


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
    tables = compile_tables(figures, assumptions, progress=progress)
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_threads()) as threads:
        basis = response_basis(
            tables.form,
            tables.d,
            tables.export,
            lambda done, of: progress("response basis", done, of),
            threads.map,
        )
    return tables.with_basis(basis, figures.prospects, figures.records)


def compile_tables(
    figures: Figures,
    assumptions: Assumptions,
    leanings: Leanings | None = None,
    progress: Progress = silent,
) -> CityTables:
    """Return the balanced city tables of the figures at prices of 2012, without response basis.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If provincial or city margins cannot be met.
    """
    progress("provinces reconciled", 0, 1)
    province = figures.regions.province
    tables = at_base_prices(figures, assumptions)
    figures = replace(figures, inventory=on_base(figures, assumptions))
    production = calibrated_emissions(figures)
    x = _output(figures, tables, production, assumptions)
    lean = leanings or _no_leanings(x)
    final = _final_demand(figures, tables, assumptions)
    a = _technology(tables, x, final, lean, assumptions.heterogeneity, province)
    d = _with_inventories(tables, np.einsum("sij,sj->si", a, x), final, province)
    use = np.einsum("sij,sj->si", a, x) + d.sum(axis=2)
    export = city_exports(tables.export, x, lean.export, province)
    progress("trade between cities", 0, 1)
    flows = _flows(figures, tables, x - export, use, assumptions)
    return CityTables(
        year=figures.year,
        regions=figures.regions,
        sectors=figures.sectors,
        form=linked(flows, use, a),
        d=d,
        export=export,
        x=x,
        value_added=x * _per(tables.value_added, tables.x)[province],
        F=_emissions(figures, tables, x, production),
        household_emissions=_household_emissions(figures),
        population=figures.statistics.population,
        co2_estimated=figures.statistics.co2_estimated,
    )


def at_base_prices(figures: Figures, assumptions: Assumptions) -> ProvincialTables:
    """Return the provincial tables, reconciled to the nation and at prices of 2012."""
    tables = reconciled(figures.tables, figures.national)
    price = figures.prices[assumptions.deflator]
    return tables if (price == 1.0).all() else deflated(tables, price)


def on_base(figures: Figures, assumptions: Assumptions) -> ProvincialInventory:
    """Return the provincial inventories on the accounting base, t CO₂.

    `national` brings the provinces' production emissions to the national inventory by sector.
    """
    if assumptions.accounting == "provincial":
        return figures.inventory
    production = figures.inventory.production
    return replace(
        figures.inventory,
        production=production * fitted(figures.national_co2, production.sum(axis=0)),
    )


def calibrated_emissions(figures: Figures) -> ByRegion:
    """Return production emissions of each region, t CO₂, summing to the provinces'; (r,)."""
    return production_emissions(
        figures.statistics.co2,
        figures.statistics.population,
        figures.inventory.households.sum(axis=1),
        figures.inventory.production.sum(axis=1),
        figures.regions.province,
    )


def _threads() -> int:
    """Return how many blocks of columns to solve at once: each needs a quarter of a gigabyte."""
    return min(4, os.cpu_count() or 1)


def _no_leanings(x: ByRegionSector) -> Leanings:
    return Leanings(technology=np.ones_like(x), export=np.ones_like(x))


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


def _final_demand(
    figures: Figures, tables: ProvincialTables, assumptions: Assumptions
) -> RegularFinalUse:
    province = figures.regions.province
    gdp = _gdp(figures, tables).sum(axis=1)
    population = figures.statistics.population
    provinces = tables.x.shape[0]
    found = income_elasticities(
        np.delete(tables.Y, INVENTORY, axis=2).sum(axis=1),
        sums(gdp, province, provinces),
        sums(population, province, provinces),
    )
    elasticity = found.value + assumptions.elasticity_shift * found.standard_error
    if assumptions.income_elasticity is not None:
        elasticity = np.full_like(elasticity, assumptions.income_elasticity)
    return city_demand(tables.Y, gdp, population, elasticity, province)


def _technology(
    tables: ProvincialTables,
    x: ByRegionSector,
    final: RegularFinalUse,
    leanings: Leanings,
    heterogeneity: float,
    province: np.ndarray,
) -> np.ndarray:
    regular = np.delete(tables.Y, INVENTORY, axis=2).sum(axis=2)
    towards = towards_provincial_ratios(tables.Z, regular, x, final.sum(axis=2), province)
    lean = leanings.technology * towards ** (1.0 - heterogeneity)
    return city_tables(tables.Z, x, lean, province)


def _with_inventories(
    tables: ProvincialTables,
    intermediate: ByRegionSector,
    final: RegularFinalUse,
    province: np.ndarray,
) -> FinalUse:
    """Add inventory changes: they follow the use of each product, or all demand if it has none."""
    used = intermediate + final.sum(axis=2)
    somewhere = sums(used, province, tables.x.shape[0])[province] > 0
    weight = np.where(somewhere, used, final.sum(axis=(1, 2))[:, None])
    return np.insert(
        final, INVENTORY, to_province(weight, tables.Y[:, :, INVENTORY], province), axis=2
    )


def _flows(
    figures: Figures,
    tables: ProvincialTables,
    supply: ByRegionSector,
    use: ByRegionSector,
    assumptions: Assumptions,
) -> TradeShares:
    regions = figures.regions
    at_home = 1.0 - _per(tables.imports, tables.use)
    at_home = np.where(at_home > ROUNDING, at_home, 0.0)
    domestic_use = use * at_home[regions.province]
    parts = split(
        supply,
        domestic_use,
        tables.outflow,
        tables.inflow,
        assumptions.home_weight,
        regions.province,
    )
    near = nearness(distances(regions.lon, regions.lat), assumptions.decay_per_km)
    between = provincial_flows(parts, near, regions.province)
    return city_flows(parts, between, near, regions.province)


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
