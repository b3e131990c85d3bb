"""Comparing the arms of an experiment: run them all, keep them, rank them, draw them."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from analysis.experiment.assessment import Comparison, assess
from analysis.experiment.executors import pool_source
from analysis.experiment.identity import (
    economy_identity,
    given_identity,
    identity,
    short,
    version_mark,
)
from analysis.experiment.own_words import own_words, packed_words
from analysis.experiment.results import Results
from analysis.experiment.run_key import Shard, read_shard
from analysis.experiment.running import Message, run_missing
from analysis.experiment.workers import Source, WorkerContext, worker_name
from data.compiled.cache import load_economy
from data.errors import InputError
from model.compile.city_economy import Economy
from model.compile.compile import Progress, silent
from scenarios.experiment import MOST_REPLICATIONS, Experiment
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
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    economy: Economy | None = None,
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
    replications
        Instead of the experiment's own number.
    out
        Results directory; `results/<name>-<hash>` if absent.
    resume
        Keep the finished runs that the directory holds.
    workers, executor
        Local processes (default: all processors); or any `concurrent.futures.Executor`, or the
        address of a Dask cluster, `dask://HOST:PORT`. For an executor, `workers` says how many
        runs it does at once.
    economy
        The compiled economy; that of the base year if absent.
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
    chosen = _chosen(experiment, settings, replications, plugin)
    task = _task(chosen, out, economy, Shard(), progress)
    task.run(resume, workers, executor, progress, message)
    return assess(task.results, task.economy, pictures, progress)


def compare_part(
    experiment: str | Path | Experiment,
    shard: str,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    replications: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    economy: Economy | None = None,
    progress: Progress = silent,
    message: Message = no_message,
) -> Results:
    """Run one shard of an experiment, "i/n": every n-th run; without tables, which `merge` makes.

    Shards may have a directory each, or share one. Parameters and errors as for `compare`.
    """
    chosen = _chosen(experiment, settings, replications, plugin)
    task = _task(chosen, out, economy, read_shard(shard), progress)
    task.run(resume, workers, executor, progress, message)
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
        workers: int | None,
        executor: Executor | str | None,
        progress: Progress,
        message: Message,
    ) -> None:
        workers_from = pool_source(executor, workers)
        self.results.open(resume)
        run_missing(self.results, workers_from, self.context, progress, message)


def _task(
    experiment: Experiment,
    out: str | Path | None,
    economy: Economy | None,
    shard: Shard,
    progress: Progress,
) -> _Task:
    year = experiment.arms[0].scenario.horizon.base_year
    known = load_economy(year, progress=progress) if economy is None else economy
    made_of = economy_identity(year) if economy is None else given_identity(known)
    words = own_words(experiment)
    marks = identity(experiment, made_of, words)
    source: Source = year if economy is None else economy
    return _Task(
        results=Results(_folder(experiment, marks, out), experiment, marks, shard),
        economy=known,
        context=WorkerContext(
            short(marks), version_mark(), source, packed_words(words), worker_name()
        ),
    )


def _chosen(
    experiment: str | Path | Experiment,
    settings: Settings,
    replications: int | None,
    plugin: Plugins,
) -> Experiment:
    load_plugins(plugin)
    chosen = experiment
    if not isinstance(chosen, Experiment):
        chosen = read_experiment(chosen, settings)
    if replications is None:
        return chosen
    if replications < 1:
        raise InputError(f"--replications {replications}: at least one is needed")
    if replications > MOST_REPLICATIONS:
        raise InputError(f"--replications {replications}: at most {MOST_REPLICATIONS} are possible")
    return chosen.model_copy(update={"replications": replications})


def _folder(experiment: Experiment, marks: Mapping[str, str], out: str | Path | None) -> Path:
    if out is not None:
        return Path(out)
    return Path("results") / f"{experiment.name}-{short(marks)}"
