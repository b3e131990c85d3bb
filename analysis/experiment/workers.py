"""Work of a worker: it takes a context once, runs tasks, and returns the bytes of each run."""

import os
import platform
import sys
import threading
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from threadpoolctl import threadpool_info

from analysis.experiment.identity import version_mark
from analysis.experiment.own_words import register_packed
from analysis.experiment.run_file import RunLabels, packed
from analysis.experiment.run_key import RunKey
from analysis.experiment.sendable import sendable
from data.compiled.cache import load_economy
from data.compiled.draws import load_drawn
from data.errors import InputError
from data.importing.kept import load_imported
from model.compile.assumptions import Assumptions
from model.compile.city_economy import Economy
from scenarios.scenario import Scenario
from simulation.laboratory import Laboratory
from simulation.run_result import Run


@dataclass(frozen=True, slots=True)
class Compiled:
    """The compiled economy of a year, which every worker loads or compiles itself."""

    year: int
    assumptions: Assumptions

    @classmethod
    def of(cls, scenario: Scenario) -> "Compiled":
        """Return the one that a scenario runs on."""
        return cls(scenario.horizon.base_year, scenario.economy.assumptions)


Source = Economy | Compiled | Path
"""An economy, or the compiled one of a year, or the folder of an imported one."""


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """Context that all runs of an experiment need, sent once to a worker."""

    mark: str
    """Short hash of experiment, economy and code."""
    version: str
    """Mark of the code that the results depend on."""
    source: Source
    words: bytes
    """Words that the user registered, packed by value."""
    sender: str
    """Machine and process it comes from, which has the words already."""


@dataclass(frozen=True, slots=True)
class RunTask:
    """Some runs of an arm to do, together where they can be."""

    mark: str
    """Of the context it needs."""
    keys: tuple[RunKey, ...]
    scenario: Scenario
    seed: int
    economy: int = 0
    """Number of the drawn economy; 0 for the one as compiled."""
    outcomes_only: bool = False
    """True if what every city did is not to be kept."""

    def __len__(self) -> int:
        """Return the number of runs."""
        return len(self.keys)

    def one_by_one(self) -> list["RunTask"]:
        """Return a task for each of the runs."""
        return [replace(self, keys=(key,)) for key in self.keys]


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished run, as a worker returns it."""

    content: bytes
    """Of the run's file."""
    seconds: float
    worker: str
    """Machine and process."""
    memory: float | None
    """Peak of the worker so far, bytes; absent where the system does not tell."""
    kernel: str = ""
    """Kernels of linear algebra that the worker's processor has."""


class ContextMissing(Exception):
    """The worker has not been given what the task needs: send it along."""


_context: dict[str, WorkerContext] = {}
"""Contexts given to this process: the latest alone."""
MOST_LABORATORIES = 4
"""Economies ready at once in a process: about 250 MB each."""
_laboratories: dict[tuple[Compiled | str, int], Laboratory] = {}
"""This process's laboratories: by base year, or by the mark of an economy handed over, and draw."""
_one_at_a_time = threading.Lock()
"""Threads of one process share its laboratories."""


def take_context(context: WorkerContext) -> None:
    """Keep what this process is given, instead of what it had; own words are registered.

    Raises
    ------
    InputError
        If this process runs other code than the one that sent it.
    """
    with _one_at_a_time:
        if context.mark in _context:
            return
        if context.version != version_mark():
            raise InputError(f"{worker_name()}: runs another version of Quotapolis; update it")
        _context.clear()
        _context[context.mark] = context
        for held in [name for name in _laboratories if isinstance(name[0], str) or name[1]]:
            del _laboratories[held]
        if context.sender != worker_name():
            register_packed(context.words)


def run_task(task: RunTask, context: WorkerContext | None = None) -> list[Finished | BaseException]:
    """Do some runs in this process, and return each, or what was wrong with it.

    Raises
    ------
    ContextMissing
        If neither this call nor an earlier one brought the context.
    """
    if context is not None:
        take_context(context)
    start = time.perf_counter()
    laboratory = laboratory_of(task.mark, task.economy, task.scenario)
    runs = _runs(laboratory, task)
    contents = [
        _packed(task, key, run, laboratory.economy) if isinstance(run, Run) else run
        for key, run in zip(task.keys, runs, strict=True)
    ]
    seconds = (time.perf_counter() - start) / len(contents)
    worker, kernel = worker_name(), blas_kernel()
    return [
        Finished(content, seconds, worker, peak_memory(), kernel)
        if isinstance(content, bytes)
        else content
        for content in contents
    ]


def _runs(laboratory: Laboratory, task: RunTask) -> list[Run | BaseException]:
    """Return the runs; of one alone, what was wrong with it, be it in a rule of the user's own."""
    replications = [key.replication for key in task.keys]
    try:
        return [*laboratory.runs(task.scenario, task.seed, replications)]
    except Exception as error:
        if len(task.keys) > 1:
            raise
        return [sendable(error)]


def _packed(task: RunTask, key: RunKey, run: Run, economy: Economy) -> bytes:
    labels = RunLabels(key, task.scenario, task.economy)
    return packed(labels, task.mark, run, economy, outcomes_only=task.outcomes_only)


def worker_name() -> str:
    """Return the machine and number of this process."""
    return f"{platform.node()}:{os.getpid()}"


@cache
def blas_kernel() -> str:
    """Return which kernels of linear algebra this process uses, such as Haswell or SkylakeX.

    Another kernel may give other last digits.
    """
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return "+".join(sorted({pool.get("architecture") or pool["internal_api"] for pool in pools}))


def peak_memory() -> float | None:
    """Return the most memory this process has held, bytes; none on Windows."""
    try:
        import resource
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def _loaded(source: Source, draw: int) -> Economy:
    if isinstance(source, Compiled):
        if draw:
            return load_drawn(source.year, draw)
        return load_economy(source.year, source.assumptions)
    return load_imported(source) if isinstance(source, Path) else source


def laboratory_of(mark: str, draw: int, scenario: Scenario | None = None) -> Laboratory:
    """Return this process's laboratory of an economy; it is kept for the next task.

    A scenario that runs on another compiled economy than the context's gets that one.

    Raises
    ------
    ContextMissing
        If the context of that mark has not come.
    """
    with _one_at_a_time:
        if mark not in _context:
            raise ContextMissing(mark)
        source = _context[mark].source
        if isinstance(source, Compiled) and scenario is not None:
            source = Compiled.of(scenario)
        name = (source, draw) if isinstance(source, Compiled) else (mark, 0)
        if name not in _laboratories:
            for held in [other for other in _laboratories if other[1] not in (0, draw)]:
                del _laboratories[held]  # runs come economy by economy: one draw is enough
            if len(_laboratories) >= MOST_LABORATORIES:
                del _laboratories[next(iter(_laboratories))]
            _laboratories[name] = Laboratory(_loaded(source, draw))
        return _laboratories[name]
