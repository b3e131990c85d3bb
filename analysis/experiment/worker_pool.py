"""A pool of workers that are ready to run."""

from concurrent.futures import Executor
from dataclasses import dataclass

PER_WORKER = 4
"""Tasks under way for each worker: enough that none waits for the parent."""


@dataclass(frozen=True, slots=True)
class WorkerPool:
    """Workers ready to run."""

    executor: Executor
    workers: int
    local: bool = False
    """True where they share this machine's memory."""
    renewable: bool = True
    """True where others replace them when they have died."""

    @property
    def at_once(self) -> int:
        """Tasks under way at most."""
        return PER_WORKER * self.workers
