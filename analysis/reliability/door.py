"""One trial at a door: done, refused in one line, or something that must not happen."""

import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from data.errors import InputError

DONE, REFUSED = "done", "refused in one line"
SEVERAL, TRACEBACK, LATE, WRONG = "several lines", "traceback", "too long", "wrong in silence"
VERDICTS = (DONE, REFUSED, SEVERAL, TRACEBACK, LATE, WRONG)
"""Ends of a trial; the first two are as they should be."""
LONGEST = 30.0
"""Seconds of computing after which a trial is taken to hang, or ten times that by the clock."""


class TooLate(BaseException):
    """A trial took longer than any should; nothing on the way may catch it as an error."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """End of one trial."""

    end: str
    said: str = ""
    """Refusal, or kind and place of an error."""

    @property
    def as_it_should_be(self) -> bool:
        """True where the trial was done, or refused in one line."""
        return self.end in (DONE, REFUSED)


def tried(call: Callable[[], bool], seconds: float = LONGEST) -> Verdict:
    """Return how a call ends; it returns whether what it found is what it should be.

    Warnings of the arithmetic count as errors.
    """
    try:
        with at_most(seconds), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            return Verdict(DONE if call() else WRONG)
    except InputError as mistake:
        return refusal(str(mistake))
    except TooLate:
        return Verdict(LATE)
    except OSError as error:  # the command tells it with its path; see analysis.command_line
        return refusal(str(error))
    except (Exception, SystemExit) as error:  # whatever comes is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name}:{frame.lineno}"
        return Verdict(TRACEBACK, f"{type(error).__name__} at {place}: {error}")


def refusal(message: str) -> Verdict:
    """Return the verdict on a refusal: one line, or several."""
    return Verdict(SEVERAL if "\n" in message.strip("\n") else REFUSED, message)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TooLate after some seconds of computing, where the system can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(_: int, __: FrameType | None) -> None:
        raise TooLate

    timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {number: signal.signal(number, late) for number in timers}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, 10 * seconds)
    try:
        yield
    finally:
        for number, timer in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])
