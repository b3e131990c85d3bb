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
"""This process's laboratories of compiled economies, by base year."""
_given: list[Laboratory] = []
"""This process's laboratory of an economy that was handed over: at most one."""


def default_workers() -> int:
    """Return the number of processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_all(
    experiment: Experiment,
    keys: Sequence[RunKey],
    executor: Executor,
    source: Source | None,
    done: Callable[[RunKey, Run], None],
    failed: Callable[[RunKey, BaseException], None],
) -> None:
    """Run the keys on an executor and hand over each run as it finishes.

    Any `concurrent.futures.Executor` serves. `source` travels with every run; with none the workers
    use what `local_processes` gave them. A run that fails does not stop the others; an
    interrupt (Ctrl-C) drops those that have not begun.
    """
    scenarios = {arm.name: arm.scenario for arm in experiment.arms}
    futures: dict[Future[Run], RunKey] = {}
    with _interrupts_for_the_parent_only():
        for key in keys:
            task = (source, scenarios[key.arm], experiment.seed, key.replication)
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


def run_one(source: Source | None, scenario: Scenario, seed: int, replication: int) -> Run:
    """Run one scenario in this process; with no source, in the laboratory it was equipped with."""
    laboratory = _given[0] if source is None else _laboratory(source)
    return laboratory.run(scenario, seed, replication)


def _laboratory(source: Source) -> Laboratory:
    if isinstance(source, Economy):
        if not _given or _given[0].economy is not source:
            _given[:] = [Laboratory(source)]
        return _given[0]
    if source not in _laboratories:
        _laboratories[source] = Laboratory(load_economy(source))
    return _laboratories[source]


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
    _given[:] = [_laboratory(source)]


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
