"""Paired differences between arms that share their random numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Mean of paired differences and its two-sided interval, of 95 % where nothing is said."""

    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """True where the interval excludes zero."""
        return bool(self.low > 0 or self.high < 0)


def by_arm(values: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the columns of a table that has one an arm, and a row a replication; (r,) each."""
    return {str(arm): values[arm].to_numpy(dtype=np.float64) for arm in values}


def paired(values: pd.DataFrame | Mapping[str, np.ndarray], these: str, those: str) -> Interval:
    """Return these − those, paired by replication; `values` has a column an arm, a row a run.

    One replication has no interval (not a number). Where every pair differs by the same amount
    the interval has no width: `scipy.stats.ttest_1samp` gives the same bounds but warns of such
    pairs, which shared random numbers make common.
    """
    first, second = (np.asarray(values[arm], dtype=np.float64) for arm in (these, those))
    return interval_of(first - second)


def interval_of(values: np.ndarray, level: float = 1.0 - CONFIDENCE) -> Interval:
    """Return the mean of the finite ones of some values and its interval (Student's t).

    `level` is the probability that the interval does not hold the mean, 1.
    """
    known = values[np.isfinite(values)]
    if known.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    if known.size == 1:
        return Interval(mean, np.nan, np.nan)
    error = float(known.std(ddof=1)) / np.sqrt(known.size)
    half = float(stdtrit(known.size - 1, 1 - level / 2)) * error
    return Interval(mean, mean - half, mean + half)
