"""Equal proportional: every city cuts by the same share."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def equal_proportional(cap: float, knowledge: Knowledge) -> ByCity:
    """Return base_i · Cap/Base t."""
    return knowledge.base * (cap / knowledge.base.sum())
