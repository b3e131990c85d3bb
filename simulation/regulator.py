"""The regulator: announces cap and quota, grants aid, verifies and settles."""

from dataclasses import dataclass

import numpy as np

from data.errors import InputError
from model.arrays import (
    ByCity,
    Cities,
    Tonnes,
    Vector,
)
from model.behaviour.links import Links
from model.quota.cap_paths import CAP_PATHS, CapYears
from model.quota.compliance import Verification, deduction, penalty, verify
from model.quota.ledger import Ledger
from model.quota.vintages import older_than
from scenarios.cap import Cap
from scenarios.scenario import Scenario
from simulation.aid_office import AidOffice
from simulation.allocating import allocated
from simulation.economy import Forecast, World, YearOutcome
from simulation.regulator_memory import RegulatorMemory
from simulation.state import State

UNSOLD = {"cancel": Ledger.cancel_unsold, "reserve": Ledger.reserve_unsold}
"""What becomes of quota that the auction leaves, by word of `market.auction.unsold`."""


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
    deducted: Tonnes
    """Cancelled for gaps found last year; (c,)."""


class Regulator:
    """Holds the rule, the aid office, and the memory of past years."""

    def __init__(self, world: World, scenario: Scenario, links: Links) -> None:
        self.world = world
        self.scenario = scenario
        cities = world.cities
        without = world.baseline_liability()
        self.memory = RegulatorMemory(world, scenario, without)
        output = world.years.value_added[:, cities].sum(axis=1)
        base_output = world.prepared.economy.value_added[cities].sum()
        self.baseline: Vector = without.sum(axis=1)
        """Liability of all cities without policy by year, t."""
        self.caps = cap_path(
            scenario.cap,
            CapYears(
                years=scenario.horizon.years,
                baseline=self.baseline,
                base=float(self.memory.base_year.sum()),
                output=output / base_output,
                national=float(world.prepared.base.D_pba.sum()),
            ),
        )
        self.links = links
        self.aid_office = AidOffice(world, scenario, links)

    def announce(self, t: int, state: State, forecast: Forecast) -> Announcement:
        """Set the cap, divide it by rule, set the aid reserve aside; issue what is not owed."""
        office = self.aid_office
        office.renew_lists(t, state, self.memory.D_pba, self.memory.D_cba)
        cap = int(self.caps[t])
        reserve = int(cap * self.scenario.transfer.reserve)
        market = self.scenario.market
        market_reserve = int(cap * market.reserve_share) if market.keeps_reserve else 0
        left = cap - reserve - market_reserve
        if left < 0:
            raise InputError(
                f"transfer.reserve and market.reserve_share set aside {reserve + market_reserve} t"
                f" of a cap of {cap} t; lower one of them"
            )
        on_auction = int(left * market.auction.share) if market.institution == "auction" else 0
        knowledge = self.memory.knowledge(
            t, forecast, state.abatement, self.links.flows, office.aiding, office.aided
        )
        allocation = self.scenario.allocation
        quota = allocated(allocation, left - on_auction, knowledge, self.memory.names)
        repaid = np.minimum(state.owed, quota)
        state.owed = state.owed - repaid
        state.ledger = state.ledger.issue(quota - repaid, reserve, on_auction, market_reserve)
        deducted = np.minimum(state.deduction, state.ledger.held)
        state.ledger = state.ledger.cancel(deducted)
        return Announcement(cap, quota, reserve, on_auction, market_reserve, deducted)

    def hand_over(self, state: State, auctioned: Tonnes, net_purchase: Tonnes) -> None:
        """Book what was sold on auction and traded; deal with what the auction left."""
        market = self.scenario.market
        released = int(net_purchase.sum()) if market.keeps_reserve else 0
        ledger = state.ledger.auction(auctioned).trade(net_purchase, released)
        state.ledger = UNSOLD[market.auction.unsold](ledger)

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
        if law.bank_years is not None:
            old = older_than(law.bank_years, state.ledger.held, state.inflows)
            limit = np.minimum(limit, state.ledger.held - old)
        state.ledger = state.ledger.expire(limit)
        state.deduction = deduction(verified.found, liability, law.deduction, law.deduction_limit)
        reference = self.scenario.behaviour.reference_price
        return penalty(verified.found, price, reference, law.penalty_multiple)

    def remember(self, announced: Announcement, known: ByCity, outcome: YearOutcome) -> None:
        """Keep the year's figures for the next allocation; `known` is reported or found, t."""
        self.memory.remember(announced.quota, known, outcome)
        self.aid_office.remember(outcome.value_added)


def cap_path(cap: Cap, years: CapYears) -> Vector:
    """Return the cap of each year, t; (t,).

    Raises
    ------
    InputError
        If the path returns a missing or negative cap, or not one for each year.
    """
    caps = np.asarray(CAP_PATHS.bound(cap.path, cap.parameters(cap.path))(years), dtype=np.float64)
    if caps.shape != (len(years.years),) or not np.isfinite(caps).all() or (caps < 0).any():
        raise InputError(
            f"cap path {cap.path!r} must return one non-negative cap for each of"
            f" {len(years.years)} years; it returned {caps}"
        )
    return caps
