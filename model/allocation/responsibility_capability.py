"""Responsibility and capability: the burden follows past emissions and income above need."""

from dataclasses import dataclass

import numpy as np

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class ResponsibilityCapability:
    """Parameters of responsibility_capability."""

    weight: float = parameter(
        0.5,
        "1",
        "half and half: a choice",
        "Weight of past emissions; the rest is capability.",
        ge=0,
        le=1,
        bounds="a weight",
    )
    income_threshold: float = parameter(
        0.6,
        "1",
        "assumed; Baer et al. 2008 set 7,500 PPP dollars",
        "Value added per head that bears no burden, relative to the mean.",
        ge=0,
        lt=1,
        bounds="below the mean, or nobody bears a burden",
    )


def responsibility_capability(
    cap: Number, knowledge: Knowledge, parameters: ResponsibilityCapability
) -> ByCity:
    """Return base_i − (Base − Cap)·[½ past share + ½ capability share], t.

    Past is the sum of emissions from the first year that counts to the base year. Capability is
    value added of last year above a threshold of income, P_i (g_i − θ ḡ)⁺; θ < 1, so that some
    city always has it. After greenhouse development rights (Baer et al. 2008); city means stand
    for the distribution of incomes. Past emissions are partly
    estimates: 26 cities have no inventory, and of all city-years from 2000 to 2012 41 %, with a
    quarter of the tonnes, are filled (`data.readers.records`).
    """
    past = knowledge.past_emissions.sum(axis=0)
    mean = total(knowledge.value_added) / total(knowledge.population)
    spared = parameters.income_threshold * mean * knowledge.population
    capability = np.maximum(knowledge.value_added - spared, 0.0)
    share = parameters.weight * past / total(past) + (1.0 - parameters.weight) * capability / total(
        capability
    )
    return shared_burden(cap, knowledge.base, share)
