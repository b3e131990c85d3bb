"""Workers of a Dask cluster, by the address of its scheduler: the extra `cluster`.

Whoever reaches a scheduler can have it run any code, here too, since results come back as pickles.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext, take_context
from data.errors import InputError

PATIENCE = 10
"""Seconds to wait for the scheduler, and for its first worker."""
ALONE = 60.0
"""Seconds without any worker after which it is said."""
LOOK = 5.0
"""Seconds between two looks at who is there."""
PROTOCOLS = {"dask": "tcp", "tls": "tls"}
"""Protocol of the scheduler by the word before `://`."""


@contextmanager
def dask_cluster(address: str, context: WorkerContext) -> Iterator[WorkerPool]:
    """Provide the workers of a scheduler, given the context, also those that join later.

    They need Quotapolis of the same version, and no file system in common with this process.

    Raises
    ------
    InputError
        If no scheduler or no worker answers, or there are no certificates for `tls://`.
    """
    import distributed

    protocol, place = protocol_of(address), place_of(address)
    security = distributed.Security(require_encryption=True) if protocol == "tls" else None
    if security is not None and not (security.tls_ca_file and security.tls_client_cert):
        raise InputError(
            f"--executor {address}: no certificates; name them in Dask's configuration"
            " (distributed.comm.tls.ca-file, client.cert and client.key)"
        )
    try:
        client = distributed.Client(
            f"{protocol}://{place}", timeout=PATIENCE, set_as_default=False, security=security
        )
    except OSError as error:
        raise InputError(
            f"--executor {address}: no Dask scheduler answers there within {PATIENCE} s"
        ) from error
    try:
        _await_worker(client, address)
        client.register_plugin(context_plugin(context), name=f"quotapolis-{context.mark}")
        threads = sum(client.nthreads().values())
        watch = Watch(address, client)
        yield WorkerPool(client.get_executor(pure=False), max(threads, 1), news=watch.news)
    finally:
        client.close()


class Watch:
    """Looks now and then whether a cluster has any worker left."""

    def __init__(self, address: str, client: Any) -> None:
        self._address, self._client = address, client
        self._looked = self._seen = time.monotonic()
        self._said = False

    def news(self) -> str | None:
        """Return a sentence once there has been no worker for a while; else none."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return None
        self._looked = now
        try:
            there = bool(self._client.nthreads())
        except OSError:  # the scheduler is gone too: the runs under way will say so
            return None
        if there:
            self._seen, self._said = now, False
        if self._said or now - self._seen < ALONE:
            return None
        self._said = True
        return (
            f"{self._address}: no worker for {ALONE:.0f} s; the runs wait until one joins (dask"
            f" worker {worker_address(self._address)} --nthreads 1), or Ctrl-C stops; finished runs"
            " are kept"
        )


def protocol_of(address: str) -> str:
    """Return the protocol of an address, `tcp` or `tls`."""
    return PROTOCOLS[address.partition("://")[0]]


def worker_address(address: str) -> str:
    """Return what a worker is told to find the scheduler."""
    place = address.partition("://")[2]
    return place if protocol_of(address) == "tcp" else address


def place_of(address: str) -> str:
    """Return HOST:PORT of `dask://HOST:PORT` or `tls://HOST:PORT`.

    Raises
    ------
    InputError
        If the address is written otherwise, or Dask is not installed.
    """
    kind, _, place = address.partition("://")
    host, _, port = place.rpartition(":")
    if not (host and "/" not in place and port.isdecimal() and 0 < int(port) < 65536):
        raise InputError(
            f"--executor {address}: write {kind}://HOST:PORT, such as {kind}://head:8786"
        )
    if find_spec("distributed") is None:
        raise InputError(
            f"--executor {address}: needs Dask, which is not installed; install the extra"
            " 'cluster': pip install --require-hashes -r locks/all.txt"
        )
    return place


def _await_worker(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise InputError(
            f"--executor {address}: the scheduler has no worker; start some with: dask worker"
            f" {worker_address(address)} --nthreads 1"
        ) from error


def context_plugin(context: WorkerContext) -> Any:
    """Return the plugin that gives every worker of the cluster the context when it joins."""
    from distributed import WorkerPlugin

    class ContextPlugin(WorkerPlugin):  # type: ignore[misc] # Dask has no types
        def setup(self, worker: Any) -> None:  # noqa: ARG002 - the signature is Dask's
            take_context(context)

        def __reduce__(self) -> tuple[Any, ...]:  # it travels by the name of this function
            return context_plugin, (context,)

    return ContextPlugin()
