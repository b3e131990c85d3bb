"""Runs of a policy on a worker, beside the same worlds without policy, and what they tell."""

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
    """Runs to do, together where they can."""

    mark: str
    """Of the context it needs."""
    scenario: Scenario
    without: Scenario
    """The same world without policy."""
    seed: int
    replications: tuple[int, ...]


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


def run_pairs(errand: Errand, context: WorkerContext | None = None) -> list[Pair]:
    """Run a policy and, unless those runs are still known, no policy, in this process."""
    if context is not None:
        take_context(context)
    laboratory = laboratory_of(errand.mark, 0)
    worlds = _run_without(errand)
    runs = laboratory.runs(errand.scenario, errand.seed, errand.replications)
    return [
        Pair(_told(run, laboratory.economy, without), told)
        for run, (without, told) in zip(runs, worlds, strict=True)
    ]


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


def _run_without(errand: Errand) -> list[tuple[Run, Told]]:
    laboratory, words = laboratory_of(errand.mark, 0), errand.without.model_dump_json()
    keys = {n: (errand.mark, words, errand.seed, n) for n in errand.replications}
    missing = [n for n, key in keys.items() if key not in _without]
    found = {key: _without[key] for key in keys.values() if key in _without}
    for run in laboratory.runs(errand.without, errand.seed, missing):
        found[keys[run.replication]] = (run, _told(run, laboratory.economy, run))
        if len(_without) == KEPT:
            _without.pop(next(iter(_without)))
        _without[keys[run.replication]] = found[keys[run.replication]]
    return [found[key] for key in keys.values()]


def _told(run: Run, economy: Economy, without: Run) -> Told:
    seen: OneRun = one_run(run, economy, without)
    national = run.recorder.national
    return Told(
        courses={name: np.asarray(national[name]) for name in COURSES},
        outcomes={outcome.word: float(outcome.of(seen)) for outcome in SHOWN},
        cities={name: np.asarray(seen[name][-1], dtype=np.float64) for name in MAPPED},
    )
