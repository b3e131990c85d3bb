"""Merging of regions: those chosen one by one, and the sum of all others."""

from collections.abc import Sequence

import numpy as np

from data.export.region_names import position_of
from model.arrays import AnyFloats, Indices, Positions
from model.labels import Regions


def merged(values: AnyFloats, chosen: Indices, rest: Positions) -> AnyFloats:
    """Return the chosen entries of the first axis and, where there is a rest, its sum."""
    together = values[rest].sum(axis=0, keepdims=True)
    return np.concatenate([values[chosen], together[: rest.size]])


def positions(regions: Regions, words: Sequence[str]) -> Indices:
    """Return the positions of regions by name or code, each once; raises as `position_of`."""
    found = [position_of(word, regions) for word in words]
    return np.array(list(dict.fromkeys(found)), dtype=np.int64)
