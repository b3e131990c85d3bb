"""Entropy weighted: several indicators, each weighted by how much it tells cities apart."""

import numpy as np
from scipy.special import entr

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def entropy_weighted(cap: float, knowledge: Knowledge) -> ByCity:
    """Return Cap · Σ_j w_j p_ij, t.

    p_ij is city i's share of indicator j: population, value added, value added per tonne emitted
    (last year), and liability of the reference period. H_j = −Σ_i p ln p / ln n and
    w_j = (1−H_j)/Σ(1−H_j): the more unequal an indicator, the more it weighs (the entropy
    method of the Chinese allocation literature). Indicators that are all equal weigh the same.
    """
    indicators = np.stack(
        [
            knowledge.population,
            knowledge.value_added,
            knowledge.value_added / knowledge.D_pba,
            knowledge.reference,
        ]
    )
    p = indicators / indicators.sum(axis=1, keepdims=True)
    telling = np.maximum(np.log(p.shape[1]) - entr(p).sum(axis=1), 0.0)
    weight = telling / telling.sum() if telling.sum() > 0 else np.full(telling.size, 0.25)
    return cap * (weight @ p)
