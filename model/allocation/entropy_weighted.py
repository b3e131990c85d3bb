"""Entropy weighted: several indicators, each weighted by how much it tells cities apart."""

from functools import reduce

import numpy as np
from scipy.special import entr

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import share, total


def entropy_weighted(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return Cap · Σ_j w_j p_ij, t.

    p_ij is city i's share of indicator j: population, value added, value added per tonne emitted
    (last year; zero where nothing is), and liability of the reference period. With
    H_j = −Σ_i p ln p / ln n, w_j = (1−H_j)/Σ(1−H_j): the more unequal an indicator, the more it
    weighs (the entropy method of the Chinese allocation literature). Indicators that are all equal
    weigh the same.
    """
    V, E = np.broadcast_arrays(knowledge.value_added, knowledge.D_pba)
    per_tonne = np.divide(V, E, out=np.zeros_like(V), where=E > 0)
    indicators = (
        knowledge.population,
        knowledge.value_added,
        per_tonne,
        knowledge.reference,
    )
    shares = [indicator / total(indicator) for indicator in indicators]
    cities = knowledge.population.size
    telling = [np.maximum(np.log(cities) - total(entr(p)), 0.0) for p in shares]
    weights = [share(each, sum(telling), otherwise=0.25) for each in telling]
    return cap * reduce(np.add, [w * p for w, p in zip(weights, shares, strict=True)])
