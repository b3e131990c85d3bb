"""One world on a worker: every arm with the same luck, and what each comes to."""

import time
from dataclasses import dataclass

import numpy as np

from analysis.experiment.workers import WorkerContext, laboratory_of, take_context
from analysis.outcomes.city_outcomes import city_outcomes
from analysis.outcomes.one_run import one_run
from analysis.outcomes.outcomes import OUTCOMES
from scenarios.scenario import Scenario
from scenarios.uncertainties import in_world
from scenarios.uncertainty import Uncertainty


@dataclass(frozen=True, slots=True)
class WorldTask:
    """A world to run."""

    mark: str
    """Of the context it needs."""
    number: int
    """Place in the design."""
    arms: tuple[tuple[str, Scenario], ...]
    """As the experiment has them."""
    reference: str
    """The arm without policy."""
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
    laboratory = laboratory_of(task.mark, task.economy)
    scenarios = dict(in_world(task.arms, task.uncertainties, task.shares))
    without = laboratory.run(scenarios[task.reference], task.seed, task.replication)
    nobody = one_run(without, laboratory.economy, without)
    rows, answers = [], []
    for name, scenario in scenarios.items():
        seen = nobody
        if name != task.reference:
            done = laboratory.run(scenario, task.seed, task.replication)
            seen = one_run(done, laboratory.economy, without)
        rows.append([outcome.of(seen) for outcome in OUTCOMES])
        answers.append(city_outcomes(seen, nobody))
    return WorldDone(
        np.array(rows, dtype=np.float64), np.stack(answers), time.perf_counter() - start
    )
