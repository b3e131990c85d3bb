"""Boltzmann: quota per head falls exponentially with emissions per head."""

from dataclasses import dataclass

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class Boltzmann:
    """Parameters of boltzmann."""

    b: float = parameter(
        0.05,
        "heads/t",
        "assumed",
        "b: how fast quota per head falls with emissions per head; 0 is per capita.",
        ge=0,
        le=10,
        bounds="wider than any study",
    )


def boltzmann(cap: Number, knowledge: Knowledge, parameters: Boltzmann) -> ByCity:
    """Return Cap · P_i exp(−b ε_i) / Σ P exp(−b ε), t.

    ε is the liability of the reference period per head, t; b = 0 is equal per capita (Park, Kim
    & Isard 2012).
    """
    per_head = knowledge.reference / knowledge.population
    above = per_head - per_head.min(axis=-1, keepdims=True)
    weight = knowledge.population * np.exp(-parameters.b * above)
    return cap * weight / total(weight)
