"""Money between cities, and between them and the public budget, at the end of a year."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import ByCity, Number
from model.classes.beneficiaries import Beneficiary
from model.runs import either, some, total
from model.transfers.beneficiary_pays import BeneficiaryPayment, beneficiary_pays
from model.transfers.bonus import MERITS, Achievement, bonus
from model.transfers.budget import Budget
from model.transfers.freed import Compensation
from model.transfers.support import SupportPaid, support
from scenarios.scenario import Scenario
from simulation.economy import ScenarioEconomy
from simulation.forecast import YearOutcome
from simulation.market_day import MarketDay
from simulation.own_code import function_of
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Effort:
    """Abatement of the year and its cost."""

    tonnes: ByCity
    """Emissions below trend, by all abatement so far, t; (c,)."""
    cost: ByCity
    """Running and adjustment cost of abatement, CNY; (c,)."""
    forced: ByCity
    """The part of it that the programme of best practice asks, CNY; (c,)."""


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments of cities besides quota and fines, CNY; (c,)."""

    compensation: ByCity
    """Received for quota freed for aid."""
    subsidy: ByCity
    """Received towards abatement cost by strong beneficiaries."""
    bonus: ByCity
    """Received for performance."""
    support: Number
    """Spent on support by class: subsidies and the learning of weak beneficiaries, CNY."""
    to_emitters: ByCity
    """Paid (positive) or received by beneficiaries of others' mitigation; sums to zero."""
    programme: ByCity
    """Paid (positive) or received for the programme of best practice; sums to zero."""

    def share_paid(self, cost: ByCity) -> ByCity:
        """Return the share of abatement cost (CNY) that the budget paid, 1; (c,)."""
        return np.divide(self.subsidy, cost, out=np.zeros_like(cost), where=cost > 0)


class BudgetOffice:
    """Collects what the scheme earns, and pays compensation, support and bonus from it."""

    def __init__(self, economy: ScenarioEconomy, scenario: Scenario) -> None:
        self.economy = economy
        self.transfer, self.support = scenario.transfer, scenario.support
        self.reference_price = scenario.behaviour.reference_price
        self._nothing = np.zeros(economy.cities.size)

    def settle(
        self,
        state: State,
        outcome: YearOutcome,
        day: MarketDay,
        fines: ByCity,
        compensation: Compensation,
        effort: Effort,
        programme: ByCity,
    ) -> tuple[State, Payments]:
        """Settle the year's money: compensation first, then support by class, then the bonus.

        Support goes by the cost of abatement that no programme repays; `programme` is what cities
        pay for one, less what they receive, CNY; (c,).
        """
        budget = state.budget.collect(
            day.auction_revenue, day.reserve_revenue, total(fines)
        ).compensate(total(compensation.paid))
        helped = self._helped(budget, state, effort, programme)
        budget = budget.support(helped.spent)
        rewarded = bonus(
            self.transfer.bonus * budget.available, self._merit(state, outcome, effort)
        )
        between = self._between_cities(state, day.price)
        after = replace(
            state,
            budget=budget.reward(total(rewarded)),
            credit=self._credit(effort, rewarded, between),
            support_paid=helped.paid,
            support_years=helped.years,
        )
        return after, Payments(
            compensation=compensation.paid,
            subsidy=helped.subsidy,
            bonus=rewarded,
            support=helped.spent,
            to_emitters=between.payment,
            programme=programme,
        )

    def _helped(
        self, budget: Budget, state: State, effort: Effort, programme: ByCity
    ) -> SupportPaid:
        if not self.support.given:
            return SupportPaid(
                self._nothing, self._nothing, state.support_paid, state.support_years
            )
        return support(
            budget.available,
            state.classes,
            effort.cost - effort.forced * some(programme),
            state.support_years,
            self.support.strong_subsidy,
            either(self.support.weak_learning > 0, self.support.weak_programme, 0.0),
        )

    def _between_cities(self, state: State, price: Number) -> BeneficiaryPayment:
        """Return what beneficiaries pay, at the market's price or, without one, the reference."""
        if not np.any(self.transfer.beneficiary_pays):
            return BeneficiaryPayment(self._nothing, self._nothing)
        level = either(np.isnan(price), self.reference_price, price)
        abated = self.economy.abated(state)
        return beneficiary_pays(abated, self.transfer.beneficiary_pays, level)

    def _merit(self, state: State, outcome: YearOutcome, effort: Effort) -> ByCity:
        restated = self.economy.restatement.restated
        year = Achievement(
            abated=effort.tonnes,
            value_added=outcome.value_added,
            tonnes=outcome.liability,
            value_added_before=state.last.value_added,
            tonnes_before=restated(state.last.liability, state.t - 1, state.t),
        )
        word = self.transfer.bonus_for
        return np.asarray(function_of(MERITS, word, self.transfer.parameters(word))(year))

    def _credit(self, effort: Effort, rewarded: ByCity, between: BeneficiaryPayment) -> ByCity:
        """Return what was received for each tonne abated, CNY/t: what cities expect next year."""
        earned = between.credit
        if self.transfer.bonus_for == "abatement":
            earned = earned + rewarded
        tonnes = effort.tonnes
        return np.divide(earned, tonnes, out=np.zeros_like(tonnes), where=tonnes > 0)


def outlay(
    effort: Effort, day: MarketDay, tau: Number, fines: ByCity, payments: Payments
) -> ByCity:
    """Return what each city pays for the year less what it receives for it, CNY; (c,).

    Abatement, quota with transaction cost τ a tonne, fines, and payments between cities.
    """
    paid = effort.cost + day.payment + tau * day.turnover + fines
    paid += payments.to_emitters + payments.programme
    return paid - payments.compensation - payments.subsidy - payments.bonus


def share_borne(state: State, subsidy: Number) -> ByCity:
    """Return the share of its abatement cost that each city expects to bear itself, 1; (c,)."""
    strong = state.classes == Beneficiary.STRONG
    return np.where(strong, 1.0 - subsidy * state.support_paid, 1.0)
