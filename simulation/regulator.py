"""The regulator: announces cap and quota, lends, verifies and settles."""

from dataclasses import dataclass, replace

import numpy as np

from data.errors import InputError
from model.arrays import (
    ByCity,
    Count,
    Number,
    Tonnes,
    Vector,
)
from model.behaviour.links import Links
from model.quota.cap_paths import CAP_PATHS, CapYears
from model.quota.compliance import (
    Audits,
    Verification,
    deduction,
    fine_price,
    penalty,
    verify,
)
from model.quota.ledger import Ledger
from model.quota.vintages import older_than
from model.runs import of, tonnes, whole
from scenarios.cap import Cap
from scenarios.scenario import Scenario
from simulation.allocation import allocated
from simulation.economy import ScenarioEconomy
from simulation.enforcement import announced_fine_price, watched_audit
from simulation.forecast import Forecast
from simulation.own_code import function_of
from simulation.regulator_knowledge import RegulatorKnowledge
from simulation.state import State

UNSOLD = {"cancel": Ledger.cancel_unsold, "reserve": Ledger.reserve_unsold}
"""Fate of quota that the auction leaves, by word of `market.auction.unsold`."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """Cap and quota of a year, whole tonnes."""

    cap: Count
    quota: Tonnes
    """By rule, before loans are paid back; (c,)."""
    on_auction: Count
    """To be sold this year."""
    deducted: Tonnes
    """Cancelled for gaps found last year; (c,)."""
    repaid: Tonnes
    """Withheld for loans of last year; (c,)."""


class Regulator:
    """Holds the rule, the cap and the law; remembers nothing itself."""

    def __init__(self, economy: ScenarioEconomy, scenario: Scenario, links: Links) -> None:
        self.economy = economy
        self.scenario = scenario
        cities = economy.cities
        without, scenarios = economy.restatement.baseline(), economy.scenarios
        if scenarios and without.ndim == 2:
            without = np.repeat(without[:, None], len(scenarios), axis=1)
        self.known = RegulatorKnowledge(economy, scenario, without)
        self.baseline = without.sum(axis=-1, keepdims=without.ndim > 2)
        """Liability of all cities without policy by year, t; (t,), of several runs (t, b, 1)."""
        free = scenario.free_years
        before = economy.years.years[free - 1] if free else economy.prepared.base
        runs = without.shape[1:-1]
        emitted = np.broadcast_to(before.D_pba, (*runs, before.D_pba.shape[-1]))
        base = np.stack([self.known.base_year(t) for t in range(free, len(without))]).sum(axis=-1)
        output = of(economy.years.value_added, cities).sum(axis=-1)[free:]
        output = output / self.known.base_value_added.sum(axis=-1)
        paths = [
            cap_path(
                own.cap,
                CapYears(
                    years=scenario.horizon.years[free:],
                    baseline=without[(slice(free, None), *run)].sum(axis=-1),
                    base=base[:, *run] if base.ndim > 1 else base,
                    output=output[:, *run] if output.ndim > 1 else output,
                    national=float(emitted[run].sum()),
                ),
            )
            for own, run in zip(scenarios or (scenario,), np.ndindex(*runs), strict=True)
        ]
        path = np.stack(paths, axis=-1)
        none = np.zeros((free, path.shape[-1]))
        caps = np.concatenate([none, path])
        self.caps = caps[..., None] if runs else caps[:, 0]
        """Cap of each year, t; zero before the policy begins; (t,), of several runs (t, b, 1)."""
        self.links = links

    def announce(self, state: State, forecast: Forecast) -> tuple[State, Announcement]:
        """Set the cap, divide it by rule, set the aid reserve aside; issue what is not owed."""
        cap = whole(self.caps[state.t])
        reserve = whole(cap * self.scenario.transfer.reserve)
        market = self.scenario.market
        market_reserve = whole(cap * market.reserve_share) if market.keeps_reserve else 0
        left = cap - reserve - market_reserve
        if np.any(left < 0):
            raise InputError(
                f"transfer.reserve and market.reserve_share set aside {reserve + market_reserve} t"
                f" of a cap of {cap} t; lower one of them"
            )
        on_auction = whole(left * market.auction.share) if market.institution == "auction" else 0
        knowledge = self.known.knowledge(state, forecast, self.links.flows)
        allocation = self.scenario.allocation
        quota = allocated(allocation, left - on_auction, knowledge, self.known.names)
        repaid = np.minimum(state.owed, quota)
        ledger = state.ledger.issue(quota - repaid, reserve, on_auction, market_reserve)
        deducted = np.minimum(state.deduction, ledger.held)
        after = replace(state, owed=state.owed - repaid, ledger=ledger.cancel(deducted))
        return after, Announcement(cap, quota, on_auction, deducted, repaid)

    def hand_over(self, ledger: Ledger, auctioned: Tonnes, net_purchase: Tonnes) -> Ledger:
        """Book what was sold on auction and traded; deal with what the auction left."""
        market = self.scenario.market
        released = tonnes(net_purchase) if market.keeps_reserve else 0
        return UNSOLD[market.auction.unsold](
            ledger.auction(auctioned).trade(net_purchase, released)
        )

    def lend(self, state: State, liability: Tonnes, quota: Tonnes, concealable: Tonnes) -> State:
        """Let cities borrow from next year's quota for the gap they report, up to the limit."""
        limit = np.floor(self.scenario.compliance.borrow_limit * quota).astype(np.int64)
        gap = np.maximum(liability - concealable - state.ledger.held, 0)
        loan = np.minimum(gap, np.maximum(limit - state.owed, 0))
        return replace(state, owed=state.owed + loan, ledger=state.ledger.issue(loan))

    def verify(
        self, state: State, liability: Tonnes, concealable: Tonnes, uniform: ByCity
    ) -> Verification:
        """Compare reports with holdings and audit, those found before the more."""
        law = self.scenario.compliance
        probability = watched_audit(np.full(uniform.shape, law.audit), state.watched, law)
        audits = Audits(probability, law.detection_slope, uniform)
        return verify(liability, state.ledger.held, concealable, audits)

    def fine_price(self, state: State, price: Number) -> Number:
        """Return the price that the year's fines are measured by, CNY/t."""
        announced = announced_fine_price(self.scenario, state)
        if announced is not None:
            return announced
        return fine_price(np.asarray(price)[None], self.scenario.behaviour.reference_price)

    def settle(
        self, state: State, verified: Verification, liability: Tonnes, price: Number
    ) -> tuple[State, ByCity, Tonnes]:
        """Take what is surrendered, let the unbankable lapse; return fines and what lapsed."""
        law = self.scenario.compliance
        ledger = state.ledger.surrender(verified.surrendered)
        limit = np.floor(law.bank_limit * liability).astype(np.int64)
        if law.bank_years is not None:
            old = older_than(law.bank_years, ledger.held, state.inflows)
            limit = np.minimum(limit, ledger.held - old)
        due = deduction(verified.found, liability, law.deduction, law.deduction_limit)
        fines = penalty(verified.found, self.fine_price(state, price), law.penalty_multiple)
        caught = (verified.hidden_gap > 0) & (verified.found > verified.open_gap)
        left = ledger.expire(limit)
        after = replace(
            state,
            ledger=left,
            deduction=due,
            watched=np.where(caught, law.reaudit_years, np.maximum(state.watched - 1, 0)),
            recent_prices=np.concatenate([state.recent_prices, np.asarray(price)[None]])[
                -law.fine_years :
            ],
        )
        return after, fines, ledger.held - left.held


def cap_path(cap: Cap, years: CapYears) -> Vector:
    """Return the cap of each year, t; (t,).

    Raises
    ------
    InputError
        If the path returns a missing or negative cap, or not one for each year.
    """
    caps = np.asarray(
        function_of(CAP_PATHS, cap.path, cap.parameters(cap.path))(years), dtype=np.float64
    )
    if caps.shape != (len(years.years),) or not np.isfinite(caps).all() or (caps < 0).any():
        raise InputError(
            f"cap path {cap.path!r} must return one non-negative cap for each of"
            f" {len(years.years)} years; it returned {caps}"
        )
    return caps
