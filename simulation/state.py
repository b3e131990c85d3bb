"""The state of a run: all that one year hands to the next, one row a city."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    Actions,
    BetweenCities,
    ByCity,
    ByCityGroup,
    ByCityLever,
    ByReferenceYear,
    Cities,
    Number,
    PolicyEffect,
    PolicyEffectByYear,
    RecentPrices,
    Tonnes,
    TonnesByYear,
    Whole,
)
from model.behaviour.memory import Memory
from model.footprints.scored_year import ScoredYear
from model.quota.ledger import Ledger
from model.transfers.budget import Budget


@dataclass(frozen=True, slots=True)
class LastYear:
    """Accounts of the year before, which rules, aid and bonus look back to."""

    D_pba: ByCity
    """Production-based emissions, t; (c,)."""
    D_cba: ByCity
    """Consumption-based emissions, t; (c,)."""
    liability: ByCity
    """Liability of each city, t; (c,)."""
    value_added: ByCity
    """10⁴ CNY at base-year prices; (c,)."""
    growth: ByCity
    """Rise of value added, 10⁴ CNY; (c,)."""
    volume: ByCityGroup
    """Output by abatement group relative to the base year, 1; (c, g)."""
    quota: ByCity
    """Allocated by rule, t; (c,)."""


@dataclass(frozen=True, slots=True)
class ClassHistory:
    """Accounts that the classes of later years are judged by."""

    scored: tuple[ScoredYear, ...]
    """Accounts of the last five years at most, the base year among them."""
    recent: PolicyEffectByYear
    """Abatement by policy in each of the last five years; see `city_classes`; (t, 4, c)."""
    so_far: PolicyEffect
    """The same in all years since the policy's first; (4, c)."""


@dataclass(frozen=True, slots=True)
class State:
    """All that one year hands to the next; nothing else is remembered."""

    t: int
    """Years simulated so far."""
    ledger: Ledger
    """Quota accounts, whole tonnes."""
    abatement: ByCityLever
    """R: share of trend emissions abated; of regular demand shifted, if that is a lever; 1."""
    trend: ByCityLever
    """Emissions on trend in the last year, t."""
    belief: ByCity
    """Expected price, CNY/t."""
    catch_up: ByCity
    """u: demand of aided cities above baseline, 1."""
    paid_for_aid: ByCity
    """Share of its demand that each city gives up for the catch-up of others, 1."""
    dues: ByCity
    """Paid last year for abatement and quota, less what was received, which lowers this year's
    demand, CNY."""
    given_for_aid: ByCity
    """Quota given for aid so far, t."""
    trust: BetweenCities
    """Share of its need that s lets hang on r, by contract, 1; (r, s)."""
    action: Actions
    """Action of each city last year; a position in `model.behaviour.payoffs.ACTIONS`."""
    effort: ByCity
    """Tonnes that each city's step of last year abates at home, t."""
    choice: Actions
    """Its choice, which may not have come to that action; a position in the same."""
    riding_nearby: ByCity
    """Share of supply-chain neighbours that rode free or defaulted last year, by flow, 1."""
    watched: Whole
    """Years for which a city found concealing is still audited more."""
    recent_prices: RecentPrices
    """Clearing prices of the last years that fines may be measured by, CNY/t; missing without one.
    """
    bank: Tonnes
    """Quota carried over from last year."""
    deduction: Tonnes
    """Tonnes to be cancelled at the start of the year."""
    owed: Tonnes
    """Tonnes borrowed from this year's quota."""
    payoff: ByCity
    """Realised payoff of last year, CNY."""
    memory: Memory
    """Last choice, payoff and propensities, of years short of quota and of others."""
    kept: ByCity
    """Share of trend demand that shortages have left, 1."""
    credit: ByCity
    """Received last year for each tonne abated, CNY/t."""
    classes: Whole
    """Class of last year in the reading that support follows; see `model.classes.beneficiaries`."""
    support_years: ByCity
    """Years of supported learning so far, 1."""
    inflows: TonnesByYear
    """Quota received in each year so far that can still be banked, tonnes; (t, c)."""
    last: LastYear
    """Accounts of the year before."""
    reference: ByReferenceYear
    """Liability known to the regulator in the years of the reference period, t; (τ, c)."""
    aiding: Cities
    """Super-emitters asked to free quota, as last listed; (c,)."""
    aided: Cities
    """Cities whose catch-up is aided, as last listed; (c,)."""
    history: ClassHistory
    """Accounts of past years that classes are judged by."""
    budget: Budget
    """The public budget, CNY."""
    support_paid: Number
    """Share of the support due last year that the budget could pay, 1."""
    cumulated_abatement: Number
    """Abatement of all cities in all years so far, t."""

    @property
    def groups(self) -> int:
        """Number of abatement groups, the first of the levers."""
        return self.last.volume.shape[-1]

    @property
    def shift(self) -> ByCity:
        """Share of regular demand shifted from capital formation to consumption, 1; (c,)."""
        levers = self.abatement.shape[-1]
        last = self.abatement[..., -1]
        return last if levers > self.groups else np.zeros_like(last)
