"""Search for mixes of levers that no other beats, in worlds drawn from what nobody knows."""

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np

from analysis.experiment.comparison import chosen, no_message
from analysis.experiment.executors import default_workers, pool_source
from analysis.experiment.grounds import Handed, given_economy
from analysis.experiment.lasting_pool import lasting
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.running import Message
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.levers import DEFAULT, levers
from analysis.uncertainty.libraries import library
from analysis.uncertainty.running import LONG, in_minutes
from analysis.uncertainty.search_result import Search, result_of, worlds_kept
from analysis.uncertainty.search_task import SearchTask
from analysis.uncertainty.tried_arms import TriedArms, joined
from data.errors import InputError, nearest
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment
from scenarios.plugins import Plugins
from scenarios.reading import Settings

OBJECTIVES = ("emissions", "abatement_cost", "burden_poor", "concealed")
"""Climate, cost, equity and compliance, all the lower the better."""
SMALLER = "take fewer mixes or worlds"
"""What helps where not even one generation fits."""
WORST = 1e30
"""Objective of a mix that cannot be run in some world; pymoo needs a number."""
POPULATION, GENERATIONS, WORLDS = 24, 12, 6


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
    minutes: float | None = None,
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
    worlds. A mix that cannot be run in one of them is infeasible, and none of the front. The arms
    of the experiment are run in these worlds too, and stand beside the front; each is compared in
    the worlds in which it can be run. A world in which no arm and no mix of the first generation
    can be run is left out.

    Parameters
    ----------
    over
        Keys that the search may set.
    objectives
        Outcomes; those of which more is better are turned.
    population, generations, worlds
        Mixes a generation, generations, and worlds that every mix is run in.
    minutes
        A search that takes longer is refused, with the generations that fit.

    Raises
    ------
    InputError
        If a lever or an outcome is not known, no mix can be run in every world, the folder holds
        something else, or the user interrupts; finished generations are kept, and `resume` goes on.
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
            " one; choose it with --set horizon.base_year=…, horizon.end=… or economy.…"
        )
    folder = Path("results") / f"{asked.name}-search" if out is None else Path(out)
    signs = np.array([-1.0 if known[word].direction == "higher" else 1.0 for word in objectives])
    chosen_levers = tuple(levers(over))
    with lasting(pool_source(executor, workers, run_limit)) as pools:
        task = SearchTask(
            asked, chosen_levers, tuple(objectives), signs, worlds, folder, pools, given, resume,
            progress, message,
        )  # fmt: skip
        named = task.run(0, tuple(arm for arm in asked.arms if arm.name != asked.reference))
        at_once = min(default_workers() if workers is None else max(workers, 1), worlds)
        _tell_time(named, population, generations, at_once, minutes, task)
        mixes, tried, kept = _evolved(task, population, generations, named)
    return result_of(task, mixes, tried, named, kept)


def _tell_time(
    named: TriedArms, population: int, generations: int, at_once: int, wanted: float | None,
    task: SearchTask,
) -> None:  # fmt: skip
    """Say how long a search takes, by the runs of the named arms.

    Raises
    ------
    InputError
        If it takes longer than there is time.
    """
    if np.isnan(named.seconds):
        return
    run = named.seconds / (len(named.arms) + 1)
    generation = run * (population + 1) * task.worlds / at_once / 60
    all_of = generation * generations
    told = f"{generations} generations of {population} mixes take about {in_minutes(all_of)}"
    if wanted is not None and all_of > wanted:
        fits = int(wanted / generation)
        smaller = f"about {fits} would fit: --generations {fits}" if fits else SMALLER
        raise InputError(
            f"{told}, not {wanted:g} minutes: {smaller}; the named rules are kept in {task.folder}"
        )
    if all_of > LONG:
        task.message(f"{told}; what is done is kept, and --resume goes on.")


def _evolved(
    task: SearchTask, population: int, generations: int, named: TriedArms
) -> tuple[list[Any], TriedArms, np.ndarray]:
    """Return every mix that was tried, what it comes to, and which worlds are kept.

    The share of worlds in which a mix cannot be run is its violation of a constraint.
    """
    mixed = library("pymoo.core.mixed")
    problem = library("pymoo.core.problem").Problem(
        vars={lever.key: lever.variable() for lever in task.levers},
        n_obj=len(task.objectives),
        n_ieq_constr=1,
    )
    survival = library("pymoo.algorithms.moo.nsga2").RankAndCrowdingSurvival()
    algorithm = mixed.MixedVariableGA(pop_size=population, survival=survival)
    algorithm.setup(problem, termination=("n_gen", generations), seed=task.experiment.seed % 2**32)
    mixes: list[Any] = []
    tried: list[TriedArms] = []
    kept = np.ones(task.worlds, bool)
    for generation in range(1, generations + 1):
        asked = algorithm.ask()
        if asked is None:
            task.message(f"all {len(mixes)} mixes of these levers have been tried")
            break
        found = [individual.X for individual in asked]
        told = task.run_mixes(generation, found, len(mixes))
        tried.append(told)
        kept = worlds_kept(tried[0], named) if generation == 1 else kept
        missing = (~told.ran[:, kept]).mean(axis=1)
        means = told.values[:, :, kept].mean(axis=2)
        algorithm.evaluator.eval(library("pymoo.problems.static").StaticProblem(
            problem, F=np.where(np.isnan(means), WORST, means), G=missing[:, None]), asked
        )  # fmt: skip
        algorithm.tell(infills=asked)
        mixes += found
        task.progress("generations", generation, generations)
    return mixes, joined(tried), kept
