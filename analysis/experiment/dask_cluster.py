"""Workers of a Dask cluster, by the address of its scheduler: the extra `cluster`."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext, take_context
from data.errors import InputError

PATIENCE = 10
"""Seconds to wait for the scheduler, and for its first worker."""


@contextmanager
def dask_cluster(place: str, context: WorkerContext) -> Iterator[WorkerPool]:
    """Provide the workers of the scheduler at HOST:PORT, equipped, also those that join later.

    They need Quotapolis of the same version, and no file system in common with this process.

    Raises
    ------
    InputError
        If no scheduler or no worker answers.
    """
    import distributed

    try:
        client = distributed.Client(f"tcp://{place}", timeout=PATIENCE, set_as_default=False)
    except OSError as error:
        raise InputError(
            f"--executor dask://{place}: no Dask scheduler answers there within {PATIENCE} s"
        ) from error
    try:
        _await_worker(client, place)
        _send_context(client, context)
        threads = sum(client.nthreads().values())
        yield WorkerPool(client.get_executor(pure=False), max(threads, 1))
    finally:
        client.close()


def place_of(address: str) -> str:
    """Return HOST:PORT of `dask://HOST:PORT`.

    Raises
    ------
    InputError
        If the address is written otherwise, or Dask is not installed.
    """
    place = address.removeprefix("dask://")
    host, _, port = place.rpartition(":")
    if not (host and "/" not in place and port.isdecimal() and 0 < int(port) < 65536):
        raise InputError(f"--executor {address}: write dask://HOST:PORT, such as dask://head:8786")
    if find_spec("distributed") is None:
        raise InputError(
            f"--executor {address}: needs Dask, which is not installed; install the extra"
            " 'cluster': pip install --require-hashes -r locks/all.txt"
        )
    return place


def _await_worker(client: Any, place: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise InputError(
            f"--executor dask://{place}: the scheduler has no worker; start some with: dask worker"
            f" {place} --nthreads 1"
        ) from error


def _send_context(client: Any, context: WorkerContext) -> None:
    client.register_plugin(context_plugin(context), name=f"quotapolis-{context.mark}")


def context_plugin(context: WorkerContext) -> Any:
    """Return the plugin that equips every worker of the cluster when it joins."""
    from distributed import WorkerPlugin

    class Equip(WorkerPlugin):  # type: ignore[misc] # Dask has no types
        def setup(self, worker: Any) -> None:  # noqa: ARG002 - the signature is Dask's
            take_context(context)

    return Equip()
