"""GDP proportional: the same quota for every yuan of value added."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def gdp_proportional(cap: float, knowledge: Knowledge) -> ByCity:
    """Return Cap · G_i / ΣG with G the value added of last year, t."""
    return cap * knowledge.value_added / knowledge.value_added.sum()
