"""A pool shared by weight, where nobody takes more than it needs."""

import numpy as np

from model.arrays import ByCity, Number
from model.runs import total


def shared_out(pool: Number, need: ByCity, weight: ByCity) -> ByCity:
    """Return min(need, λ·weight) with the λ at which it sums to min(pool, Σ need); (c,).

    What one does not need is divided again among the others by the same weights: the constrained
    equal awards rule of bankruptcy problems (Aumann & Maschler 1985), with weights (Moulin 2000).
    λ is exact, by sorting the levels at which each city has enough. Negative weights count as
    zero; those without weight get what all others leave, in proportion to need. Pool and need in
    the same unit, non-negative.
    """
    entitled = np.where(need > 0, np.maximum(weight, 0.0), 0.0)
    first = np.where(entitled > 0, need, 0.0)
    granted = _filled(pool, first, entitled)
    rest = need - first
    return granted + _filled(np.maximum(pool - total(granted), 0.0), rest, rest)


def _filled(pool: Number, need: ByCity, weight: ByCity) -> ByCity:
    """Return what `shared_out` does where every city in need has a weight; (c,)."""
    if need.ndim > 1:
        pools = np.broadcast_to(pool, (len(need), 1))[:, 0].tolist()
        return np.stack([_filled(*run) for run in zip(pools, need, weight, strict=True)])
    if pool >= need.sum():
        return need
    in_proportion = pool / weight.sum() * weight
    if (in_proportion <= need).all():
        return in_proportion
    full_at = np.divide(need, weight, out=np.zeros_like(need), where=weight > 0)
    order = np.argsort(full_at, kind="stable")
    taken = np.concatenate([[0.0], np.cumsum(need[order])[:-1]])
    open_weight = np.cumsum(weight[order][::-1])[::-1]
    given_when_full = taken + full_at[order] * open_weight
    last = min(int(np.searchsorted(given_when_full, pool)), need.size - 1)
    level = (pool - taken[last]) / open_weight[last]
    return np.minimum(need, level * weight)
