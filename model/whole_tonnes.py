"""Shares of a whole number of tonnes, by the method of the largest remainder."""

import numpy as np

from model.arrays import ByCity, Tonnes


def whole_tonnes(total: int, weight: ByCity) -> Tonnes:
    """Divide `total` tonnes in proportion to `weight`, whole and exact (Hamilton's method).

    Negative weights count as zero; where no weight is positive everyone weighs the same. Ties go
    to the larger weight, then to the earlier city.
    """
    positive = np.maximum(weight, 0.0)
    if positive.sum() == 0:
        positive = np.ones_like(positive)
    exact = total * (positive / positive.sum())
    whole = np.floor(exact).astype(np.int64)
    left = total - int(whole.sum())
    order = np.lexsort((np.arange(weight.size), -positive, -(exact - whole)))
    whole[order[: max(left, 0)]] += 1
    surplus = -min(left, 0)
    whole[np.flatnonzero(whole > 0)[:surplus]] -= 1
    return whole
