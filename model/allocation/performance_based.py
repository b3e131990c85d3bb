"""Performance based: quota shifts to cities that grow more per tonne they use."""

from dataclasses import dataclass

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import some, total


@dataclass(frozen=True, slots=True)
class Performance:
    """Parameters of performance_based."""

    reward: float = parameter(
        0.1,
        "t/10⁴ CNY",
        "assumed; 1 lets quotas run away",
        "k: rise of quota per growth above average for each tonne emitted.",
        ge=0,
        le=10,
        bounds="quotas run away from 1 on",
    )


def performance_based(cap: Number, knowledge: Knowledge, parameters: Performance) -> ByCity:
    """Return last year's quota · [1 + k (z_i − z̄)]⁺, rescaled to the cap, t.

    z is the growth of value added in last year per tonne of quota it took, that is per tonne
    emitted, covered or not; z̄ is that of all cities together (Zheng et al. 2023, section 4).
    Before the first year nobody has grown, so quotas start in proportion to base-year liability;
    they do so again where nothing was allocated last year because all was auctioned.
    """
    average = total(knowledge.growth) / total(knowledge.D_pba)
    growth, E = np.broadcast_arrays(knowledge.growth, knowledge.D_pba)
    z = np.divide(growth, E, out=np.zeros_like(growth), where=E > 0)
    earned = knowledge.last_quota * np.maximum(1 + parameters.reward * (z - average), 0.0)
    shared = np.where(some(earned), earned, knowledge.base_year)
    return cap * shared / total(shared)
