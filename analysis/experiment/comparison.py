"""Comparing the arms of an experiment: run them all, keep them, rank them, draw them."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from analysis.experiment.arguments import require_true_or_false, whole_number
from analysis.experiment.assessment import Comparison, assess
from analysis.experiment.executors import PoolSource, pool_source
from analysis.experiment.grounds import Given, Handed, given_economy, grounds
from analysis.experiment.identity import (
    identity,
    short,
    version_mark,
)
from analysis.experiment.main_guard import leave_if_imported_by_a_worker
from analysis.experiment.own_words import own_words, packed_words
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.results import Results, damaged_runs
from analysis.experiment.run_key import Shard, read_shard
from analysis.experiment.running import Message, run_missing
from analysis.experiment.workers import WorkerContext, worker_name
from analysis.outcomes.amounts import check_outcomes
from data.errors import InputError
from model.compile.city_economy import Economy
from model.compile.compile import Progress, silent
from scenarios.apart import apart
from scenarios.experiment import HIGHEST_SEED, MOST_ECONOMIES, MOST_REPLICATIONS, Experiment
from scenarios.plugins import Plugins, load_plugins
from scenarios.reading import Settings, read_experiment


def no_message(_: str) -> None:
    """Say nothing."""


def compare(
    experiment: str | Path | Experiment,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    replications: int | None = None,
    seed: int | None = None,
    economies: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    run_limit: float = RUN_LIMIT,
    economy: Handed = None,
    outcomes_only: bool = False,
    pictures: bool = True,
    progress: Progress = silent,
    message: Message = no_message,
) -> Comparison:
    """Run an experiment and return its comparison; everything is written to a results directory.

    Parameters
    ----------
    experiment
        Library name, path or value.
    settings
        Overrides for every arm, such as `["compliance.audit=0.5"]`.
    plugin
        Python files that register words of one's own.
    replications, seed, economies
        Instead of the experiment's own numbers. Drawn economies are compiled once and kept, about
        70 MB each.
    out
        Results directory; `results/<name>-<hash>` if absent.
    resume
        Keep the finished runs that the directory holds.
    workers, executor
        Local processes (default: all processors; 0 for runs in this process, one after another,
        with no limit of time); or any `concurrent.futures.Executor`, or the
        address of a Dask cluster, `dask://HOST:PORT`. For an executor, `workers` says how many
        runs it does at once.
    run_limit
        Seconds that a run of a local process may take; one that takes longer has failed, and the
        others go on.
    economy
        An economy, or the name or folder of an imported one, from whose year runs then start; the
        compiled one of the base year if absent.
    outcomes_only
        Keep outcomes, national tables, classes and mitigation, and not what else every city did: a
        third of the space, for a study of very many runs. All tables are the same but that of
        cities, which has few columns.
    pictures
        Whether to draw.
    message
        Hears what a large study will take, and of workers that died.

    Raises
    ------
    InputError
        If the experiment or the directory is not what it should be, or the user interrupts, or
        workers keep dying; finished runs stay.
    """
    leave_if_imported_by_a_worker()
    require_true_or_false(resume=resume, outcomes_only=outcomes_only, pictures=pictures)
    given, settings = given_economy(economy, settings)
    asked = chosen(experiment, settings, replications, seed, economies, plugin)
    _require_one_ground(asked)
    task = _task(asked, out, given, Shard(), outcomes_only, progress, message)
    task.run(resume, pool_source(executor, workers, run_limit), progress, message)
    outlines = None if given is None else given.outlines
    return assess(task.results, task.economy, pictures, progress, outlines)


def compare_part(
    experiment: str | Path | Experiment,
    shard: str,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    replications: int | None = None,
    seed: int | None = None,
    economies: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    run_limit: float = RUN_LIMIT,
    economy: Handed = None,
    outcomes_only: bool = False,
    progress: Progress = silent,
    message: Message = no_message,
) -> Results:
    """Run one shard of an experiment, "i/n": every n-th run; without tables, which `merge` makes.

    Shards may have a directory each, or share one. Parameters and errors as for `compare`.
    """
    leave_if_imported_by_a_worker()
    require_true_or_false(resume=resume, outcomes_only=outcomes_only)
    given, settings = given_economy(economy, settings)
    asked = chosen(experiment, settings, replications, seed, economies, plugin)
    _require_one_ground(asked)
    task = _task(asked, out, given, read_shard(shard), outcomes_only, progress, message)
    task.run(resume, pool_source(executor, workers, run_limit), progress, message)
    return task.results


@dataclass(frozen=True, slots=True)
class _Task:
    """An experiment, or a shard of one, with all that its runs need."""

    results: Results
    economy: Economy
    context: WorkerContext

    def run(
        self,
        resume: bool,
        workers_from: PoolSource,
        progress: Progress,
        message: Message,
    ) -> None:
        self.results.open(resume)
        if self.results.damaged:
            message(f"{damaged_runs(self.results.damaged)}; they are done anew.")
        run_missing(self.results, workers_from, self.context, progress, message)


def _task(
    experiment: Experiment,
    out: str | Path | None,
    given: Given | None,
    shard: Shard,
    outcomes_only: bool,
    progress: Progress,
    message: Message,
) -> _Task:
    ready = grounds(experiment, given, progress, message)
    words = own_words(experiment)
    marks = identity(experiment, ready.mark, words, outcomes_only=outcomes_only)
    place = _folder(experiment, marks, out)
    count = ready.economy.players.size
    return _Task(
        Results(place, experiment, marks, shard, count, outcomes_only=outcomes_only),
        ready.economy,
        WorkerContext(
            short(marks), version_mark(), ready.source, packed_words(words), worker_name()
        ),
    )


def chosen(
    experiment: str | Path | Experiment,
    settings: Settings,
    replications: int | None,
    seed: int | None,
    economies: int | None,
    plugin: Plugins,
) -> Experiment:
    """Return an experiment by name, path or value, with other numbers where any are given.

    Raises
    ------
    InputError
        If it cannot be read, or a number is impossible.
    """
    load_plugins(plugin)
    chosen = experiment
    if not isinstance(chosen, Experiment):
        chosen = read_experiment(chosen, settings)
    check_outcomes("material", chosen.material)
    check_outcomes("outcomes", chosen.outcomes)
    asked = {"replications": replications, "economies": economies}
    numbers = {word: whole_number(word, n) for word, n in asked.items() if n is not None}
    for word, number in numbers.items():
        if number < 1:
            raise InputError(f"--{word} {number}: at least one is needed")
        if number > MOST[word]:
            raise InputError(f"--{word} {number}: at most {MOST[word]} are possible")
    if seed is not None:
        numbers["seed"] = whole_number("seed", seed)
        if not 0 <= seed <= HIGHEST_SEED:
            raise InputError(f"--seed {seed}: must be from 0 to {HIGHEST_SEED}")
    chosen = chosen.model_copy(update=numbers)
    if chosen.economies > chosen.replications:
        raise InputError(
            f"--economies {chosen.economies}: each needs a replication, and there are"
            f" {chosen.replications}; raise --replications"
        )
    return chosen


MOST = {"replications": MOST_REPLICATIONS, "economies": MOST_ECONOMIES}
"""Most of each number."""


def _require_one_ground(experiment: Experiment) -> None:
    if len(experiment.grounds) > 1:
        told = ", ".join(apart(experiment))
        raise InputError(
            f"{experiment.name}: arms differ in years or economy ({told}), which one table cannot"
            " hold; compare_apart compares each and lays them side by side, and shards need an"
            " experiment for each"
        )


def _folder(experiment: Experiment, marks: Mapping[str, str], out: str | Path | None) -> Path:
    if out is not None:
        return Path(out)
    return Path("results") / f"{experiment.name}-{short(marks)}"
