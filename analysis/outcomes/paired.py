"""Paired differences between arms that share their random numbers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Mean of paired differences and its two-sided 95 % interval (Student's t)."""

    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """True where the interval excludes zero."""
        return bool(self.low > 0 or self.high < 0)


def paired(values: pd.DataFrame, these: str, those: str) -> Interval:
    """Return these − those, paired by replication; `values` has a column an arm, a row a run.

    One replication has no interval (not a number). Where every pair differs by the same amount
    the interval has no width: `scipy.stats.ttest_1samp` gives the same bounds but warns of such
    pairs, which shared random numbers make common.
    """
    pairs = values[these].to_numpy(dtype=np.float64) - values[those].to_numpy(dtype=np.float64)
    difference = pairs[np.isfinite(pairs)]
    if difference.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(difference.mean())
    if difference.size == 1:
        return Interval(mean, np.nan, np.nan)
    error = float(difference.std(ddof=1)) / np.sqrt(difference.size)
    half = float(stdtrit(difference.size - 1, (1 + CONFIDENCE) / 2)) * error
    return Interval(mean, mean - half, mean + half)
