"""Many runs on any executor: local processes by default, one BLAS thread each."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager

from analysis.results import RunKey
from data.cache import load_economy
from data.economy import Economy
from model.allocation import RULES, Rule
from scenarios.experiment import Experiment
from scenarios.scenario import Scenario
from simulation.running import Laboratory, Run

Source = Economy | int
"""An economy, or the base year of the compiled one."""
_laboratories: dict[int, Laboratory] = {}
"""The worker's own laboratories by base year; an economy handed over stands under its year."""


def default_workers() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    experiment: Experiment,
    keys: Sequence[RunKey],
    executor: Executor,
    done: Callable[[RunKey, Run], None],
    failed: Callable[[RunKey, BaseException], None],
) -> None:
    """Run the keys on an executor and hand over each run as it finishes.

    Any `concurrent.futures.Executor` serves. A run that fails does not stop the others; an
    interrupt (Ctrl-C) drops those that have not begun.
    """
    scenarios = {arm.name: arm.scenario for arm in experiment.arms}
    futures: dict[Future[Run], RunKey] = {}
    with _interrupts_for_the_parent_only():
        for key in keys:
            task = (scenarios[key.arm], experiment.seed, key.replication)
            futures[executor.submit(run_one, *task)] = key
    try:
        for future in as_completed(futures):
            error = future.exception()
            if error is None:
                done(futures[future], future.result())
            else:
                failed(futures[future], error)
    finally:
        for future in futures:
            future.cancel()


def run_one(scenario: Scenario, seed: int, replication: int) -> Run:
    """Run one scenario in this process, in the laboratory of its base year."""
    year = scenario.horizon.base_year
    if year not in _laboratories:
        _laboratories[year] = Laboratory(load_economy(year))
    return _laboratories[year].run(scenario, seed, replication)


@contextmanager
def local_processes(workers: int, source: Source, rules: Mapping[str, Rule]) -> Iterator[Executor]:
    """Provide a pool of processes that share the memory-mapped economy.

    `rules` are allocation rules that the user registered, by name.
    """
    pool = ProcessPoolExecutor(
        max_workers=workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_equip,
        initargs=(source, dict(rules)),
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _equip(source: Source, rules: dict[str, Rule]) -> None:
    RULES.update(rules)
    if isinstance(source, Economy):
        _laboratories[source.year] = Laboratory(source)


@contextmanager
def _interrupts_for_the_parent_only() -> Iterator[None]:
    """Start workers deaf to Ctrl-C, so that the parent alone decides what happens."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
