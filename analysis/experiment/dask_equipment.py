"""What equips the workers of a Dask cluster; imported only where Dask is."""

from typing import Any

from distributed import WorkerPlugin

from analysis.experiment.workers import WorkerContext, take_context


class Equipment(WorkerPlugin):  # type: ignore[misc] # Dask has no types
    """Gives every worker of the cluster what runs need, when it joins."""

    def __init__(self, context: WorkerContext) -> None:
        self._context = context

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - the signature is Dask's
        """Equip a worker."""
        take_context(self._context)
