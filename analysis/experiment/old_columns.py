"""Column words of earlier versions, each with the word that took its place."""

from collections.abc import Iterable

from data.errors import InputError, nearest

NOW_CALLED = {"treasury": "budget", "public_purse": "public_budget"}
"""Columns of `simulation.columns` and outcomes of `ranking.csv`, by their old word."""


def check_columns(asked: Iterable[str], known: Iterable[str]) -> None:
    """Check that columns exist.

    Raises
    ------
    InputError
        If a word is an old one, or none at all; the message says the new or the nearest one.
    """
    there = list(known)
    for word in asked:
        if word not in there:
            hint = renamed(word)
            raise InputError(hint or f"{word}: no such column; {nearest(word, there)}")


def renamed(word: str) -> str | None:
    """Return what an old word is called now, in words; none for any other word."""
    return f"{word}: is called {NOW_CALLED[word]} now" if word in NOW_CALLED else None
