"""Serving: the page of the live laboratory from this machine, until a signal ends it."""

import asyncio
import secrets
import socket
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.experiment.executors import main_program_that_exists
from analysis.experiment.grounds import Handed, given_economy, grounds
from analysis.experiment.identity import version_mark
from analysis.experiment.own_words import own_words, packed_words
from analysis.experiment.processes import Processes
from analysis.experiment.workers import WorkerContext, worker_name
from analysis.live.admission import WILDCARDS, Admission
from analysis.live.desk import Desk, desk
from analysis.live.live_page import live_page, live_policy
from analysis.live.live_run import Errand, Pair, places, run_pairs
from analysis.live.trial_queue import TrialQueue
from data.errors import InputError
from model.compile.compile import Progress
from scenarios.scenario import Scenario

REPLICATIONS = 8
"""Runs of every policy that is tried."""
RUN_LIMIT = 60.0
"""Seconds that a part of a trial may take: a hundred times what it does."""
CONNECTIONS = 64
"""Open at once at most; one more is told that the server is busy."""
NEEDED = ("starlette", "uvicorn")
"""Libraries of the extra `serve`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page is to be found."""

    host: str
    port: int
    """0 for any that is free."""


def serve(
    results: Path | None,
    place: Place,
    *,
    economy: Handed,
    ready: Callable[[str], None],
    progress: Progress,
) -> None:
    """Serve the live laboratory until a signal comes.

    Parameters
    ----------
    results
        Results directory whose arms stand beside the policy; none for no policy alone.
    economy
        An economy, or the name or folder of an imported one; that of the base year if absent.
    ready
        Hears the address, with its key, once the laboratory is warm.

    Raises
    ------
    InputError
        If a library is missing, or the results, the economy or the port are not to be had.
    """
    require_libraries()
    given, settings = given_economy(economy, ())
    rings = None if given is None else given.outlines
    laid = desk(results, settings)
    with _listening(place) as listening, main_program_that_exists():
        one = laid.experiment.model_copy(update={"economies": 1})
        ground = grounds(one, given, progress, lambda _: None)
        mark, words = secrets.token_hex(4), packed_words(own_words(laid.experiment))
        context = WorkerContext(mark, version_mark(), ground.source, words, worker_name())
        worker = Processes(1, context, RUN_LIMIT)
        try:
            found = worker.submit(places, mark).result()
            queue = TrialQueue(_submitting(worker, laid, mark), REPLICATIONS)
            key = secrets.token_urlsafe(24)
            page = live_page(laid, found, ground.mark, REPLICATIONS, rings)
            port = listening.getsockname()[1]
            ready(f"http://{_named(place.host)}:{port}/?key={key}")
            _answer(listening, admitted(laid, queue, page, key, place.host, port), queue)
        finally:
            worker.kill()
            worker.shutdown(cancel_futures=True)


def require_libraries() -> None:
    """Raise InputError where a library of the extra is missing."""
    for name in NEEDED:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            raise InputError(
                f"{name} is not installed; install the extra: pip install 'quotapolis[serve]'"
            ) from error


def admitted(laid: Desk, queue: TrialQueue, page: str, key: str, host: str, port: int) -> Admission:
    """Return the application behind its door."""
    from analysis.live.application import application  # here: it needs the extra

    inner: Any = application(laid, queue, page)
    return Admission(inner, key, host, live_policy(), f"quotapolis-{port}")


def _submitting(worker: Processes, laid: Desk, mark: str) -> Callable[..., Future[list[Pair]]]:
    seed, without = laid.experiment.seed, laid.without

    def submit(scenario: Scenario, replications: tuple[int, ...]) -> Future[list[Pair]]:
        return worker.submit(run_pairs, Errand(mark, scenario, without, seed, replications))

    return submit


def _answer(listening: socket.socket, door: Admission, queue: TrialQueue) -> None:
    """Answer requests; a signal ends the streams, then the server, then is heard by the command."""
    import uvicorn

    config = uvicorn.Config(
        door, log_config=None, log_level="error", access_log=False, server_header=False,
        proxy_headers=False, ws="none", http="h11", lifespan="on", limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)

    async def run() -> None:
        watch = asyncio.create_task(_close_in_time(server, queue))
        await server.serve(sockets=[listening])
        watch.cancel()

    asyncio.run(run())


async def _close_in_time(server: Any, queue: TrialQueue) -> None:
    while not server.should_exit:
        await asyncio.sleep(0.1)
    queue.close()


def _listening(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    try:
        return socket.create_server((place.host, place.port), family=family)
    except (OSError, OverflowError) as error:
        told = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"--host {place.host} --port {place.port}: {told}; name another, or port 0 for any"
        ) from error


def _named(host: str) -> str:
    """Return a host as an address writes it; this machine where it is bound to all of them."""
    if host in WILDCARDS:
        return socket.gethostname() or "127.0.0.1"
    return f"[{host}]" if ":" in host else host
