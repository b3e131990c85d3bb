"""Super-emitters, and the pathway on which a city became one: demand, technology or both."""

from enum import IntEnum

import numpy as np

from model.arrays import ByCity, Number, Whole


class Pathway(IntEnum):
    """Pathway that makes a city a super-emitter; the four are a partition.

    Zheng et al. (2023) number the types and swap "type 2" and "type 3" between passages, so the
    pathways are words here.
    """

    NONE = 0
    DEMAND = 1
    """Only the footprint is above the threshold."""
    TECHNOLOGY = 2
    """Only production is above it."""
    HYBRID = 3
    """Both are."""

    @property
    def label(self) -> str:
        """The pathway in words."""
        return ("no super-emitter", "demand", "technology", "hybrid")[self]


def pathway(D_cba: ByCity, D_pba: ByCity, threshold_tonnes: Number) -> Whole:
    """Return the pathway of each city from its accounts, t CO₂ a year; (c,).

    An account counts if it is strictly above `threshold_tonnes`, t CO₂ a year: 1 % of the study's
    total in Zheng et al. 2023.
    """
    demand, technology = D_cba > threshold_tonnes, D_pba > threshold_tonnes
    return (Pathway.DEMAND * demand + Pathway.TECHNOLOGY * technology).astype(np.int64)
