"""Progressivity of a burden: whether it weighs more on the rich or on the poor."""

import numpy as np

from model.arrays import Vector


def suits(burden: Vector, means: Vector, per_head: Vector) -> float:
    """Return the Suits index, 1: above 0 if the burden is progressive, below if regressive.

    S = 1 − 2 ∫ T(y) dy, with T the share of the burden and y the share of the means of all cities
    from the poorest up (Suits 1977); 0 where everybody bears the same share of their means. It lies
    between −1 and 1 unless some gain; not a number where the burdens add up to nothing or a gain.

    Parameters
    ----------
    burden
        Burden of each city, negative where it gains; (c,).
    means
        What it is borne from, income or demand, in the unit of `burden` or any other; (c,).
    per_head
        Means a head, which the cities are ranked by; (c,).
    """
    if not burden.sum() > 0:
        return float("nan")
    order = np.argsort(per_head, kind="stable")
    share = np.cumsum(burden[order]) / burden.sum()
    before = np.concatenate([[0.0], share[:-1]])
    return float(1.0 - (means[order] / means.sum()) @ (share + before))
