"""Permutation tests: whether members differ from the others by more than chance."""

import numpy as np

from model.arrays import Mask, Vector


def gap(values: Vector, member: Mask) -> float:
    """Return the mean of the members less that of the others, unit of `values`.

    Raises
    ------
    ValueError
        If all are members, or none.
    """
    if member.all() or not member.any():
        raise ValueError(f"{int(member.sum())} members of {member.size}: nothing to compare with")
    return float(values[member].mean() - values[~member].mean())


def permutation_p(
    values: Vector, member: Mask, rng: np.random.Generator, draws: int = 9999
) -> float:
    """Return the two-sided p value of `gap`, 1; raises as `gap`.

    The share of `draws` random groups of the same size whose gap is at least as wide, the group
    itself counted among them, so that p is never 0 (Fisher 1935; Phipson & Smyth 2010). Not by
    `scipy.stats.permutation_test`: it refuses a group of one city, and takes about twice as long.
    """
    found = gap(values, member)
    size, total = int(member.sum()), values.sum()
    inside = rng.permuted(np.tile(values, (draws, 1)), axis=1)[:, :size].sum(axis=1)
    gaps = inside / size - (total - inside) / (values.size - size)
    as_wide = np.abs(gaps) >= abs(found) * (1.0 - 1e-12)
    return float((as_wide.sum() + 1) / (draws + 1))
