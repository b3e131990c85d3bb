"""Crews: the workers of an experiment, on this machine or elsewhere, chosen by a word."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from analysis.experiment.workers import WorkerContext, take_context
from data.errors import InputError

PER_WORKER = 4
"""Errands under way for each worker: enough that none waits for the parent."""


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Workers ready to run."""

    executor: Executor
    workers: int
    local: bool = False
    """True for workers that share this machine's memory."""
    renewable: bool = True
    """True where others take the place of those that have died."""

    @property
    def at_once(self) -> int:
        """Errands under way at most."""
        return PER_WORKER * self.workers


PoolSource = Callable[[WorkerContext, int], AbstractContextManager[WorkerPool]]
"""Finds workers for a number of runs; called again when they have died."""


def default_workers() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pool_source(executor: Executor | str | None, workers: int | None) -> PoolSource:
    """Return where workers come from: local processes, a cluster's address, or an executor.

    `workers` is how many processes there are to be, or how many runs a given executor does at
    once.

    Raises
    ------
    InputError
        If there are to be none, or the address is none of a known kind.
    """
    if workers is not None and workers < 1:
        raise InputError(f"--workers {workers}: at least one is needed")
    count = default_workers() if workers is None else workers
    if executor is None:
        return lambda context, runs: local_processes(min(count, runs), context)
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

    place = place_of(executor)
    return lambda context, _runs: dask_cluster(place, context)


CLUSTERS = {"dask": "dask://HOST:PORT"}
"""Kinds of clusters, by the word before `://`."""


@contextmanager
def local_processes(workers: int, context: WorkerContext) -> Iterator[WorkerPool]:
    """Provide a pool of processes that share the memory-mapped economy."""
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=take_context,
        initargs=(context,),
    )
    try:
        yield WorkerPool(pool, workers, local=True)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _given(executor: Executor, workers: int) -> Iterator[WorkerPool]:
    yield WorkerPool(executor, workers, renewable=False)
