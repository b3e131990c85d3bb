"""The regulator: announces cap and quota, grants aid, verifies and settles."""

from dataclasses import dataclass

import numpy as np

from data.mistakes import UserMistake
from model import cap as paths
from model.aid import Aid, aid
from model.arrays import (
    BetweenCities,
    ByCity,
    Cities,
    Tonnes,
    Vector,
)
from model.compliance import Verification, deduction, penalty, verify
from model.inequality import quintile
from model.ledger import Ledger
from model.whole_tonnes import whole_tonnes
from scenarios.policy import BelowBaseline, Cap, Intensity, LinearCut, Peak, Table
from scenarios.scenario import Scenario
from simulation.allocating import allocated
from simulation.memory import Memory
from simulation.state import State
from simulation.world import Forecast, Outcome, World

UNSOLD = {"cancel": Ledger.cancel_unsold, "reserve": Ledger.reserve_unsold}
"""What becomes of quota that the auction leaves, by word of `market.auction_unsold`."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Cap and quota of a year, whole tonnes."""

    cap: int
    quota: Tonnes
    """By rule, before loans are paid back; (c,)."""
    reserve: int
    """Set aside for aid."""
    on_auction: int
    """To be sold this year."""
    market_reserve: int
    """Set aside for the market reserve."""


class Regulator:
    """Holds the rule, the lists of aided and aiding cities, and the memory of past years."""

    def __init__(self, world: World, scenario: Scenario, suppliers: BetweenCities) -> None:
        self.world = world
        self.scenario = scenario
        self.suppliers = suppliers
        cities = world.cities
        self.memory = Memory(world, scenario)
        without = world.without_policy()
        output = world.years.value_added[:, cities].sum(axis=1)
        base_output = world.prepared.economy.value_added[cities].sum()
        self.baseline: Vector = without.sum(axis=1)
        """Liability of all cities without policy by year, t."""
        self.caps = cap_path(
            scenario.cap,
            scenario.horizon.years,
            self.baseline,
            float(self.memory.base_year.sum()),
            output / base_output,
            float(world.prepared.base.D_pba.sum()),
        )
        self.aided: Cities = np.zeros(cities.size, dtype=bool)
        self.aiding: Cities = np.zeros(cities.size, dtype=bool)

    def announce(self, t: int, state: State, forecast: Forecast) -> Announcement:
        """Set the cap, divide it by rule, set the aid reserve aside; issue what is not owed."""
        if t % self.scenario.transfer.renewal == 0:
            self._renew_lists(t, state)
        cap = int(self.caps[t])
        reserve = int(cap * self.scenario.transfer.reserve)
        market = self.scenario.market
        market_reserve = int(cap * market.reserve_share) if market.keeps_reserve else 0
        left = cap - reserve - market_reserve
        if left < 0:
            raise UserMistake(
                f"transfer.reserve and market.reserve_share set aside {reserve + market_reserve} t"
                f" of a cap of {cap} t; lower one of them"
            )
        on_auction = int(left * market.auction_share) if market.institution == "auction" else 0
        knowledge = self.memory.knowledge(
            t, forecast, state.abatement, self.suppliers, self.aiding, self.aided
        )
        rule = self.scenario.allocation.rule
        quota = allocated(rule, left - on_auction, knowledge, self.memory.names)
        repaid = np.minimum(state.owed, quota)
        state.owed = state.owed - repaid
        state.ledger = state.ledger.issue(quota - repaid, reserve, on_auction, market_reserve)
        state.ledger = state.ledger.cancel(np.minimum(state.deduction, state.ledger.held))
        return Announcement(cap, quota, reserve, on_auction, market_reserve)

    def grant_aid(self, state: State, announced: Announcement, forecast: Forecast) -> Aid:
        """Grant the reserve along the supply chain; what is left returns by rule."""
        given = aid(
            pool=state.ledger.reserve,
            level=state.catch_up,
            step=self.scenario.transfer.catch_up,
            per_level=forecast.scored.D_cba[self.world.cities] / (1.0 + state.catch_up),
            aided=self.aided,
            suppliers=self.suppliers,
            omega=self.world.omega,
        )
        state.ledger = state.ledger.grant(given.quota)
        rest = whole_tonnes(state.ledger.reserve, announced.quota.astype(np.float64))
        state.ledger = state.ledger.grant(rest)
        state.catch_up = given.level
        return given

    def hand_over(self, state: State, auctioned: Tonnes, net_purchase: Tonnes) -> None:
        """Book what was sold on auction and traded; deal with what the auction left."""
        market = self.scenario.market
        released = int(net_purchase.sum()) if market.keeps_reserve else 0
        ledger = state.ledger.auction(auctioned).trade(net_purchase, released)
        state.ledger = UNSOLD[market.auction_unsold](ledger)

    def lend(self, state: State, liability: Tonnes, quota: Tonnes, hides: Cities) -> None:
        """Let cities that report truly borrow from next year's quota, up to the limit."""
        limit = np.floor(self.scenario.compliance.borrow_limit * quota).astype(np.int64)
        gap = np.maximum(liability - state.ledger.held, 0)
        loan = np.where(hides, 0, np.minimum(gap, np.maximum(limit - state.owed, 0)))
        state.owed = state.owed + loan
        state.ledger = state.ledger.issue(loan)

    def verify(
        self, state: State, liability: Tonnes, hides: Cities, uniform: ByCity
    ) -> Verification:
        """Compare reports with holdings and audit those that hide."""
        audit = self.scenario.compliance.audit
        return verify(liability, state.ledger.held, hides, uniform, audit)

    def settle(
        self, state: State, verified: Verification, liability: Tonnes, price: float
    ) -> ByCity:
        """Take what is surrendered, let the unbankable lapse, note deductions; return fines."""
        law = self.scenario.compliance
        state.ledger = state.ledger.surrender(verified.surrendered)
        limit = np.floor(law.bank_limit * liability).astype(np.int64)
        state.ledger = state.ledger.expire(limit)
        state.deduction = deduction(verified.found, liability, law.deduction, law.deduction_limit)
        reference = self.scenario.behaviour.reference_price
        return penalty(verified.found, price, reference, law.penalty_multiple)

    def remember(self, announced: Announcement, known: ByCity, outcome: Outcome) -> None:
        """Keep the year's figures for the next allocation; `known` is reported or found, t."""
        self.memory.remember(announced.quota, known, outcome)

    def _renew_lists(self, t: int, state: State) -> None:
        demand = self.world.demand_of_cities(t, state.catch_up)
        self.aided = to_be_aided(demand, self.memory.population)
        share = self.scenario.allocation.super_emitter_share
        self.aiding = super_emitters(self.memory.D_pba, self.memory.D_cba, share) & ~self.aided


