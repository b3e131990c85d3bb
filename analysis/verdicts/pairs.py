"""Pairs of arms: paired differences with intervals that hold for all pairs together (Holm)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.outcomes.paired import CONFIDENCE, Interval, by_arm, interval_of


@dataclass(frozen=True, slots=True)
class Pair:
    """Two arms, the one of the lower mean first."""

    lower: str
    higher: str
    gap: Interval
    """`higher` − `lower`, paired by replication; its level is corrected after Holm (1979)."""
    held: int
    """Replications in which `lower` is below `higher`."""
    replications: int
    apart: bool
    """True where the interval excludes zero, and the difference is one that matters."""


def pairs_of(values: pd.DataFrame, material: float) -> list[Pair]:
    """Return all pairs of arms; `values` has a column an arm, a row a replication.

    Differences are tested from the surest to the least sure, the k-th of m at a level of
    5 % ÷ (m − k + 1); after the first that may be zero, none is told apart.
    """
    known = by_arm(values)
    found = [pair for two in combinations(known, 2) if (pair := _differences(known, two))]
    found.sort(key=lambda pair: _chance(pair[2]))
    made = []
    level, failed = (1.0 - CONFIDENCE) / max(len(found), 1), False
    for k, (lower, higher, differences) in enumerate(found):
        if not failed:
            level = (1.0 - CONFIDENCE) / (len(found) - k)
        gap = interval_of(differences, level)
        failed = failed or not gap.clear
        apart = not failed and gap.mean >= material
        held = int((differences > 0).sum())
        made.append(Pair(lower, higher, gap, held, differences.size, apart))
    return made


def _differences(
    values: Mapping[str, np.ndarray], two: tuple[str, str]
) -> tuple[str, str, np.ndarray] | None:
    """Return lower, higher and their differences by replication; None where they never meet."""
    differences = values[two[1]] - values[two[0]]
    differences = differences[np.isfinite(differences)]
    if not differences.size:
        return None
    return (*two, differences) if differences.mean() >= 0 else (two[1], two[0], -differences)


def _chance(differences: np.ndarray) -> float:
    """Return the two-sided p-value of a mean of zero; 1 for a single difference."""
    n = differences.size
    if n < 2 or not differences.any():
        return 1.0
    error = float(differences.std(ddof=1)) / np.sqrt(n)
    return 0.0 if error == 0 else float(2 * stdtr(n - 1, -abs(differences.mean()) / error))
