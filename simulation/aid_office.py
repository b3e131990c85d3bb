"""The aid office: who aids, who is aided, and what the pool grants."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import ByCity, Cities, Count, Number, Tonnes
from model.behaviour.links import Links
from model.classes.inequality import quintile
from model.quota.whole_tonnes import whole_tonnes
from model.runs import of, share, tonnes, total
from model.transfers.aid import PLACEMENTS, Aid, aid, needed
from model.transfers.aid_distribution import DISTRIBUTIONS, Claims
from model.transfers.freed import Compensation, compensated, freed
from model.transfers.payers import AID_PAYERS, BORROWED, Means, Payment, payment
from scenarios.scenario import Scenario
from simulation.economy import ScenarioEconomy
from simulation.forecast import Forecast
from simulation.own_code import function_of
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Granted:
    """The aid pool's grants and compensation of a year."""

    aid: Aid
    compensation: Compensation
    """For quota that aiding cities freed."""
    returned: Tonnes
    """Left in the pool, returned to all cities by rule; (c,)."""


class AidOffice:
    """Lists aiding and aided cities, and grants the pool."""

    def __init__(self, economy: ScenarioEconomy, scenario: Scenario, links: Links) -> None:
        self.economy, self.links = economy, links
        self.asked, self._free_years = scenario.transfer, scenario.free_years
        self._share = scenario.allocation.super_emitter_share
        cities = economy.cities
        self._population = economy.prepared.economy.population[cities]

    def with_lists(self, state: State) -> State:
        """Draw up the lists anew in every `renewal`-th year, from last year's accounts."""
        if (state.t - self._free_years) % self.asked.renewal != 0:
            return state
        aided = to_be_aided(self.economy.demand_of_cities(state), self._population)
        emitters = super_emitters(state.last.D_pba, state.last.D_cba, self._share)
        return replace(state, aided=aided, aiding=emitters & ~aided)

    def grant(self, state: State, forecast: Forecast, quota: Tonnes) -> tuple[State, Granted]:
        """Take in what is freed, grant the pool, let it be paid for, return what is left.

        The reserve is granted first; what it leaves returns by rule (`quota`), and what aiding
        cities freed in vain returns to them.
        """
        reserve = state.ledger.reserve
        relief = np.vecdot(forecast.own * state.abatement, forecast.trend)
        given = freed(self.asked.freed_share, relief, state.aiding, state.ledger.held)
        ledger = state.ledger.contribute(given)
        granted = self._aid(state, ledger.reserve, forecast, given)
        rule = quota / np.maximum(tonnes(quota), 1)
        offered = replace(
            state,
            catch_up=granted.level,
            given_for_aid=state.given_for_aid + given + reserve * rule,
        )
        payment = self._payment(offered)
        if np.any(payment.afforded < 1.0):
            granted = granted.reduced(payment.afforded)
            paid = self.paid_for(replace(offered, catch_up=granted.level))
        else:
            paid = replace(offered, paid_for_aid=payment.share)
        ledger = ledger.grant(granted.quota)
        total = tonnes(granted.quota)
        used = compensated(given, np.maximum(total - reserve, 0), self.asked.compensation_price)
        ledger = ledger.grant(used.returned)
        rest = whole_tonnes(ledger.reserve, quota.astype(np.float64))
        after = replace(
            state,
            ledger=ledger.grant(rest),
            catch_up=paid.catch_up,
            paid_for_aid=paid.paid_for_aid,
            given_for_aid=state.given_for_aid + used.used + np.minimum(total, reserve) * rule,
        )
        return after, Granted(granted, used, rest)

    def paid_for(self, state: State) -> State:
        """Return the state in which catch-up is paid for, or reduced to what can be paid."""
        payment = self._payment(state)
        if np.any(payment.afforded < 1.0):
            state = replace(state, catch_up=payment.afforded * state.catch_up)
            payment = self._payment(state)
        return replace(state, paid_for_aid=payment.share)

    def _payment(self, state: State) -> Payment:
        """Return who pays what for the catch-up of the year."""
        word = self.asked.paid_by
        if word == BORROWED or not state.catch_up.any():
            return Payment(np.zeros_like(state.catch_up), 1.0)
        demand = self.economy.demand_before_aid(state)
        means = Means(demand, state.given_for_aid, self._population, state.last.value_added)
        weight = function_of(AID_PAYERS, word, self.asked.parameters(word))(means)
        return payment(self.economy.cost_of_aid(state), demand, weight, self.asked.payer_floor)

    def _aid(self, state: State, pool: Count, forecast: Forecast, given: Tonnes) -> Aid:
        per_level = self.economy.per_level(state, forecast)
        step = self.asked.catch_up
        footprint = of(forecast.under_cap.D_cba, self.economy.cities)
        claims = Claims(
            need=needed(state.catch_up, step, per_level, state.aided),
            population=self._population,
            performance=np.divide(
                state.last.value_added, footprint, out=np.zeros_like(footprint), where=footprint > 0
            ),
            suppliers=self.links.flows,
            aided=state.aided,
            aiding=state.aiding,
            freed=given,
        )
        asked = self.asked
        distribution, placement = asked.distribution, asked.placement
        return aid(
            pool=pool,
            level=state.catch_up,
            step=step,
            per_level=per_level,
            aided=state.aided,
            supplier_shares=self.links.supplier_shares,
            omega=self.economy.omega,
            weight=function_of(DISTRIBUTIONS, distribution, asked.parameters(distribution))(claims),
            place=function_of(PLACEMENTS, placement, asked.parameters(placement)),
        )


def super_emitters(D_pba: ByCity, D_cba: ByCity, share: Number) -> Cities:
    """Return who emits, or consumes, more than a share of the study's footprint (Zheng23)."""
    level = share * total(D_cba)
    return (D_pba > level) | (D_cba > level)


def to_be_aided(demand: ByCity, population: ByCity) -> Cities:
    """Return whose demand per head is below the mean of the third quintile's cities.

    Nobody is aided where that fifth is empty, as among one city or three.
    """
    per_head = demand / population
    third = quintile(per_head) == 3
    return per_head < share(total(np.where(third, per_head, 0.0)), 1.0 * tonnes(third))
