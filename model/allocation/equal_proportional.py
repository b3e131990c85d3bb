"""Equal proportional: every city cuts by the same share."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def equal_proportional(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return base_i · Cap/Base t."""
    return knowledge.base * (cap / total(knowledge.base))
