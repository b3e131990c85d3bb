"""Boltzmann: quota per head falls exponentially with emissions per head."""

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def boltzmann(cap: float, knowledge: Knowledge) -> ByCity:
    """Return Cap · P_i exp(−b ε_i) / Σ P exp(−b ε), t.

    ε is the liability of the reference period per head, t; b = 0 is equal per capita (Park, Kim
    & Isard 2012).
    """
    per_head = knowledge.reference / knowledge.population
    above = per_head - per_head.min()
    weight = knowledge.population * np.exp(-knowledge.choices.boltzmann_b * above)
    return cap * weight / weight.sum()
