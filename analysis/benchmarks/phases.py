"""Time of a year by phase: forecasting, deciding, clearing, scoring, recording, the rest."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

from analysis.benchmarks.timing import Timing
from data.compiled.cache import load_economy
from scenarios import read_scenario
from simulation import phases, quota_model
from simulation.economy import ScenarioEconomy
from simulation.laboratory import Laboratory

PHASES: dict[str, tuple[tuple[object, str], ...]] = {
    "expectations: accounts of two forecasts": ((ScenarioEconomy, "forecast"),),
    "decisions of 309 cities": ((phases, "decisions"),),
    "clearing the exchange": ((phases, "market_days"),),
    "scoring: accounts, mitigation, classes": (
        (ScenarioEconomy, "outcome"),
        (quota_model, "classify"),
    ),
    "recording": ((quota_model, "record"),),
}
"""Functions whose time counts to a phase."""
RUNS = 7


class Stopwatch:
    """Adds up the time of every call of a function."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed."""

        @wraps(work)
        def timed(*args: Any, **named: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*args, **named)
            finally:
                self.seconds += time.perf_counter() - begun

        return timed


def of_phase(phase: int) -> Timing:
    """Return the time of a phase in a year, least of several runs; of the rest after the last."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default")
    years = len(scenario.horizon.years)
    words = list(PHASES)
    found = []
    for seed in range(RUNS):
        with watched() as watches:
            begun = time.perf_counter()
            laboratory.run(scenario, seed)
            whole = time.perf_counter() - begun
        parts = [watches[word].seconds for word in words]
        found.append((parts[phase] if phase < len(words) else whole - sum(parts)) / years)
    return Timing(min(found))


@contextmanager
def watched() -> Iterator[dict[str, Stopwatch]]:
    """Put a stopwatch around the functions of every phase."""
    watches = {word: Stopwatch() for word in PHASES}
    with ExitStack() as stack:
        for word, functions in PHASES.items():
            for owner, name in functions:
                timed = watches[word].around(getattr(owner, name))
                stack.enter_context(patch.object(owner, name, timed))
        yield watches
