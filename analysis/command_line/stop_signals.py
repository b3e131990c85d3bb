"""Signals that end the command: one line and an exit code that says which signal it was."""

import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from analysis.command_line.leaving import leave
from analysis.experiment.interrupt import STOP_SIGNALS, Interrupted, exit_code


class Stopped(SystemExit):
    """A signal ended the command outside the runs of a study."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.exit_code = code


def ended_by_signals(command: Callable[[], object]) -> None:
    """Run the command; Ctrl-C, SIGTERM and a closing terminal end it in order, with one line."""
    for number in STOP_SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)
    try:
        command()
    except (Interrupted, Stopped) as stop:
        words = stop if isinstance(stop, Interrupted) else "interrupted; finished runs are kept"
        leave(words, stop.exit_code)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise Stopped(exit_code(number))
