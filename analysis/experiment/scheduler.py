"""Many runs on any executor, a few under way for each worker, each handed over as it finishes."""

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager
from typing import TypeVar

from analysis.experiment.interrupt import PULSE, Interrupt
from analysis.experiment.main_guard import Unguarded
from analysis.experiment.workers import ContextMissing, WorkerContext

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[T, WorkerContext | None], R]
"""What workers do with a task; it raises `ContextMissing` where it needs the context too."""


def run_all(
    tasks: Iterable[T],
    work: Work[T, R],
    executor: Executor,
    context: WorkerContext,
    at_once: int,
    done: Callable[[T, R], None],
    failed: Callable[[T, BaseException], None],
    meanwhile: Callable[[], None] = lambda: None,
) -> list[T]:
    """Do the tasks and return those that were lost because workers died.

    Any `concurrent.futures.Executor` serves. At most `at_once` tasks are under way, and nothing
    is kept of one that has been handed over. A worker that lacks the context says so, and gets
    it with the task sent again; so it travels about once a worker, not once a run. A run that
    fails does not stop the others; an interrupt (Ctrl-C, SIGTERM) drops those that are not done.
    `meanwhile` is called again and again while runs are awaited.
    """
    waiting = deque((task, False) for task in tasks)
    under_way: dict[Future[R], T] = {}
    lost: list[T] = []
    interrupted = Interrupt()
    try:
        with _interrupts_for_the_parent_only():
            _fill(under_way, waiting, work, executor, context, at_once)
        with interrupted.awaited():
            while under_way:
                finished, _ = wait(under_way, PULSE, FIRST_COMPLETED)
                for future in [one for one in under_way if one in finished]:  # as they were begun
                    task = under_way.pop(future)
                    error = CANCELLED if future.cancelled() else future.exception()
                    match error:
                        case None:
                            done(task, future.result())
                        case ContextMissing():
                            waiting.appendleft((task, True))
                        case Unguarded():
                            raise error
                        case BrokenExecutor():
                            lost.append(task)
                        case _:
                            failed(task, error)
                interrupted.check()
                meanwhile()
                if not lost:
                    _fill(under_way, waiting, work, executor, context, at_once)
    finally:
        for future in under_way:
            future.cancel()
    return lost + [task for task, _ in waiting]


CANCELLED = BrokenExecutor("the workers were taken away")
"""Error of a task that others cancelled."""


def _fill(
    under_way: dict[Future[R], T],
    waiting: deque[tuple[T, bool]],
    work: Work[T, R],
    executor: Executor,
    context: WorkerContext,
    at_once: int,
) -> None:
    while waiting and len(under_way) < at_once:
        task, with_context = waiting.popleft()
        try:
            future = executor.submit(work, task, context if with_context else None)
        except BrokenExecutor:
            waiting.appendleft((task, with_context))
            return
        under_way[future] = task


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
