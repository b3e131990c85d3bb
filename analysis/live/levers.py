"""Levers: what can be moved in the live laboratory, how far, and the scenario that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.errors import InputError, nearest
from model.allocation import RULES
from model.market.institutions import INSTITUTIONS
from scenarios.policy import NO_TRADE
from scenarios.ranges import ranges
from scenarios.reading import changed
from scenarios.scenario import Scenario
from scenarios.schema import parameters

WORDS = {
    "allocation.rule": tuple(RULES),
    "market.institution": (*INSTITUTIONS, NO_TRADE),
}
"""Levers that are words."""
NUMBERS = (
    "cap.cut",
    "compliance.audit",
    "compliance.penalty_multiple",
    "transfer.reserve",
    "behaviour.consumer_responsibility",
)
"""Levers that are numbers."""
TITLE = "A policy of the live laboratory"
STEPS = 100
"""Steps of a slider at least."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One key of a scenario that can be moved."""

    key: str
    unit: str
    meaning: str
    words: tuple[str, ...] = ()
    """Its words, where it has words."""
    low: float = 0.0
    high: float = 0.0
    step: float = 0.0
    row: str = ""
    """Its name in the table of parameters, such as `cap(linear_cut).cut`."""

    def check(self, value: Any) -> None:
        """Raise InputError where a value is none that the lever can take."""
        if self.words:
            if value not in self.words:
                raise InputError(f"{self.key} = {_short(value)}: {nearest(str(value), self.words)}")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{self.key} = {_short(value)}: must be a number")
        elif not self.low <= value <= self.high:
            raise InputError(f"{self.key} = {value:g}: must be from {self.low:g} to {self.high:g}")


def levers(starts: Sequence[Scenario]) -> dict[str, Lever]:
    """Return the levers that all of these scenarios have in the same sense, by key.

    A range is that of `scenarios/ranges.csv`, wider where a scenario lies outside.
    """
    told = {row.key: row for row in parameters()}
    found = {}
    for key, words in WORDS.items():
        found[key] = Lever(key, told[key].unit, told[key].meaning, words)
    for key in NUMBERS:
        own = [value_of(start, key) for start in starts]
        rows = {_row(start, key) for start in starts}
        if None not in own and len(rows) == 1:
            row = told[rows.pop()]
            low, high = min(ranges()[key].low, *own), max(ranges()[key].high, *own)
            found[key] = Lever(
                key, row.unit, row.meaning, (), low, high, _step(high - low), row.key
            )
    return found


def value_of(scenario: Scenario, key: str) -> Any:
    """Return what a scenario says under a key; none where it has no such key."""
    section, _, name = key.partition(".")
    return getattr(getattr(scenario, section), name, None)


def _row(scenario: Scenario, key: str) -> str:
    section, _, name = key.partition(".")
    return f"cap({scenario.cap.path}).{name}" if section == "cap" else key


def policy(known: Mapping[str, Lever], start: Scenario, asked: Mapping[str, Any]) -> Scenario:
    """Return the scenario that levers make of another one.

    Raises
    ------
    InputError
        If a key is no lever, a value none that it takes, or they do not go together.
    """
    for key, value in asked.items():
        if key not in known:
            raise InputError(f"{_short(key)}: no such lever; {nearest(str(key), known)}")
        known[key].check(value)
    moved = {key: value for key, value in asked.items() if value != value_of(start, key)}
    return changed(start.model_copy(update={"title": TITLE}), moved)


def _step(width: float) -> float:
    """Return a power of ten, or half of one, that divides a range into at least a hundred steps."""
    size = 10.0
    while width / size < STEPS:
        size /= 10.0
    return size * 5 if width / (size * 5) >= STEPS else size


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
