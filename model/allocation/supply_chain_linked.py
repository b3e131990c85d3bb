"""Supply-chain linked: what super-emitters free goes to the poor cities that supply them."""

from dataclasses import dataclass

import numpy as np

from model.allocation.grandfathering import grandfathering
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter


@dataclass(frozen=True, slots=True)
class SupplyChainLinked:
    """Parameters of supply_chain_linked."""

    freed_share: float = parameter(
        0.10,
        "1",
        "assumed",
        "Share of their quota that super-emitters free.",
        ge=0,
        le=1,
        bounds="a share",
    )


def supply_chain_linked(cap: Number, knowledge: Knowledge, parameters: SupplyChainLinked) -> ByCity:
    """Return grandfathered quota less what aiding cities free, plus what aided ones are passed.

    Aiding city r frees S_r = freed share × its quota; aided city p is passed
    Σ_r S_r C[p,r] / Σ_p C[p,r], in proportion to what p emits for r (Zheng et al. 2023, section 4).
    An aiding city without a link to any aided one keeps its quota.
    """
    quota = grandfathering(cap, knowledge)
    supplied = np.where(knowledge.aided[:, None], knowledge.links, 0.0)
    np.fill_diagonal(supplied, 0.0)
    total = supplied.sum(axis=0)
    freed = np.where(knowledge.aiding & (total > 0), parameters.freed_share * quota, 0.0)
    passed_on = np.divide(supplied, total, out=np.zeros_like(supplied), where=total > 0)
    return quota - freed + passed_on @ freed
