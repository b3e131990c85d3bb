"""Who pays in the end: cost that producers pass on into prices, by the Leontief price model.

Miller & Blair 2009, section 2.6: prices obey p = Aᵀp + v, so a cost of u a unit of output
raises them by Δp = (I − Aᵀ)⁻¹ u, and final demand Y pays Δpᵀ Y. Where u is a cost a tonne emitted
times intensity, Δpᵀ Y is the embodied flow of a year with cost in the place of tonnes: the basis
that scores a year has solved it already, exactly.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByRegion, ByRegionGroup, Number
from model.footprints.scored_year import ScoredYear
from model.input_output.collapsed_basis import CollapsedBasis, over_groups
from model.runs import total


@dataclass(frozen=True, slots=True)
class PriceIncidence:
    """Cost put into prices, and who pays them, CNY: Σ passed_on = Σ in_prices + abroad."""

    passed_on: ByRegion
    """Put into prices by the producers of region r; (r,)."""
    in_prices: ByRegion
    """Paid by final demand of region s, for its own products and for those of others; (s,)."""
    abroad: Number
    """Paid by foreign buyers of exports."""


def price_incidence(
    basis: CollapsedBasis, year: ScoredYear, level: ByRegionGroup, per_tonne: ByRegionGroup
) -> PriceIncidence:
    """Return who pays a cost of each tonne emitted, once it has gone down all supply chains.

    Quantities stay what they are; so do imports and their prices.

    Parameters
    ----------
    year
        Accounts of the year.
    level
        Its intensity relative to the base year, 1; (r, g).
    per_tonne
        Cost put into prices, CNY a tonne emitted; alike in all sectors of a group; (r, g).
    """
    per_demand = basis.per_demand(per_tonne * level)
    return PriceIncidence(
        passed_on=over_groups(per_tonne * year.emitted),
        in_prices=np.einsum("...ks,...ks->...s", per_demand, year.demand),
        abroad=total(over_groups(per_tonne * year.exported_by_group)),
    )
