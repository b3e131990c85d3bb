"""Time of one piece of work."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Time of a step."""

    seconds: float
    read: int = 0
    """Bytes that it must read from memory at least; 0 where nobody counted."""


def once(
    work: Callable[[], object], read: int = 0, clock: Callable[[], float] = time.perf_counter
) -> Timing:
    """Return the time of doing the work once, the first time; by the clock on the wall or another.

    `time.process_time` counts what all threads of the process work, and not what they wait.
    """
    begun = clock()
    work()
    return Timing(clock() - begun, read)


def best(
    work: Callable[[], object],
    times: int = 5,
    read: int = 0,
    clock: Callable[[], float] = time.perf_counter,
) -> Timing:
    """Return the least time of several, after one that warms up.

    The least and not the mean: what else the machine does can only add.
    """
    work()
    return Timing(min(once(work, clock=clock).seconds for _ in range(times)), read)


def per(parts: int, timing: Timing) -> Timing:
    """Return the time of one of many equal parts."""
    return Timing(timing.seconds / parts, timing.read // parts)
