"""Shares of failures in a region, told by worlds that had no say in where the region lies.

A tree puts its bounds where most failures happen to be, so that the share of failures among the
same worlds is too high: by eight hundredths with 160 worlds and fifty numbers. So each tenth of the
worlds is judged by the region that the other nine tenths find (cross-fitting; Stone 1974,
Chernozhukov et al. 2018), over several divisions into tenths.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from analysis.uncertainty.failure_trees import failure_leaf
from analysis.uncertainty.shares import LEVEL

PARTS, DIVISIONS = 10, 4
"""Parts that are judged in turn, and how often worlds are divided into them."""
WORTH = 0.6
"""Independent worlds that a world judged so is worth in an interval, 1; calibrated by simulation.

The regions that the parts find are not quite the one that is told. In simulated studies of 160
worlds the error of a share has 1.3 times the standard deviation of a binomial one; with 0.6 an
interval of 95 % covers the true share in the region told in 97 of 100, with 1 in 90.
"""


@dataclass(frozen=True, slots=True)
class FailureShares:
    """Failures in and out of a region."""

    failing: float
    """Share of the worlds within in which the claim fails, 1."""
    failing_low: float
    failing_high: float
    coverage: float
    """Share of all failures that lie within, 1."""
    elsewhere: float
    """Share of the worlds outside in which it fails, 1."""


def cross_fitted(
    shares: np.ndarray, fails: np.ndarray, rng: np.random.Generator
) -> FailureShares | None:
    """Return shares of failures by worlds left out of the search; none where none lies within.

    Parameters
    ----------
    shares
        Where each uncertain number lies in its range, 0 to 1; (worlds, numbers).
    fails
        True where the claim fails, somewhere and not everywhere; (worlds,).
    """
    within = np.mean([_judged(shares, fails, rng) for _ in range(DIVISIONS)], axis=0)
    outside = 1.0 - within
    if min(within.sum(), outside.sum()) == 0:
        return None
    failing = float(within[fails].sum() / within.sum())
    low, high = _interval(failing, WORTH * float(within.sum()))
    return FailureShares(
        failing,
        low,
        high,
        coverage=float(within[fails].mean()),
        elsewhere=float(outside[fails].sum() / outside.sum()),
    )


def _judged(shares: np.ndarray, fails: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return which worlds lie in the region that the other parts find; (worlds,)."""
    part = rng.permutation(fails.size) % PARTS
    within = np.zeros(fails.size, dtype=bool)
    for own in range(PARTS):
        out = part == own
        within[out] = failure_leaf(shares[~out], fails[~out]).holds(shares[out])
    return within


def _interval(share: float, count: float) -> tuple[float, float]:
    """Return the interval of Clopper and Pearson (1934) for a count that need not be whole."""
    yes, no = share * count, (1.0 - share) * count
    tail = (1.0 - LEVEL) / 2
    low = float(beta.ppf(tail, yes, no + 1.0)) if yes > 0 else 0.0
    high = float(beta.ppf(1.0 - tail, yes + 1.0, no)) if no > 0 else 1.0
    return low, high
