"""A live laboratory for tests: behind its door in this process, or served by another one."""

import json
import os
import re
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from reported import economy_on_the_map

from analysis.experiment.identity import version_mark
from analysis.experiment.own_words import own_words, packed_words
from analysis.experiment.workers import WorkerContext, worker_name
from analysis.live.desk import desk
from analysis.live.live_page import live_page
from analysis.live.live_run import Errand, Places, places, run_pairs
from analysis.live.serving import admitted
from analysis.live.trial_queue import TrialQueue

KEY, HOST, PORT = "k" * 32, "127.0.0.1", 8765
OWN = f"http://{HOST}:{PORT}"
SETTINGS = ("horizon.end=2015",)
REPLICATIONS = 3

SCRIPT = """
import sys
from functools import partial
from pathlib import Path
from analysis.command_line import serve_command as command
from analysis.command_line.stop_signals import ended_by_signals
from reported import economy_on_the_map

if __name__ == "__main__":
    def serve(results, place, *, economy, **told):
        command_serve(results, place, economy=economy_on_the_map(), **told)
    command_serve, command.serve = command.serve, serve
    results = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    ended_by_signals(partial(command.serve_command, results, "127.0.0.1", 0))
"""


@dataclass
class Held:
    """Takes runs and does none, until told to."""

    asked: list[tuple[Any, Future]] = field(default_factory=list)

    def submit(self, scenario: Any, replications: tuple[int, ...]) -> Future:
        self.asked.append(((scenario, replications), Future()))
        return self.asked[-1][1]


def at_once(laid: Any) -> Callable[[Any, tuple[int, ...]], Future]:
    """Return what runs a policy in this process as soon as it is asked."""
    context = WorkerContext(
        "live", version_mark(), economy_on_the_map(), packed_words(own_words(laid.experiment)),
        worker_name(),
    )  # fmt: skip
    places("live", context)

    def submit(scenario: Any, replications: tuple[int, ...]) -> Future:
        future: Future = Future()
        errand = Errand("live", scenario, laid.without, laid.experiment.seed, replications)
        try:
            future.set_result(run_pairs(errand, context))
        except Exception as error:
            future.set_exception(error)
        return future

    return submit


def client(submit: Any = None, results: Path | None = None, host: str = HOST) -> Any:
    """Return a client of a laboratory; it has the key."""
    with warnings.catch_warnings():  # it has a new name for the same httpx
        warnings.simplefilter("ignore")
        from starlette.testclient import TestClient

    laid, page = _laid(results)
    queue = TrialQueue(submit or at_once(laid), REPLICATIONS)
    door = admitted(laid, queue, page, KEY, host, PORT)
    return TestClient(door, base_url=OWN, cookies={f"quotapolis-{PORT}": KEY},
                      headers={"origin": OWN})  # fmt: skip


@cache
def _laid(results: Path | None) -> tuple[Any, str]:
    """Return a desk and its page, which nobody changes; they are ready once for all tests."""
    laid = desk(results, SETTINGS)
    return laid, live_page(laid, _places(), "", REPLICATIONS)


def _places() -> Any:
    regions, cities = economy_on_the_map().regions, economy_on_the_map().players
    return Places(tuple(regions.codes[r] for r in cities), tuple(regions.names[r] for r in cities))


def news(text: str) -> list[dict[str, Any]]:
    """Return what a stream of news told."""
    return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]


@contextmanager
def served(folder: Path, results: Path | None = None) -> Iterator[tuple[str, subprocess.Popen]]:
    """Serve the laboratory from a process of its own; yield its address."""
    script = folder / "serve_it.py"
    script.write_text(SCRIPT, encoding="utf-8")
    here = Path(__file__).parent
    paths = os.pathsep.join([str(here.parent), str(here), os.environ.get("PYTHONPATH", "")])
    words = [sys.executable, str(script), *([str(results)] if results else [])]
    process = subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": paths},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stderr.read()
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
