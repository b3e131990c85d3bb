"""GDP proportional: the same quota for every yuan of value added."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def gdp_proportional(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return Cap · G_i / ΣG with G the value added of last year, t."""
    return cap * knowledge.value_added / total(knowledge.value_added)
