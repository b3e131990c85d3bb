"""Burden sharing: dividing a reduction rather than a cap."""

import numpy as np

from model.arrays import ByCity, Number
from model.runs import total


def shared_burden(cap: Number, base: ByCity, share: ByCity) -> ByCity:
    """Return base_i − share_i·(Base − Cap), t, where that is positive; (c,).

    No quota is negative: a city whose burden exceeds its base gets none, and what that leaves
    over is borne by the others in proportion to their quotas. Σ(base − quota) = Base − Cap.
    A cap above the base is no burden: what it leaves over is shared in proportion to the base.
    """
    return floored(cap, base - share * np.maximum(total(base) - cap, 0.0))


def floored(cap: Number, quota: ByCity) -> ByCity:
    """Return quotas that sum to the cap with none below zero, t; (c,).

    Where a formula gives less than nothing the city gets none, and the quotas of the others
    shrink in proportion.
    """
    positive = np.maximum(quota, 0.0)
    return positive * (cap / total(positive))
