"""A worker process: it does the tasks that come through a connection, and ends with its parent."""

import multiprocessing
import os
import threading
from collections.abc import Mapping
from multiprocessing.connection import Connection, wait

from analysis.experiment.beginnings import adopt
from analysis.experiment.sendable import sendable
from analysis.experiment.workers import WorkerContext, take_context


def work(connection: Connection, context: WorkerContext, environment: Mapping[str, str]) -> None:
    """Say that this process is ready, do tasks and answer each, until the connection is closed."""
    adopt(environment)
    end_with_parent()
    take_context(context)
    connection.send(None)
    while True:
        try:
            function, words, named = connection.recv()
        except EOFError:
            return
        answer: tuple[object, BaseException | None]
        try:
            answer = (function(*words, **named), None)
        except BaseException as error:
            answer = (None, sendable(error))
        connection.send(answer)


def end_with_parent() -> None:
    """End this process as soon as the one that started it has ended, whatever ended it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # the run under way has nobody left to go to
