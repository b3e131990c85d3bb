"""Ability to pay: the burden rises with income per head."""

import numpy as np

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def ability_to_pay(cap: float, knowledge: Knowledge) -> ByCity:
    """Return base_i − (Base − Cap)·r_i/Σr with r_i = base_i (g_i/ḡ)^⅓, t.

    g_i is value added per head of last year, ḡ its mean over all residents; the exponent is a
    choice (van den Berg et al. 2020).
    """
    per_head = knowledge.value_added / knowledge.population
    mean = knowledge.value_added.sum() / knowledge.population.sum()
    r = knowledge.base * np.power(per_head / mean, knowledge.choices.ability_exponent)
    return shared_burden(cap, knowledge.base, r / r.sum())
