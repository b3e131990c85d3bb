"""Worlds on a worker: every arm with the same luck, and what each comes to."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analysis.experiment.workers import WorkerContext, laboratory_of, take_context
from analysis.outcomes.city_outcomes import city_outcomes
from analysis.outcomes.one_run import OneRun, one_run
from analysis.outcomes.outcomes import OUTCOMES
from data.errors import InputError
from model.compile.city_economy import Economy
from scenarios.scenario import Scenario
from scenarios.uncertainties import in_world
from scenarios.uncertainty import Uncertainty
from simulation.batch import Case
from simulation.run_result import Run


@dataclass(frozen=True, slots=True)
class WorldTask:
    """Some worlds to run, the same arm of all of them together where it can be."""

    mark: str
    """Of the context they need."""
    numbers: tuple[int, ...]
    """Their places in the design."""
    arms: tuple[tuple[str, Scenario], ...]
    """As the experiment has them."""
    references: tuple[str, ...]
    """The arm without policy that each is paired with."""
    uncertainties: tuple[Uncertainty, ...]
    shares: np.ndarray
    """Place of each world in each of their distributions, 0 to 1; (w, k)."""
    seed: int
    replications: tuple[int, ...]
    """Luck of each world: the same for all arms."""
    economy: int = 0
    """Number of the drawn economy; 0 for the one as compiled."""

    def __len__(self) -> int:
        """Return the number of worlds."""
        return len(self.numbers)

    def one_by_one(self) -> Iterator["WorldTask"]:
        """Yield a task for each of the worlds."""
        for place, (number, luck) in enumerate(zip(self.numbers, self.replications, strict=True)):
            shares = self.shares[place : place + 1]
            yield replace(self, numbers=(number,), shares=shares, replications=(luck,))


@dataclass(frozen=True, slots=True)
class WorldDone:
    """A world that was run."""

    values: np.ndarray
    """Outcomes of each arm in the order of `OUTCOMES`, not a number where there is none; (a, o)."""
    cities: np.ndarray
    """Answers of each arm's cities in the order of `CITY_OUTCOMES`, %; (a, q, c)."""
    seconds: float


def run_worlds_of(
    task: WorldTask, context: WorkerContext | None = None
) -> list[WorldDone | BaseException]:
    """Run all arms of some worlds in this process; return each, or why it has no result.

    Raises
    ------
    ContextMissing
        If neither this call nor an earlier one brought what they need.
    """
    if context is not None:
        take_context(context)
    laboratory_of(task.mark, task.economy, task.arms[0][1])
    start = time.perf_counter()
    try:
        done = _together(task)
    except InputError as error:  # of one of them, as where a drawn floor lies above the ceiling
        if len(task) == 1:
            return [error]
        return [world for one in task.one_by_one() for world in run_worlds_of(one)]
    seconds = (time.perf_counter() - start) / len(done)
    return [WorldDone(values, cities, seconds) for values, cities in done]


def _together(task: WorldTask) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the outcomes of all arms, and the answers of their cities, of each world."""
    worlds = [dict(in_world(task.arms, task.uncertainties, shares)) for shares in task.shares]
    without = {name: _runs(task, worlds, name) for name in dict.fromkeys(task.references)}
    values, answers = [], []
    for (name, _), reference in zip(task.arms, task.references, strict=True):
        nobody, economy = without[reference]
        runs = nobody if name == reference else _runs(task, worlds, name)[0]
        seen = [_seen(*pair, economy) for pair in zip(runs, nobody, strict=True)]
        alone = [_seen(run, run, economy) for run in nobody]
        values.append([[outcome.of(one) for outcome in OUTCOMES] for one in seen])
        answers.append([city_outcomes(*pair) for pair in zip(seen, alone, strict=True)])
    by_world = np.array(values, dtype=np.float64).swapaxes(0, 1)
    return [*zip(by_world, np.stack(answers, axis=1), strict=True)]


def _runs(
    task: WorldTask, worlds: Sequence[dict[str, Scenario]], name: str
) -> tuple[list[Run], Economy]:
    """Return an arm's run in each world, and the economy that all of them run on."""
    laboratory = laboratory_of(task.mark, task.economy, worlds[0][name])
    lucks = zip(worlds, task.replications, strict=True)
    cases = [Case(world[name], task.seed, luck) for world, luck in lucks]
    return laboratory.cases(cases), laboratory.economy


def _seen(run: Run, nobody: Run, economy: Economy) -> OneRun:
    return one_run(run, economy, nobody)
