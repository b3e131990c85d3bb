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
        return _filled_of_runs(pool, need, weight)
    if pool >= need.sum():
        return need
    in_proportion = pool / weight.sum() * weight
    if (in_proportion <= need).all():
        return in_proportion
    return _in_turn(pool, need, weight)


def _filled_of_runs(pool: Number, need: ByCity, weight: ByCity) -> ByCity:
    """Return the same of several runs; only those in which some have enough are asked apart."""
    enough = np.asarray(pool >= total(need))
    if enough.all():
        return need
    in_proportion = pool / np.where(enough, 1.0, total(weight)) * weight
    granted = np.where(enough, need, in_proportion)
    pools = np.broadcast_to(pool, enough.shape)
    for run in np.flatnonzero((granted > need).any(axis=-1)):
        granted[run] = _in_turn(pools[run].item(), need[run], weight[run])
    return granted


def _in_turn(pool: Number, need: ByCity, weight: ByCity) -> ByCity:
    """Return what `shared_out` does where cities have enough one after the other; (c,)."""
    full_at = np.divide(need, weight, out=np.zeros_like(need), where=weight > 0)
    order = np.argsort(full_at, kind="stable")
    taken = np.concatenate([[0.0], np.cumsum(need[order])[:-1]])
    open_weight = np.cumsum(weight[order][::-1])[::-1]
    given_when_full = taken + full_at[order] * open_weight
    last = min(int(np.searchsorted(given_when_full, pool)), need.size - 1)
    level = (pool - taken[last]) / open_weight[last]
    return np.minimum(need, level * weight)
