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

from model.arrays import ByRegionCategory, ByRegionSector, Columns, OutputTogether
from model.compile.assumptions import Assumptions
from model.compile.city_economy import CityTables, Economy
from model.compile.city_exports import city_exports
from model.compile.city_steps import (
    emissions,
    final_demand,
    flows_between_cities,
    outputs,
    technology,
    with_inventories,
)
from model.compile.figures import Figures
from model.compile.linking import linked
from model.compile.margins import (
    at_base_prices,
    calibrated_emissions,
    household_emissions,
    on_base,
    per,
)
from model.input_output.response_basis import response_basis, response_together
from model.labels import CATEGORIES

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Leanings:
    """Departures of cities from their province where nothing is published; 1 unless drawn."""

    technology: ByRegionSector
    """Prior use of a product relative to provincial technology, 1; (r, i)."""
    export: ByRegionSector
    """Prior exports relative to the provincial rate, 1; (r, i)."""
    demand: ByRegionCategory
    """Demand relative to what the city statistics say, 1; (r, l)."""


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
    model.input_output.krylov.NotConverged
        If the spectral radius of A is not below one.
    """
    tables = compile_tables(figures, assumptions, progress=progress)
    return tables.with_basis(basis_of(tables, progress), figures.prospects, figures.records)


def called_for_of(tables: CityTables) -> OutputTogether:
    """Return the response of the tables to all final demand together, and to all exports.

    See `model.input_output.response_basis.response_together`; raises as `basis_of`.
    """
    with threadpool_limits(1, user_api="blas"):
        return response_together(tables.form, tables.d, tables.export)


def basis_of(tables: CityTables, progress: Progress = silent) -> Columns:
    """Return the response basis of the tables, solved on several threads.

    See `model.input_output.response_basis`.

    Raises
    ------
    model.input_output.krylov.NotConverged
        If the spectral radius of A is not below one.
    """
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_threads()) as threads:
        return response_basis(
            tables.form,
            tables.d,
            tables.export,
            lambda done, of: progress("response basis", done, of),
            threads.map,
        )


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
    with threadpool_limits(1, user_api="blas"):
        return _tables(figures, assumptions, leanings, progress)


def _tables(
    figures: Figures, assumptions: Assumptions, leanings: Leanings | None, progress: Progress
) -> CityTables:
    progress("provinces reconciled", 0, 1)
    province = figures.regions.province
    tables = at_base_prices(figures, assumptions)
    figures = replace(figures, inventory=on_base(figures, assumptions))
    production = calibrated_emissions(figures)
    x = outputs(figures, tables, production, assumptions)
    lean = leanings or _no_leanings(x)
    final = final_demand(figures, tables, lean.demand, assumptions)
    a = technology(tables, x, final, lean.technology, assumptions.heterogeneity, province)
    d = with_inventories(tables, np.einsum("sij,sj->si", a, x), final, province)
    use = np.einsum("sij,sj->si", a, x) + d.sum(axis=2)
    export = city_exports(tables.export, x, lean.export, province)
    progress("trade between cities", 0, 1)
    flows = flows_between_cities(figures, tables, x - export, use, assumptions)
    return CityTables(
        year=figures.year,
        regions=figures.regions,
        sectors=figures.sectors,
        form=linked(flows, use, a),
        d=d,
        export=export,
        x=x,
        value_added=x * per(tables.value_added, tables.x)[province],
        F=emissions(figures, tables, x, production),
        household_emissions=household_emissions(figures),
        population=figures.statistics.population,
        co2_estimated=figures.statistics.co2_estimated,
    )


def _threads() -> int:
    """Return how many blocks of columns to solve at once: each needs 0.2 GB."""
    return min(4, os.cpu_count() or 1)


def _no_leanings(x: ByRegionSector) -> Leanings:
    demand = np.ones((x.shape[0], len(CATEGORIES) - 1))
    return Leanings(technology=np.ones_like(x), export=np.ones_like(x), demand=demand)
