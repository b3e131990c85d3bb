"""Ability to pay: the burden rises with income per head."""

from dataclasses import dataclass

import numpy as np

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class AbilityToPay:
    """Parameters of ability_to_pay."""

    exponent: float = parameter(
        1 / 3,
        "1",
        "van den Berg et al. 2020",
        "How the burden rises with income per head.",
        ge=0,
        le=3,
        bounds="wider than any study",
    )


def ability_to_pay(cap: Number, knowledge: Knowledge, parameters: AbilityToPay) -> ByCity:
    """Return base_i − (Base − Cap)·r_i/Σr with r_i = base_i (g_i/ḡ)^⅓, t.

    g_i is value added per head of last year, ḡ its mean over all residents; the exponent is a
    choice (van den Berg et al. 2020).
    """
    per_head = knowledge.value_added / knowledge.population
    mean = total(knowledge.value_added) / total(knowledge.population)
    r = knowledge.base * np.power(per_head / mean, parameters.exponent)
    return shared_burden(cap, knowledge.base, r / total(r))
