"""Ranges of every number that a scenario may hold: how far it may reasonably lie, and why."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from data.errors import nearest
from scenarios.uncertainty import Uncertainty

UNKNOWN, CHOICE = "unknown", "choice"
"""Kinds of numbers: what nobody knows, and what a government chooses."""
ALL = "all"
"""Word for everything that nobody knows."""


@cache
def ranges() -> dict[str, Uncertainty]:
    """Return the default range of every number, by key."""
    return {row["key"]: _uncertainty(row) for row in _rows()}


@cache
def unknowns() -> tuple[str, ...]:
    """Return the keys of what nobody knows: what `uncertainties = "all"` draws."""
    return tuple(row["key"] for row in _rows() if row["kind"] == UNKNOWN)


def named_uncertainties(words: Any) -> tuple[Any, ...]:
    """Return uncertainties as an experiment names them: "all", keys, or tables.

    A table may leave out what the default range of its key tells.

    Raises
    ------
    ValueError
        If a key has no default range and is given none.
    """
    listed = words if isinstance(words, Sequence) and not isinstance(words, str) else (words,)
    found: dict[str, Any] = {}
    for word in listed:
        if word == ALL:
            found |= {key: ranges()[key] for key in unknowns() if key not in found}
        elif isinstance(word, str):
            found[word] = _known(word)
        elif isinstance(word, dict) and word.get("key") in ranges():
            told = _known(word["key"]).model_dump()
            own = {"low", "high"} & set(word)
            if word.get("unit", told["unit"]) != told["unit"]:
                raise ValueError(
                    f"uncertainties: {word['key']} is in {told['unit']}, not in {word['unit']};"
                    " turn low and high into that unit, or leave the unit out"
                )
            found[word["key"]] = {**told, **({"source": ""} if own else {}), **word}
        else:
            found[str(word)] = word
    return tuple(found.values())


def _known(key: str) -> Uncertainty:
    if key not in ranges():
        raise ValueError(
            f"uncertainties: {key!r} has no default range; {nearest(key, [ALL, *ranges()])}, or a"
            " table with key, low and high"
        )
    return ranges()[key]


def _rows() -> list[dict[str, str]]:
    text = files("scenarios").joinpath("ranges.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _uncertainty(row: dict[str, str]) -> Uncertainty:
    told = {key: row[key] for key in ("key", "unit", "distribution", "source")}
    return Uncertainty.model_validate(
        {**told, "low": float(row["low"]), "high": float(row["high"])}
    )
