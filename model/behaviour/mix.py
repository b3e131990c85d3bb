"""Populations of cities that decide in different ways."""

from collections.abc import Mapping, Sequence

import numpy as np

from model.arrays import ByCity, Whole


def assigned(shares: Mapping[str, float], uniform: ByCity, known: Sequence[str]) -> Whole:
    """Return each city's rule, a position in `known`, by shares that sum to one; (c,).

    A city keeps its rule when shares change, as far as they allow: its draw in [0, 1) stays.
    """
    share = np.array([shares.get(word, 0.0) for word in known])
    passed = uniform[..., None] >= np.cumsum(share)[:-1]
    last_held = int(np.flatnonzero(share > 0)[-1])
    return np.minimum(passed.sum(axis=-1), last_held).astype(np.int64)
