"""Many runs on any executor, a few under way for each worker, each handed over as it finishes."""

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager

from analysis.experiment.run_key import RunKey
from analysis.experiment.workers import Equipment, Errand, Finished, Unequipped, run_errand


def run_all(
    errands: Iterable[Errand],
    executor: Executor,
    equipment: Equipment,
    at_once: int,
    done: Callable[[RunKey, Finished], None],
    failed: Callable[[RunKey, BaseException], None],
) -> list[Errand]:
    """Run the errands and return those that were lost because workers died.

    Any `concurrent.futures.Executor` serves. At most `at_once` errands are under way, and nothing
    is kept of one that has been handed over. A worker that lacks the equipment says so, and gets
    it with the errand sent again; so it travels about once a worker, not once a run. A run that
    fails does not stop the others; an interrupt (Ctrl-C) drops those that have not begun.
    """
    waiting = deque((errand, False) for errand in errands)
    under_way: dict[Future[Finished], Errand] = {}
    lost: list[Errand] = []
    try:
        with _interrupts_for_the_parent_only():
            _fill(under_way, waiting, executor, equipment, at_once)
        while under_way:
            finished, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in finished:
                errand = under_way.pop(future)
                error = CANCELLED if future.cancelled() else future.exception()
                match error:
                    case None:
                        done(errand.key, future.result())
                    case Unequipped():
                        waiting.appendleft((errand, True))
                    case BrokenExecutor():
                        lost.append(errand)
                    case _:
                        failed(errand.key, error)
            if not lost:
                _fill(under_way, waiting, executor, equipment, at_once)
    finally:
        for future in under_way:
            future.cancel()
    return lost + [errand for errand, _ in waiting]


CANCELLED = BrokenExecutor("the workers were taken away")
"""What has become of an errand that others cancelled."""


def _fill(
    under_way: dict[Future[Finished], Errand],
    waiting: deque[tuple[Errand, bool]],
    executor: Executor,
    equipment: Equipment,
    at_once: int,
) -> None:
    while waiting and len(under_way) < at_once:
        errand, equipped = waiting.popleft()
        try:
            future = executor.submit(run_errand, errand, equipment if equipped else None)
        except BrokenExecutor:
            waiting.appendleft((errand, equipped))
            return
        under_way[future] = errand


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
