"""Ensembles of compiled economies: what the figures leave open, and what each assumption moves."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.economy.headlines import DemandCounted, Headline, headlines
from data.compiled.uncertainty import draw_of
from data.readers.inputs import read_figures
from model.arrays import ByCity, FlowsByCategory
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.city_economy import CityTables
from model.compile.compile import compile_tables
from model.compile.figures import Figures
from model.footprints.embodied_intensity import (
    embodied_by_emitter,
    embodied_in,
    embodied_in_exports,
)

VARIANTS: dict[str, dict[str, Any]] = {
    "distance ignored": {"decay_per_km": 0.0},
    "distance counts double": {"decay_per_km": 2e-3},
    "home weight 11": {"home_weight": 11.0},
    "home weight 66": {"home_weight": 66.0},
    "heterogeneity 0.5": {"heterogeneity": 0.5},
    "heterogeneity 0": {"heterogeneity": 0.0},
    "output tilt 0": {"output_tilt": 0.0},
    "output tilt 1.5": {"output_tilt": 1.5},
    "before city statistics": {"demand": "provinces", "jobs_weight": 0.0, "capacity_weight": 0.5},
    "electricity by industry": {"capacity_weight": 0.0},
    "electricity by capacity": {"capacity_weight": 1.0},
    "jobs ignored": {"jobs_weight": 0.0},
    "jobs at their word": {"jobs_weight": 1.0},
    "investment ignored": {"investment_weight": 0.0},
    "investment at its word": {"investment_weight": 1.0},
    "elasticities of provinces": {"demand": "provinces"},
    "elasticities − 1 s.e.": {"elasticity_shift": -1.0},
    "elasticities + 1 s.e.": {"elasticity_shift": 1.0},
    "demand follows GDP": {"income_elasticity": 1.0},
    "demand elasticity 1.2": {"income_elasticity": 1.2},
    "capital formation half as provinces report": {"categories_of": "midway"},
    "capital formation as provinces report": {"categories_of": "provinces"},
    "national inventory": {"accounting": "national"},
    "three industries' prices": {"deflator": "industry"},
}
"""Assumptions changed one at a time; prices matter after 2012 only."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Results kept of one economy."""

    name: str
    headlines: list[Headline]
    D_cba: ByCity
    """Footprints, t CO₂; (c,)."""
    D_pba: ByCity
    """Production emissions, t CO₂; (c,)."""
    outsourced_share: ByCity
    """Share of the footprint emitted outside the city, 1; (c,)."""


def flows_of(tables: CityTables) -> FlowsByCategory:
    """Return embodied emissions by category, exports by shipper last, t CO₂; (K + 1, r, s)."""
    with threadpool_limits(1, user_api="blas"):
        M = embodied_by_emitter(tables.form, tables.S)
        flows = embodied_in(M, tables.form, tables.d)
        return np.concatenate([flows, embodied_in_exports(M, tables.export)[None]])


def evaluated(name: str, tables: CityTables, counted: DemandCounted = "all") -> Evaluated:
    """Return the figures of one compiled economy; `counted` says what makes a city affluent."""
    flows = flows_of(tables)
    cities = tables.players
    C = flows[:-1].sum(axis=0)
    D_cba = C.sum(axis=0)
    return Evaluated(
        name=name,
        headlines=headlines(tables, flows, counted),
        D_cba=D_cba[cities],
        D_pba=tables.F.sum(axis=1)[cities],
        outsourced_share=1.0 - np.diag(C)[cities] / D_cba[cities],
    )


READINGS: dict[str, DemandCounted] = {
    "affluence without government": "without government",
    "affluence without imports": "without imports",
}
"""Other readings of a city's demand per head, of the economy as compiled."""


def variants(year: int) -> dict[str, Assumptions]:
    """Return the assumptions of `VARIANTS` that matter in a year, the default's and `READINGS`'."""
    chosen = {
        name: replace(Assumptions(), **change)
        for name, change in VARIANTS.items()
        if year > 2012 or "deflator" not in change
    }
    return {"as compiled": Assumptions()} | chosen | dict.fromkeys(READINGS, Assumptions())


def one_variant(year: int, name: str) -> Evaluated:
    """Compile and evaluate one variant; raises Unbalanced where it makes no economy."""
    tables = compile_tables(read_figures(year), variants(year)[name])
    return evaluated(name, tables, READINGS.get(name, "all"))


def one_draw(year: int, seed: int, draw: int) -> Evaluated:
    """Compile and evaluate one draw of figures and assumptions; raises Unbalanced."""
    return evaluated(f"draw {draw}", drawn_tables(read_figures(year), seed, draw))


def drawn_tables(figures: Figures, seed: int, draw: int) -> CityTables:
    """Return the tables of one draw; the same seed and number give the same draw in any order.

    The tables of two years with one seed and number share the errors that years share.
    """
    chosen = draw_of(figures, Assumptions(), seed, draw)
    return compile_tables(chosen.figures, chosen.assumptions, chosen.leanings)


def evaluate_all(
    tasks: Sequence[tuple[Callable[..., Evaluated], tuple[object, ...]]],
    executor: Executor,
    told: Callable[[int, int], None],
) -> tuple[list[Evaluated], int]:
    """Return what the tasks gave, in their order, and how many made no balanced economy."""
    futures: list[Future[Evaluated]] = [executor.submit(task, *given) for task, given in tasks]
    try:
        for done, _ in enumerate(as_completed(futures), start=1):
            told(done, len(futures))
    finally:
        for future in futures:
            future.cancel()
    failed = [future for future in futures if isinstance(future.exception(), Unbalanced)]
    kept = [future.result() for future in futures if future not in failed]
    return kept, len(failed)
