"""Search for mixes of levers that no other beats, in worlds drawn from what nobody knows."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.experiment.comparison import chosen, no_message
from analysis.experiment.executors import pool_source
from analysis.experiment.grounds import Given, Handed, given_economy
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.running import Message
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.designs import design
from analysis.uncertainty.levers import DEFAULT, Lever, levers, settings
from analysis.uncertainty.libraries import library
from analysis.uncertainty.running import Place, run_worlds
from analysis.uncertainty.worlds import Worlds
from data.atomic import atomic
from data.errors import InputError, nearest
from model.compile.compile import Progress, silent
from scenarios.experiment import Arm, Experiment
from scenarios.plugins import Plugins
from scenarios.reading import Settings
from scenarios.uncertainties import drawn_keys, with_numbers

OBJECTIVES = ("emissions", "abatement_cost", "burden_poor", "concealed")
"""Climate, cost, equity and compliance, all the lower the better."""
POPULATION, GENERATIONS, WORLDS = 24, 12, 6


@dataclass(frozen=True, slots=True)
class Search:
    """What a search has found."""

    experiment: Experiment
    folder: Path
    front: pd.DataFrame
    """A row a mix that no other beats: what it sets, then each objective: mean, low, high."""
    named: pd.DataFrame
    """A row an arm of the experiment: arm, objectives, beaten_by (mixes of the front), worlds."""
    tried: int
    """Mixes that were run."""

    @property
    def unbeaten(self) -> list[str]:
        """Arms of the experiment that no mix beats on every objective."""
        return [str(arm) for arm in self.named.loc[self.named["beaten_by"] == 0, "arm"]]


def search(
    experiment: str | Path | Experiment,
    words: Settings = (),
    *,
    plugin: Plugins = (),
    over: Sequence[str] = DEFAULT,
    objectives: Sequence[str] = OBJECTIVES,
    population: int = POPULATION,
    generations: int = GENERATIONS,
    worlds: int = WORLDS,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    run_limit: float = RUN_LIMIT,
    economy: Handed = None,
    progress: Progress = silent,
    message: Message = no_message,
) -> Search:
    """Search for mixes of levers on the Pareto front, by NSGA-II (Deb et al. 2002; pymoo).

    Every mix is run in the same drawn worlds with the same luck; an objective is its mean over
    worlds. The arms of the experiment are run in these worlds too, and stand beside the front.

    Parameters
    ----------
    over
        Keys that the search may set.
    objectives
        Outcomes; those of which more is better are turned.
    population, generations, worlds
        Mixes a generation, generations, and worlds that every mix is run in.

    Raises
    ------
    InputError
        If a lever or an outcome is not known, the folder holds something else, or the user
        interrupts; finished generations are kept, and `resume` goes on.
    """
    known = {outcome.word: outcome for outcome in OUTCOMES}
    for word in objectives:
        if word not in known or known[word].direction == "neither":
            ranked = [one.word for one in OUTCOMES if one.direction != "neither"]
            raise InputError(f"--objectives {word}: nothing to search for; {nearest(word, ranked)}")
    given, words = given_economy(economy, words)
    asked = chosen(experiment, words, None, None, None, plugin)
    if len(asked.grounds) > 1:
        raise InputError(
            f"{asked.name}: arms differ in years or economy, and mixes of levers are compared on"
            " one; choose it, as with --set horizon.base_year=2012"
        )
    folder = Path("results") / f"{asked.name}-search" if out is None else Path(out)
    signs = np.array([-1.0 if known[word].direction == "higher" else 1.0 for word in objectives])
    task = _Task(
        asked, tuple(levers(over)), tuple(objectives), signs, worlds, folder,
        pool_source(executor, workers, run_limit), given, resume, progress, message,
    )  # fmt: skip
    named = task.run(0, tuple(arm for arm in asked.arms if arm.name != asked.reference))
    mixes, values = _evolved(task, population, generations)
    return _result(task, mixes, values, named)


@dataclass(frozen=True, slots=True)
class _Task:
    """A search, and how to run mixes of it."""

    experiment: Experiment
    levers: tuple[Lever, ...]
    objectives: tuple[str, ...]
    signs: np.ndarray
    worlds: int
    folder: Path
    pool_source: Any
    given: Given | None
    resume: bool
    progress: Progress
    message: Message

    def run(self, generation: int, arms: tuple[Arm, ...]) -> Worlds:
        """Return the worlds of arms beside no policy; generation 0 is that of the named arms."""
        reference = self.experiment.arm(self.experiment.reference)
        asked = self.experiment.model_copy(update={"arms": (reference, *arms), "claims": ()})
        drawn = [
            one
            for one in drawn_keys(self.experiment)
            if one.key not in {lever.key for lever in self.levers}
        ]
        points = design("halton", drawn, self.worlds, self.experiment.seed % 2**32)
        place = Place(
            self.folder / f"generation-{generation:03d}", self.pool_source, self.progress,
            self.message, self.resume, given=self.given,
        )  # fmt: skip
        return run_worlds(asked, drawn, points, place)

    def arm(self, number: int, mix: Mapping[str, Any]) -> Arm:
        """Return a mix of levers as an arm; the first policy of the experiment is its base."""
        base = next(
            arm for arm in self.experiment.arms if arm.name != self.experiment.reference
        ).scenario
        scenario = with_numbers(base, settings(self.levers, mix))
        return Arm(name=f"mix_{number:05d}", scenario=scenario)

    def values(self, worlds: Worlds) -> np.ndarray:
        """Return signed objectives by arm and world; (arms, objectives, worlds)."""
        table = [worlds.by_arm(word).T for word in self.objectives]
        return np.stack(table, axis=1) * self.signs[:, None]


def _evolved(task: _Task, population: int, generations: int) -> tuple[list[Any], np.ndarray]:
    """Return every mix that was tried and its objectives; (mixes, objectives, worlds)."""
    mixed = library("pymoo.core.mixed")
    problem = library("pymoo.core.problem").Problem(
        vars={lever.key: lever.variable() for lever in task.levers}, n_obj=len(task.objectives)
    )
    survival = library("pymoo.algorithms.moo.nsga2").RankAndCrowdingSurvival()
    algorithm = mixed.MixedVariableGA(pop_size=population, survival=survival)
    algorithm.setup(problem, termination=("n_gen", generations), seed=task.experiment.seed % 2**32)
    mixes: list[Any] = []
    values: list[np.ndarray] = []
    for generation in range(1, generations + 1):
        asked = algorithm.ask()
        found = [individual.X for individual in asked]
        arms = tuple(task.arm(len(mixes) + n, mix) for n, mix in enumerate(found))
        told = task.values(task.run(generation, arms))
        known = np.where(np.isnan(told), np.inf, told).mean(axis=2)
        asked.set("F", np.where(np.isfinite(known), known, 1e30))
        algorithm.evaluator.eval(library("pymoo.problems.static").StaticProblem(
            problem, F=asked.get("F")), asked)  # fmt: skip
        algorithm.tell(infills=asked)
        mixes += found
        values += list(told)
        task.progress("generations", generation, generations)
    return mixes, np.stack(values)


def _result(task: _Task, mixes: list[Any], values: np.ndarray, named: Worlds) -> Search:
    means = np.nan_to_num(values.mean(axis=2), nan=np.inf)
    front = library("pymoo.util.nds.non_dominated_sorting").NonDominatedSorting().do(
        means, only_non_dominated_front=True
    )  # fmt: skip
    front = front[np.unique(means[front].round(9), axis=0, return_index=True)[1]]
    rows = [
        {**settings(task.levers, mixes[number]), **_told(task, values[number])}
        for number in front[np.argsort(means[front, 0])]
    ]
    ours = task.values(named)
    arms = []
    for arm, own in zip(named.rivals, ours, strict=True):
        better = (means[front] < own.mean(axis=1)).all(axis=1)
        arms.append({"arm": arm, **_told(task, own), "beaten_by": int(better.sum())})
    done = Search(task.experiment, task.folder, pd.DataFrame(rows), pd.DataFrame(arms), len(mixes))
    for name, table in (("front", done.front), ("named", done.named)):
        with atomic(task.folder / f"{name}.csv") as draft:
            table.to_csv(draft, index=False, encoding="utf-8")
    return done


def _told(task: _Task, values: np.ndarray) -> dict[str, float]:
    """Return each objective of a mix: mean, and the ends of nine in ten worlds."""
    told: dict[str, float] = {}
    for word, sign, row in zip(task.objectives, task.signs, values, strict=True):
        own = sign * row
        told |= {
            word: float(own.mean()),
            f"{word}_low": float(np.quantile(own, 0.05)),
            f"{word}_high": float(np.quantile(own, 0.95)),
        }
    return told