def cap_path(
    cap: Cap, years: range, baseline: Vector, base: float, output: Vector, national: float
) -> Vector:
    """Return the cap of each year, t; (t,).

    Parameters
    ----------
    baseline
        Liability of the cities without policy, t; (t,).
    base
        Their liability in the base year, t.
    output
        Their value added relative to the base year, 1; (t,).
    national
        All production emissions of the base year, t.
    """
    match cap:
        case BelowBaseline(cut=cut):
            return paths.below_baseline(baseline, cut)
        case Peak(level_gt=level):
            return paths.peak(level * 1e9, base / national, len(years))
        case LinearCut(cut=cut):
            return paths.linear_cut(base, cut, len(years))
        case Intensity(rate=rate):
            return paths.intensity(base * output, rate)
        case Table(levels_mt=levels):
            return paths.table(years, {int(year): mt * 1e6 for year, mt in levels.items()})


def super_emitters(D_pba: ByCity, D_cba: ByCity, share: float) -> Cities:
    """Return who emits, or consumes, more than a share of the study's footprint (Zheng23)."""
    level = share * D_cba.sum()
    return (D_pba > level) | (D_cba > level)


def to_be_aided(demand: ByCity, population: ByCity) -> Cities:
    """Return whose demand per head is below the mean of the third quintile's cities."""
    per_head = demand / population
    return per_head < per_head[quintile(per_head) == 3].mean()
