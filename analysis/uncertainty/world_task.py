"""One world on a worker: every arm with the same luck, and what each comes to."""

import time
from dataclasses import dataclass

import numpy as np

from analysis.experiment.workers import WorkerContext, laboratory_of, take_context
from analysis.outcomes.city_outcomes import city_outcomes
from analysis.outcomes.one_run import OneRun, one_run
from analysis.outcomes.outcomes import OUTCOMES
from scenarios.scenario import Scenario
from scenarios.uncertainties import in_world
from scenarios.uncertainty import Uncertainty
from simulation.laboratory import Laboratory
from simulation.run_result import Run


@dataclass(frozen=True, slots=True)
class WorldTask:
    """A world to run."""

    mark: str
    """Of the context it needs."""
    number: int
    """Place in the design."""
    arms: tuple[tuple[str, Scenario], ...]
    """As the experiment has them."""
    references: tuple[str, ...]
    """The arm without policy that each is paired with."""
    uncertainties: tuple[Uncertainty, ...]
    shares: np.ndarray
    """Place of the world in each of their distributions, 0 to 1; (k,)."""
    seed: int
    replication: int
    """Luck: the same for all arms."""
    economy: int = 0
    """Number of the drawn economy; 0 for the one as compiled."""


@dataclass(frozen=True, slots=True)
class WorldDone:
    """A world that was run."""

    values: np.ndarray
    """Outcomes of each arm in the order of `OUTCOMES`, not a number where there is none; (a, o)."""
    cities: np.ndarray
    """Answers of each arm's cities in the order of `CITY_OUTCOMES`, %; (a, q, c)."""
    seconds: float


def run_world(task: WorldTask, context: WorkerContext | None = None) -> WorldDone:
    """Run all arms of a world in this process.

    Raises
    ------
    ContextMissing
        If neither this call nor an earlier one brought what it needs.
    InputError
        If an arm has no result in this world.
    """
    if context is not None:
        take_context(context)
    start = time.perf_counter()
    scenarios = dict(in_world(task.arms, task.uncertainties, task.shares))
    without: dict[str, tuple[Laboratory, Run, OneRun]] = {}
    for name in dict.fromkeys(task.references):
        laboratory = laboratory_of(task.mark, task.economy, scenarios[name])
        run = laboratory.run(scenarios[name], task.seed, task.replication)
        without[name] = (laboratory, run, one_run(run, laboratory.economy, run))
    rows, answers = [], []
    for (name, scenario), reference in zip(scenarios.items(), task.references, strict=True):
        laboratory, nobody, seen = without[reference]
        alone = seen
        if name != reference:
            done = laboratory.run(scenario, task.seed, task.replication)
            seen = one_run(done, laboratory.economy, nobody)
        rows.append([outcome.of(seen) for outcome in OUTCOMES])
        answers.append(city_outcomes(seen, alone))
    return WorldDone(
        np.array(rows, dtype=np.float64), np.stack(answers), time.perf_counter() - start
    )
