"""How worker processes begin: forked off a server that has loaded the laboratory, on Linux.

Loading it takes seconds of a processor, which are spent once so and not by every worker. The server
runs nothing of the user's and no threads of ours; it ends with the process that started it.
Elsewhere, and where it cannot be had (no place for its socket), every worker loads all by itself.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, get_context, resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any

LOADED = ["analysis.experiment.process_worker"]
"""Module that the server loads: what a worker does, and with it all that it needs."""


@contextmanager
def served_early() -> Iterator[None]:
    """Have the server load the laboratory while this process still loads it for itself.

    It ends with the block at the latest, in the midst of loading too: who reads what this process
    writes does not wait for it.
    """
    with suppress(OSError, EOFError):
        _serve()
    try:
        yield
    finally:
        server = getattr(forkserver, "_forkserver", None)
        if number := getattr(server, "_forkserver_pid", None):
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)


def _serve() -> None:
    if sys.platform != "linux":
        return
    resource_tracker.ensure_running()  # starting it would unblock signals
    forkserver.set_forkserver_preload(LOADED)
    with _signals_for_the_parent_only():
        forkserver.ensure_running()


def begun(target: Callable[..., None], arguments: tuple[Any, ...]) -> BaseProcess:
    """Return a process that has begun, deaf to Ctrl-C and a closing terminal.

    Raises
    ------
    OSError
        If the system starts no further process.
    """
    if sys.platform == "linux":
        with suppress(OSError, EOFError):  # no place for its socket, or it was killed
            _serve()
            return _started(get_context("forkserver").Process(target=target, args=arguments))
    return _started(get_context("spawn").Process(target=target, args=arguments))


def _started(process: BaseProcess) -> BaseProcess:
    with _signals_for_the_parent_only():
        process.start()
    return process


def adopt(environment: Mapping[str, str]) -> None:
    """Take over the variables of the process that a worker works for: the server's may be older."""
    os.environ.clear()
    os.environ.update(environment)


@contextmanager
def _signals_for_the_parent_only() -> Iterator[None]:
    """Start processes deaf to Ctrl-C and a closing terminal: the parent decides what happens."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
