"""Equal per capita: the same quota for every resident."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def equal_per_capita(cap: float, knowledge: Knowledge) -> ByCity:
    """Return Cap · P_i / ΣP, t."""
    return cap * knowledge.population / knowledge.population.sum()
