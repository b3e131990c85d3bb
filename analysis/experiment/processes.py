"""Worker processes of this machine: each is watched, ended after too long a run, and replaced."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing import resource_tracker
from queue import Empty, SimpleQueue
from typing import ParamSpec, TypeVar

from analysis.experiment.keeper import Keeper, Task
from analysis.experiment.workers import WorkerContext

RUN_LIMIT = 600.0
"""Seconds a run may take: some hundred times what one takes on all cities of China, so that only
a run that hangs is ended by it."""

P = ParamSpec("P")
T = TypeVar("T")


class Processes(Executor):
    """Processes that share nothing but the memory-mapped economy; a thread here for each."""

    def __init__(self, workers: int, context: WorkerContext, run_limit: float) -> None:
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        resource_tracker.ensure_running()  # starting it would unblock signals of a keeper
        self._keepers = [Keeper(self._tasks, context, run_limit) for _ in range(workers)]

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a function called in the next process that is free."""
        future: Future[T] = Future()
        self._tasks.put((future, (fn, args, kwargs)))
        return future

    def kill(self) -> None:
        """End all processes at once, whatever they do."""
        for keeper in self._keepers:
            keeper.kill()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the processes leave once their tasks are done."""
        while cancel_futures:
            try:
                task = self._tasks.get_nowait()
            except Empty:
                break
            if task is not None:
                task[0].cancel()
        for _ in self._keepers:
            self._tasks.put(None)
        if wait:
            for keeper in self._keepers:
                keeper.join()
