"""Quantities whose sensitivity is asked: levels, differences between arms, and ranks of rules."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.worlds import Worlds

LEVEL, DIFFERENCE, RANK = "level", "difference", "rank"
"""Kinds of quantities."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number a world."""

    kind: str
    outcome: str
    arm: str
    other: str
    """Arm that a difference is taken from: the best median of all; else an empty word."""
    values: np.ndarray
    """(worlds,)."""


def quantities(worlds: Worlds, words: tuple[str, ...]) -> Iterator[Quantity]:
    """Return what an analysis explains, for some outcomes: nothing that is the same everywhere.

    Ranks are 1 for the best; outcomes without a better direction have none. Differences and ranks
    are those among the arms of the same years and economy that have the outcome at all.
    """
    better = {outcome.word: outcome.direction for outcome in OUTCOMES}
    for word in words:
        for arms in worlds.groups:
            yield from _of_one_ground(worlds, word, arms, better[word])


def _of_one_ground(
    worlds: Worlds, word: str, arms: tuple[str, ...], better: str
) -> Iterator[Quantity]:
    table = worlds.by_arm(word, arms)
    known = ~np.isnan(table).all(axis=0)
    arms = tuple(arm for arm, has in zip(arms, known, strict=True) if has)
    if not arms:
        return
    table = table[:, known]
    signed = -table if better == "higher" else table
    best = int(np.nanmedian(signed, axis=0).argmin())
    ranks = rankdata(signed, axis=1)
    for place, arm in enumerate(arms):
        yield Quantity(LEVEL, word, arm, "", table[:, place])
        if place != best:
            yield Quantity(DIFFERENCE, word, arm, arms[best], table[:, place] - table[:, best])
        if better != "neither" and len(arms) > 1:
            yield Quantity(RANK, word, arm, "", ranks[:, place])
