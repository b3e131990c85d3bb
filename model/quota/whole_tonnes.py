"""Shares of a whole number of tonnes, by the method of the largest remainder."""

import numpy as np

from model.arrays import AnyArray, ByCity, Cities, Count, Tonnes


def whole_tonnes(total: Count, weight: ByCity) -> Tonnes:
    """Divide `total` tonnes in proportion to `weight`, whole and exact (Hamilton's method).

    Negative weights count as zero; where no weight is positive everyone weighs the same. Ties go
    to the larger weight, then to the earlier city.
    """
    if not np.any(total):
        return np.zeros(weight.shape, dtype=np.int64)
    positive = np.maximum(weight, 0.0)
    sums = positive.sum(axis=-1, keepdims=True)
    if not sums.all():
        positive = np.where(sums == 0, 1.0, positive)
        sums = positive.sum(axis=-1, keepdims=True)
    exact = total * (positive / sums)
    whole = np.floor(exact).astype(np.int64)
    left = np.asarray(total - whole.sum(axis=-1, keepdims=True))
    least, most = left.min(), left.max()
    if most > 0:
        whole += _largest(left, exact - whole, positive)
    if least < 0:
        _take_back(whole, left)
    return whole


def _largest(count: AnyArray, remainder: ByCity, weight: ByCity) -> Cities:
    """Return which cities have the `count` largest remainders of their run; (c,)."""
    order = np.sort(remainder, axis=-1)
    if count.size == 1:
        least = order[..., -count.item(), None]
    else:
        place = np.minimum(remainder.shape[-1] - np.maximum(count, 0), remainder.shape[-1] - 1)
        least = np.take_along_axis(order, place, axis=-1)
    chosen = (remainder >= least) & (count > 0)
    too_many = chosen.sum(axis=-1, keepdims=True) - np.maximum(count, 0)
    if not too_many.any():
        return chosen
    for run in np.argwhere(too_many[..., 0] > 0):
        row = tuple(run)
        tied = np.flatnonzero(remainder[row] == least[row])
        heaviest = tied[np.argsort(-weight[row][tied], kind="stable")]
        chosen[row][heaviest[tied.size - int(too_many[row][0]) :]] = False
    return chosen


def _take_back(whole: Tonnes, left: AnyArray) -> None:
    """Take a tonne each from the first cities of a run that was given too many."""
    for run in np.argwhere(left[..., 0] < 0):
        row = tuple(run)
        whole[row][np.flatnonzero(whole[row] > 0)[: -int(left[row][0])]] -= 1
