"""Executors: the workers of an experiment, on this machine or elsewhere, chosen by a word."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from analysis.experiment.arguments import number, whole_number
from analysis.experiment.in_turn import InTurn
from analysis.experiment.main_guard import (
    leave_if_imported_by_a_worker,
    require_may_start_processes,
)
from analysis.experiment.processes import RUN_LIMIT, Processes
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext
from data.errors import InputError

PoolSource = Callable[[WorkerContext, int], AbstractContextManager[WorkerPool]]
"""Finds workers for a number of runs; called again when they have died."""


def default_workers() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool_source(
    executor: Executor | str | None, workers: int | None, run_limit: float = RUN_LIMIT
) -> PoolSource:
    """Return where workers come from: local processes, a cluster's address, or an executor.

    `workers` is how many processes there are to be, none for runs in this process, or how many
    runs a given executor does at once; `run_limit` is how many seconds a run of a local process
    may take.

    Raises
    ------
    InputError
        If there are to be none, or this process may start none, or no time for a run, or the
        address is none of a known kind.
    """
    least = 0 if executor is None else 1
    if workers is not None and whole_number("workers", workers) < least:
        raise InputError(f"--workers {workers}: at least {least} is needed")
    if not number("run_limit", run_limit) > 0:
        raise InputError(f"--run-limit {run_limit:g}: a run needs more than 0 seconds")
    count = default_workers() if workers is None else workers
    if workers == 0:
        return lambda _context, _runs: _given(InTurn(), 1)
    if executor is None:
        require_may_start_processes()
        return lambda context, runs: local_processes(min(count, runs), context, run_limit)
    if isinstance(executor, Executor):
        return lambda _context, _runs: _given(executor, count)
    kind, colon, _ = executor.partition("://")
    if kind not in CLUSTERS or not colon:
        raise InputError(
            f"--executor {executor}: unknown; write {' or '.join(CLUSTERS.values())}"
            if colon
            else f"--executor {executor}: no address; write {' or '.join(CLUSTERS.values())}"
        )
    from analysis.experiment.dask_cluster import dask_cluster, place_of

    place_of(executor)
    return lambda context, _runs: dask_cluster(executor, context)


CLUSTERS = {"dask": "dask://HOST:PORT", "tls": "tls://HOST:PORT"}
"""Kinds of clusters, by the word before `://`."""


@contextmanager
def local_processes(
    workers: int, context: WorkerContext, run_limit: float = RUN_LIMIT
) -> Iterator[WorkerPool]:
    """Provide processes that share the memory-mapped economy; on an error they end at once."""
    leave_if_imported_by_a_worker()
    pool = Processes(workers, context, run_limit)
    try:
        with main_program_that_exists():
            yield WorkerPool(pool, workers, local=True)
    except BaseException:
        pool.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def main_program_that_exists() -> Iterator[None]:
    """Keep new processes from running a main program again that was typed in, or piped."""
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    if file is None or Path(file).exists():
        yield
        return
    del main.__file__
    try:
        yield
    finally:
        main.__file__ = file


@contextmanager
def _given(executor: Executor, workers: int) -> Iterator[WorkerPool]:
    yield WorkerPool(executor, workers, renewable=False)
