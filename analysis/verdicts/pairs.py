"""Pairs of arms: paired differences with intervals that hold for all pairs together (Holm)."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from analysis.outcomes.paired import CONFIDENCE, Interval


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
    found = [pair for two in combinations(values.columns, 2) if (pair := _differences(values, two))]
    found.sort(key=lambda pair: _chance(pair[2]))
    made = []
    level, failed = (1.0 - CONFIDENCE) / max(len(found), 1), False
    for k, (lower, higher, differences) in enumerate(found):
        if not failed:
            level = (1.0 - CONFIDENCE) / (len(found) - k)
        gap = _interval(differences, level)
        failed = failed or not gap.clear
        apart = not failed and gap.mean >= material
        held = int((differences > 0).sum())
        made.append(Pair(lower, higher, gap, held, differences.size, apart))
    return made


def _differences(values: pd.DataFrame, two: tuple[str, str]) -> tuple[str, str, np.ndarray] | None:
    """Return lower, higher and their differences by replication; None where they never meet."""
    first, second = (values[arm].to_numpy(dtype=np.float64) for arm in two)
    differences = second - first
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


def _interval(differences: np.ndarray, level: float) -> Interval:
    mean, n = float(differences.mean()), differences.size
    if n < 2:
        return Interval(mean, np.nan, np.nan)
    error = float(differences.std(ddof=1)) / np.sqrt(n)
    half = float(stdtrit(n - 1, 1 - level / 2)) * error
    return Interval(mean, mean - half, mean + half)
