"""Class transitions of cities: what class-specific support is judged by."""

import numpy as np

from model.arrays import ClassCounts, ClassShares, Whole
from model.classes.beneficiaries import Beneficiary


def transitions(start: Whole, end: Whole) -> ClassCounts:
    """Return how many cities of each class (row) end in each class (column); (4, 4).

    Order of both axes: strong, weak, role model, neither. Every city is counted once.

    Raises
    ------
    ValueError
        If a class is not one of `Beneficiary`.
    """
    for when, classes in (("start", start), ("end", end)):
        if stray := sorted(set(classes.tolist()) - {int(kind) for kind in Beneficiary}):
            raise ValueError(f"class {stray[0]} at the {when}: classes are 0 to 3, see Beneficiary")
    counts = np.zeros((len(Beneficiary), len(Beneficiary)), dtype=np.int64)
    np.add.at(counts, (start, end), 1)
    return counts


def row_shares(counts: ClassCounts) -> ClassShares:
    """Return the share of each class that ends in each class, 1; (4, 4).

    Rows sum to one; a class without cities at the start has zeros.
    """
    total = np.broadcast_to(counts.sum(axis=1, keepdims=True), counts.shape)
    return np.divide(counts, total, out=np.zeros(counts.shape), where=total > 0)
