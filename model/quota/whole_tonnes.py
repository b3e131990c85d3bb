"""Shares of a whole number of tonnes, by the method of the largest remainder."""

import numpy as np

from model.arrays import ByCity, Indices, Tonnes


def whole_tonnes(total: int, weight: ByCity) -> Tonnes:
    """Divide `total` tonnes in proportion to `weight`, whole and exact (Hamilton's method).

    Negative weights count as zero; where no weight is positive everyone weighs the same. Ties go
    to the larger weight, then to the earlier city.
    """
    if total == 0:
        return np.zeros(weight.size, dtype=np.int64)
    positive = np.maximum(weight, 0.0)
    if positive.sum() == 0:
        positive = np.ones_like(positive)
    exact = total * (positive / positive.sum())
    whole = np.floor(exact).astype(np.int64)
    left = total - int(whole.sum())
    if left > 0:
        whole[_largest(left, exact - whole, positive)] += 1
    elif left < 0:
        whole[np.flatnonzero(whole > 0)[:-left]] -= 1
    return whole


def _largest(count: int, remainder: ByCity, weight: ByCity) -> Indices:
    """Return the cities with the `count` largest remainders; only those that tie are sorted."""
    least = np.partition(remainder, -count)[-count]
    sure, tied = np.flatnonzero(remainder > least), np.flatnonzero(remainder == least)
    heaviest = tied[np.argsort(-weight[tied], kind="stable")]
    return np.concatenate([sure, heaviest[: count - sure.size]])
