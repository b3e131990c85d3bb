"""Amounts of outcomes as a user writes them: emissions=8.5, in the outcome's unit."""

from collections.abc import Iterable, Sequence
from math import isfinite

from analysis.outcomes.outcomes import OUTCOMES
from data.errors import InputError, nearest


def amounts_of(option: str, words: Sequence[str]) -> dict[str, float]:
    """Return amounts by outcome; `option` is what they are given to.

    Raises
    ------
    InputError
        If one is written otherwise, or its outcome is unknown.
    """
    found = {}
    for word in words:
        outcome, separator, text = word.partition("=")
        try:
            amount = float(text)
        except ValueError:
            amount = float("nan")
        if not separator or not isfinite(amount):
            raise InputError(
                f"{option} {word}: write it as OUTCOME=AMOUNT, such as emissions=8.5, in the"
                " outcome's unit"
            )
        found[outcome.strip()] = amount
    check_outcomes(option, found)
    return found


def check_outcomes(where: str, words: Iterable[str]) -> None:
    """Raise InputError if any word is no outcome."""
    known = [outcome.word for outcome in OUTCOMES]
    for word in words:
        if word not in known:
            raise InputError(f"{where} {word}: no such outcome; {nearest(word, known)}")
