"""Interrupts: signals that ask a study to stop, noted and acted upon between two runs."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from data.errors import InputError

STOP_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""Ctrl-C; what job systems, `timeout` and `docker stop` send; a terminal that closes."""
PULSE = 0.2
"""Seconds after which an interrupt is looked for."""


class Interrupted(InputError):
    """A signal stopped the study; its finished runs are kept."""

    def __init__(self, words: str, number: int) -> None:
        super().__init__(words)
        self.exit_code = exit_code(number)
        """Of the command."""


def exit_code(number: int) -> int:
    """Return the exit code of a command that a signal ended: 130 after Ctrl-C, 143 after TERM."""
    return 128 + number


class StopAsked(KeyboardInterrupt):
    """A signal asked to stop."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Interrupt:
    """Signals, noted when they come and acted upon between two runs.

    Raised at once they could strike inside a lock of the executor, which would then never end.
    """

    def __init__(self) -> None:
        self._asked: int | None = None

    @contextmanager
    def awaited(self) -> Iterator[None]:
        """Note signals while this lasts, if they are heeded at all; a second is raised at once."""
        heeded = {}
        if threading.current_thread() is threading.main_thread():
            for number in STOP_SIGNALS:
                before = signal.getsignal(number)
                if before not in (signal.SIG_IGN, None):
                    heeded[number] = before
                    signal.signal(number, self._note)
        try:
            yield
        finally:
            for number, before in heeded.items():
                signal.signal(number, before)

    def check(self) -> None:
        """Raise `StopAsked` if a signal came."""
        if self._asked is not None:
            raise StopAsked(self._asked)

    def _note(self, number: int, _frame: object) -> None:
        if self._asked is not None:
            raise StopAsked(number)
        self._asked = number
