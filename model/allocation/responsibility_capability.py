"""Responsibility and capability: the burden follows past emissions and income above need."""

import numpy as np

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def responsibility_capability(cap: float, knowledge: Knowledge) -> ByCity:
    """Return base_i − (Base − Cap)·[½ past share + ½ capability share], t.

    Past is the sum of emissions from the first year that counts to the base year. Capability is
    value added of last year above a threshold of income, P_i (g_i − θ ḡ)⁺; θ < 1, so that some
    city always has it. After greenhouse development rights (Baer et al. 2008); city means stand
    for the distribution of incomes. Past emissions are partly
    estimates: 26 cities have no inventory, and of all city-years from 2000 to 2012 41 %, with a
    quarter of the tonnes, are filled (`data.readers.records`).
    """
    choices = knowledge.choices
    past = knowledge.past_emissions.sum(axis=0)
    mean = knowledge.value_added.sum() / knowledge.population.sum()
    spared = choices.income_threshold * mean * knowledge.population
    capability = np.maximum(knowledge.value_added - spared, 0.0)
    share = (
        choices.responsibility_weight * past / past.sum()
        + (1.0 - choices.responsibility_weight) * capability / capability.sum()
    )
    return shared_burden(cap, knowledge.base, share)
