"""Grandfathering: quota in proportion to past emissions."""

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def grandfathering(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return Cap · e_i / Σe, t, with e the emissions of the reference period (EU ETS, phase I)."""
    return cap * knowledge.reference / total(knowledge.reference)
