"""One pool of workers for many studies in a row."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from analysis.experiment.executors import PoolSource
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext


@contextmanager
def lasting(source: PoolSource) -> Iterator[PoolSource]:
    """Give a source whose pool stays from one study to the next, until the end of this context.

    A study that asks twice has lost its workers, and gets others. Workers get what a study needs
    with their first task of it.
    """
    with ExitStack() as held:
        pools: list[tuple[str, WorkerPool]] = []

        @contextmanager
        def same(context: WorkerContext, runs: int) -> Iterator[WorkerPool]:
            if pools and pools[-1][0] == context.mark:
                held.close()
                pools.clear()
            pool = pools[-1][1] if pools else held.enter_context(source(context, runs))
            pools[:] = [(context.mark, pool)]
            yield pool

        yield same
