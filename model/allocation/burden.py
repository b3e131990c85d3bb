"""Burden sharing: dividing a reduction rather than a cap."""

import numpy as np

from model.arrays import ByCity


def shared_burden(cap: float, base: ByCity, share: ByCity) -> ByCity:
    """Return base_i − share_i·(Base − Cap), t, where that is positive; (c,).

    No quota is negative: a city whose burden exceeds its base gets none, and what that leaves
    over is borne by the others in proportion to their quotas. Σ(base − quota) = Base − Cap.
    """
    quota = np.maximum(base - share * (base.sum() - cap), 0.0)
    return quota * (cap / quota.sum())
