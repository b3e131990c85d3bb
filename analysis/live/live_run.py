"""One run of a policy on a worker, beside the same world without policy, and what it tells."""

from dataclasses import dataclass

import numpy as np

from analysis.experiment.workers import WorkerContext, laboratory_of, take_context
from analysis.outcomes.one_run import OneRun, one_run
from analysis.outcomes.outcomes import OUTCOMES
from model.compile.city_economy import Economy
from scenarios.scenario import Scenario
from simulation.run_result import Run

COURSES = ("emissions", "cap", "price", "abatement_cost")
"""National columns that are drawn by year."""
MAPPED = ("emissions", "quota", "net_purchase", "abated", "abatement_cost")
"""City columns that are mapped in the last year."""
FIRST = (
    "emissions",
    "abatement_cost",
    "price",
    "compliance",
    "free_riding",
    "burden_poor",
    "strong_policy",
)
SHOWN = tuple(outcome for outcome in OUTCOMES if outcome.word in FIRST)
"""Outcomes of the matrix."""
KEPT = 16
"""Runs without policy that a worker keeps."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A run to do."""

    mark: str
    """Of the context it needs."""
    scenario: Scenario
    without: Scenario
    """The same world without policy."""
    seed: int
    replication: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one run comes to."""

    courses: dict[str, np.ndarray]
    """National columns by year; (t,)."""
    outcomes: dict[str, float]
    cities: dict[str, np.ndarray]
    """City columns in the last year; (c,)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A policy and no policy with the same random numbers."""

    policy: Told
    without: Told


@dataclass(frozen=True, slots=True)
class Places:
    """Who the cities are, as a worker's economy has them."""

    codes: tuple[str, ...]
    names: tuple[str, ...]


_without: dict[tuple[str, str, int, int], tuple[Run, Told]] = {}
"""Runs without policy that this process has done, the latest last."""


def run_pair(errand: Errand, context: WorkerContext | None = None) -> Pair:
    """Run a policy and, unless that run is still known, no policy, in this process."""
    if context is not None:
        take_context(context)
    laboratory = laboratory_of(errand.mark, 0)
    without, told = _run_without(errand)
    run = laboratory.run(errand.scenario, errand.seed, errand.replication)
    return Pair(_told(run, laboratory.economy, without), told)


def places(mark: str, context: WorkerContext | None = None) -> Places:
    """Make this process's laboratory ready and return who its cities are."""
    if context is not None:
        take_context(context)
    economy = laboratory_of(mark, 0).economy
    regions, cities = economy.regions, economy.players
    return Places(
        tuple(regions.codes[r] for r in cities),
        tuple(regions.names[r] for r in cities),
    )


def _run_without(errand: Errand) -> tuple[Run, Told]:
    key = (errand.mark, errand.without.model_dump_json(), errand.seed, errand.replication)
    if key not in _without:
        laboratory = laboratory_of(errand.mark, 0)
        run = laboratory.run(errand.without, errand.seed, errand.replication)
        if len(_without) == KEPT:
            _without.pop(next(iter(_without)))
        _without[key] = (run, _told(run, laboratory.economy, run))
    return _without[key]


def _told(run: Run, economy: Economy, without: Run) -> Told:
    seen: OneRun = one_run(run, economy, without)
    national = run.recorder.national
    return Told(
        courses={name: np.asarray(national[name]) for name in COURSES},
        outcomes={outcome.word: float(outcome.of(seen)) for outcome in SHOWN},
        cities={name: np.asarray(seen[name][-1], dtype=np.float64) for name in MAPPED},
    )
