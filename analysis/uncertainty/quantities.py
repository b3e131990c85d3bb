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

    Ranks are 1 for the best; outcomes without a better direction have none.
    """
    better = {outcome.word: outcome.direction for outcome in OUTCOMES}
    for word in words:
        table = worlds.by_arm(word)
        signed = -table if better[word] == "higher" else table
        best = int(np.nanmedian(signed, axis=0).argmin())
        ranks = rankdata(signed, axis=1)
        for place, arm in enumerate(worlds.rivals):
            yield Quantity(LEVEL, word, arm, "", table[:, place])
            if place != best:
                gap = table[:, place] - table[:, best]
                yield Quantity(DIFFERENCE, word, arm, worlds.rivals[best], gap)
            if better[word] != "neither" and len(worlds.rivals) > 1:
                yield Quantity(RANK, word, arm, "", ranks[:, place])
