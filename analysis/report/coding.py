"""Coding: whole numbers by arm, year and city, as what remains of them after a guess, a byte each.

For each arm the best of several guesses is taken: nothing, the year before, another arm, the year
before with the other arm's change, or a sum of other columns. The page guesses alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

MISSING = -(2**31)
"""Stands for what is not a number."""
LARGEST = 2**29
"""Whole numbers lie within."""
FAR = 255
"""Byte of a remainder that does not fit one; it follows in four bytes."""
NOTHING, YEAR, ARM, BOTH, SUM = range(5)
"""Guesses."""
BACK = (1, 2)
"""How many arms further up another arm may stand, beside the first of all."""


class Term(NamedTuple):
    """A column that counts in a sum, of the same year or of the year before."""

    column: str
    sign: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Coded:
    """A column in bytes."""

    guesses: list[int]
    """By arm: the guess, and five times the place of the other arm."""
    near: bytes
    """A byte a value, (arm, city, year)."""
    far: bytes
    """What `near` does not hold: four bytes each, those of equal weight together."""


def whole(values: np.ndarray, step: np.ndarray | float) -> np.ndarray:
    """Return values as multiples of a step, halves rounded up; what is not a number is MISSING."""
    steps = np.floor(values / step + 0.5)
    known = np.isfinite(steps)
    return np.where(known, np.clip(steps, -LARGEST, LARGEST), MISSING).astype(np.int64)


def coded(
    numbers: np.ndarray, terms: Iterable[Term] = (), others: Mapping[str, np.ndarray] | None = None
) -> Coded:
    """Return a column of whole numbers, (arm, year, city), in bytes.

    Parameters
    ----------
    terms
        Of the sum that may be a guess; a column that is in none of `others` is this one.
    """
    known = others or {}
    guesses, remainders = [], []
    total = _sum([(known.get(term.column, numbers), term) for term in terms])
    for arm, own in enumerate(numbers):
        best = min(_guesses(numbers, arm, total), key=lambda guess: _size(own, guess[1]))
        guesses.append(best[0])
        remainders.append(np.where(own == MISSING, 0, 1 + _folded(own - best[1])))
    folded = np.stack(remainders).transpose(0, 2, 1).reshape(-1)
    near = np.minimum(folded, FAR).astype(np.uint8)
    planes = folded[near == FAR].astype("<u4").view(np.uint8).reshape(-1, 4).T
    return Coded(guesses, near.tobytes(), np.ascontiguousarray(planes).tobytes())


def _guesses(
    numbers: np.ndarray, arm: int, total: np.ndarray | None
) -> Iterable[tuple[int, np.ndarray]]:
    before = _before(_known(numbers[arm]))
    yield NOTHING, np.zeros_like(before)
    yield YEAR, before
    for other in dict.fromkeys((0, *(arm - back for back in BACK))):
        if 0 <= other < arm:
            theirs = _known(numbers[other])
            yield ARM + 5 * other, theirs
            yield BOTH + 5 * other, before + theirs - _before(theirs)
    if total is not None:
        yield SUM, total[arm]


def _sum(terms: list[tuple[np.ndarray, Term]]) -> np.ndarray | None:
    if not terms:
        return None
    parts = []
    for numbers, term in terms:
        known = _known(numbers)
        if term.before:
            known = np.stack([_before(arm) for arm in known])
        parts.append(term.sign * known)
    return np.asarray(np.sum(parts, axis=0))


def _known(numbers: np.ndarray) -> np.ndarray:
    return np.where(numbers == MISSING, 0, numbers)


def _before(numbers: np.ndarray) -> np.ndarray:
    """Return each year's number of the year before, 0 in the first; (year, city)."""
    return np.concatenate([np.zeros_like(numbers[:1]), numbers[:-1]])


def _folded(numbers: np.ndarray) -> np.ndarray:
    return np.where(numbers < 0, -2 * numbers - 1, 2 * numbers)


def _size(own: np.ndarray, guess: np.ndarray) -> float:
    return float(np.log2(1.0 + np.abs(own - guess)[own != MISSING]).sum())
