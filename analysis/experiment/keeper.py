"""Keepers: a thread for each worker process, which hands it tasks, watches it and replaces it."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any

from analysis.experiment.beginnings import begun
from analysis.experiment.main_guard import UNGUARDED, Unguarded, advice
from analysis.experiment.process_worker import work
from analysis.experiment.workers import WorkerContext

Task = tuple[Future[Any], tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]]
"""A future, and the call that it is of."""
LEAVE = 5.0
"""Seconds that an idle process has for leaving by itself."""


class RunTooLong(Exception):
    """The run took longer than it may, and was ended."""


class WorkerDied(BrokenExecutor):
    """The process is gone, killed or out of memory; its run can be done again."""


class Keeper:
    """Keeps one process at work: hands it tasks, and starts another when it is gone."""

    def __init__(
        self, tasks: SimpleQueue[Task | None], context: WorkerContext, run_limit: float
    ) -> None:
        self._tasks, self._context, self._limit = tasks, context, run_limit
        self._process: BaseProcess | None = None
        self._link: Connection
        self._over = False
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until its process has left."""
        self._thread.join()

    def _keep(self) -> None:
        """Hand over tasks one by one until there are no more."""
        while (task := self._tasks.get()) is not None:
            future, call = task
            if future.set_running_or_notify_cancel():
                try:
                    value, error = self._done(call)
                except Exception as mistake:
                    value, error = None, mistake
                if error is None:
                    future.set_result(value)
                else:
                    future.set_exception(error)
        self._part(LEAVE)

    def kill(self) -> None:
        """End the process at once, and start no other."""
        with self._starting:
            self._over = True
            if self._process is not None:
                self._process.kill()

    def _done(self, call: tuple[Any, ...]) -> tuple[Any, BaseException | None]:
        fresh = self._process is None
        process = self._started()
        try:
            if fresh:
                self._link.recv()  # it is ready: from here on its time counts
            self._link.send(call)
            if wait([self._link, process.sentinel], self._limit):
                return self._link.recv() if self._link.poll() else self._died()
        except (EOFError, ConnectionError):
            return self._died()
        self._part(0.0)
        return None, RunTooLong(f"more than {self._limit:g} s; --run-limit allows more")

    def _died(self) -> tuple[None, Exception]:
        code = None
        if self._process is not None:
            self._process.join(LEAVE)
            code = self._process.exitcode
        self._part(LEAVE)
        return None, Unguarded(advice()) if code == UNGUARDED else WorkerDied("the process is gone")

    def _started(self) -> BaseProcess:
        with self._starting:
            if self._over:
                raise WorkerDied("the processes were ended")
            if self._process is None:
                self._link, theirs = Pipe()
                try:
                    process = begun(work, (theirs, self._context, dict(os.environ)))
                except (OSError, RuntimeError) as error:
                    raise WorkerDied(str(error)) from error
                finally:
                    theirs.close()
                self._process = process
            return self._process

    def _part(self, patience: float) -> None:
        """Let the process go: by itself if it is idle, else by force."""
        if self._process is None:
            return
        self._link.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        with self._starting:
            with suppress(ValueError):  # a thread that started another has seen its end first
                self._process.close()
            self._process = None
