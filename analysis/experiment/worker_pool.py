"""A pool of workers that are ready to run."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

PER_WORKER = 4
"""Tasks under way for each worker: enough that none waits for the parent."""


def no_news() -> str | None:
    """Return nothing to say."""
    return None


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Workers ready to run."""

    executor: Executor
    workers: int
    local: bool = False
    """True where they share this machine's memory."""
    renewable: bool = True
    """True where others replace them when they have died."""
    news: Callable[[], str | None] = no_news
    """Asked again and again while runs are awaited: a sentence for the user, or none."""

    @property
    def at_once(self) -> int:
        """Tasks under way at most."""
        return PER_WORKER * self.workers
