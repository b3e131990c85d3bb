"""Equal per capita: the same quota for every resident."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def equal_per_capita(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return Cap · P_i / ΣP, t."""
    return cap * knowledge.population / total(knowledge.population)
