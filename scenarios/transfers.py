"""Transfers of quota and money: aid, compensation, payments of beneficiaries, bonus, support."""

from typing import Annotated, Literal

import numpy as np

from model.footprints.demand_shift import GROWTH_MIXES
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.payers import AID_PAYERS, BORROWED
from scenarios.quantity import Section, quantity
from scenarios.words import Word, Worded


class Transfer(Worded):
    """The central aid transfer."""

    reserve: float = quantity(
        0.02, "1", "assumed; tried 0 to 0.08", ge=0, le=0.5, bounds="half of the cap at most"
    )
    """Share of the cap set aside for the catch-up of poor cities."""
    catch_up: float = quantity(
        0.01, "1/yr", "assumed", ge=0, le=0.1, bounds="the fastest growth there has been"
    )
    """χ: yearly rise of aided cities' demand above baseline that quota may cover."""
    renewal: int = quantity(5, "yr", "assumed", ge=1, le=100, bounds="longer than any horizon")
    """Years after which the lists of aided and aiding cities are renewed."""
    freed_share: float = quantity(0.0, "1", "a choice", ge=0, le=1, bounds="a share")
    """θ: share of what aiding super-emitters have abated that they hand to the aid pool."""
    compensation_price: float = quantity(
        30.0,
        "CNY/t",
        "assumed: half the reference price",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    """Paid from the public budget for each tonne of it that is granted."""
    distribution: Annotated[str, Word(DISTRIBUTIONS)] = "need"
    """Key that the pool is divided by; `supply_chain`: what the aided emit for those that aid,
    `performance`: value added per tonne of footprint."""
    placement: Annotated[str, Word(PLACEMENTS)] = "supply_chain"
    """Holders of aid quota: cities where the catch-up emits, or the aided themselves."""
    growth_mix: Annotated[str, Word(GROWTH_MIXES)] = "as_is"
    """Demand that catches up: as it is, capital formation alone, or consumption alone."""
    paid_by: Annotated[str, Word(AID_PAYERS, (BORROWED,))] = "all_cities"
    """Payers, whose demand gives way to the catch-up: `all_cities`, `donors` by the quota they
    gave, or nobody (`borrowed`: demand from nothing)."""
    payer_floor: float = quantity(0.9, "1", "a choice", ge=0, le=1, bounds="a share")
    """Least share of its demand left to a payer; what cannot be paid is not given."""
    beneficiary_pays: float = quantity(
        0.0, "1", "a choice; Xia et al. 2024 ask for it", ge=0, le=1, bounds="a share"
    )
    """Share of the price paid to emitters for mitigation outsourced beyond one's own, by policy."""
    bonus: float = quantity(0.0, "1", "a choice", ge=0, le=1, bounds="a share")
    """Share of the public budget that is paid out each year for performance."""
    bonus_for: Annotated[str, Word(MERITS)] = "abatement"
    """Merit that the bonus rewards: tonnes abated, the rise of value added per tonne, or the tonnes
    that this rise saves."""


class Support(Section):
    """Support of beneficiaries by class, from the public budget."""

    reading: Literal["policy", "scored", "rolling"] = "policy"
    """Class that counts: by what policy did so far, since the base year, or over five years."""
    strong_subsidy: float = quantity(
        0.0, "1", "a choice", ge=0, le=0.9, bounds="a share; the city bears some of its cost"
    )
    """Share of abatement cost paid to strong beneficiaries, as far as the budget goes."""
    weak_learning: float = quantity(
        0.0, "1/yr", "a choice", ge=0, lt=0.5, bounds="faster than any technology learns"
    )
    """Fall of the steepness of weak beneficiaries' MAC curves with each year of support."""
    weak_programme: float = quantity(0.1, "1", "assumed", ge=0, le=1, bounds="a share")
    """Cost of a year of it to the budget, as a share of the learner's abatement cost."""

    @property
    def given(self) -> bool:
        """True where there is any."""
        return bool(np.any(self.strong_subsidy > 0) or np.any(self.weak_learning > 0))
