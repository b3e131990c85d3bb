"""Who pays in the end: costs of producers passed on along supply chains into final prices."""

import numpy as np

from model.arrays import ByKindRegion, ByRegion, ByRegionGroup
from model.input_output.collapsed_basis import CollapsedBasis


def passed_on(
    basis: CollapsedBasis,
    level: ByRegionGroup,
    demand: ByKindRegion,
    emitted: ByRegionGroup,
    cost: ByRegion,
) -> ByRegion:
    """Return what consumers of each region pay if producers pass all of a cost on, CNY; (s,).

    The Leontief price model (Miller and Blair 2009, section 2.6): prices rise by p = Aᵀ p + v, v
    the cost per output, and final demand of s pays Σ p Y[:, s]. Since p Y = v L Y, that is the
    cost per tonne of each producer times the tonnes embodied in what s demands; within a region
    costs are spread over sectors by emissions. What foreigners pay is `cost` less all of this.

    Parameters
    ----------
    level
        Intensity of what the cost falls on relative to the base year, 1; (r, g).
    demand
        Final demand relative to the base year, 1; (k, s).
    emitted
        Emissions that the cost is spread over, t; (r, g).
    cost
        Of each region's producers, CNY; a region without such emissions passes nothing on; (r,).
    """
    total = emitted.sum(axis=1)
    per_tonne = np.divide(cost, total, out=np.zeros_like(cost), where=total > 0)
    price = basis.per_demand(level * per_tonne[:, None])
    return np.asarray(np.einsum("ks,ks->s", price, demand))


def burden(cost: ByRegion, passed: ByRegion, emitted: ByRegion, share: float) -> ByRegion:
    """Return what each region bears if a share of all cost is passed on, CNY; (s,).

    `passed` is what its consumers pay at full pass-through; where nothing is emitted nothing is
    passed on.
    """
    kept = np.where(emitted > 0, 1.0 - share, 1.0)
    return np.asarray(kept * cost + share * passed)
