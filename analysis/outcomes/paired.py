"""Paired differences between arms that share their random numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.outcomes.independent_draws import means_by_draw

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


def paired(
    values: pd.DataFrame | Mapping[str, np.ndarray],
    these: str,
    those: str,
    draws: np.ndarray | None = None,
) -> Interval:
    """Return these − those, paired by replication; `values` has a column an arm, a row a run.

    One replication has no interval (not a number). Where every pair differs by the same amount
    the interval has no width: `scipy.stats.ttest_1samp` gives the same bounds but warns of such
    pairs, which shared random numbers make common. `draws` as for `interval_of`.
    """
    first, second = (np.asarray(values[arm], dtype=np.float64) for arm in (these, those))
    return interval_of(first - second, draws=draws)


def interval_of(
    values: np.ndarray, level: float = 1.0 - CONFIDENCE, draws: np.ndarray | None = None
) -> Interval:
    """Return the mean of the finite ones of some values and its interval (Student's t).

    Parameters
    ----------
    level
        Probability that the interval does not hold the mean, 1.
    draws
        Numbers of the independent draws that values are of, (r,): mean and interval are over the
        means of draws, with as many degrees of freedom as there are draws, less one (a two-stage
        sample, Cochran 1977, chapter 10). Each value is a draw of its own where it is left out.
    """
    known = independent(values, draws)
    if known.size == 0:
        return Interval(np.nan, np.nan, np.nan)
    mean = float(known.mean())
    if known.size == 1:
        return Interval(mean, np.nan, np.nan)
    error = float(known.std(ddof=1)) / np.sqrt(known.size)
    half = float(stdtrit(known.size - 1, 1 - level / 2)) * error
    return Interval(mean, mean - half, mean + half)


def independent(values: np.ndarray, draws: np.ndarray | None = None) -> np.ndarray:
    """Return the finite ones of some values, or their means by draw; (d,)."""
    finite = np.isfinite(values)
    return values[finite] if draws is None else means_by_draw(values[finite], draws[finite])
