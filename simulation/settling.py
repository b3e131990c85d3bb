"""The phases of a year after production: verified, settled, learned from, judged."""

from dataclasses import replace

import numpy as np

from data.errors import InputError
from model.arrays import ByCity, Tonnes
from model.behaviour.links import share_among_neighbours
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import DEFAULT, FREE_RIDE
from model.behaviour.realised import YearCosts, realised
from model.quota.compliance import most_concealed
from model.quota.shortage import still_kept
from model.runs import rows_of, total
from scenarios.whole_tonnes import MOST
from simulation.budget import Effort, outlay
from simulation.city_classes import CityClasses, city_classes
from simulation.deciding import realised_action
from simulation.forecast import Forecast, YearOutcome
from simulation.learning import believed, remembered
from simulation.market_day import MarketDay
from simulation.scheme import Scheme
from simulation.state import State
from simulation.year import Aided, Announced, Complied, Decided, Given, Traded, Verified


def verify(
    scheme: Scheme, announced: Announced, decided: Decided, traded: Traded, outcome: YearOutcome
) -> Verified:
    """Measure emissions, lend to those who report a gap, audit those who hide one."""
    state, law = traded.state, scheme.asked.compliance
    liability = measured_liability(scheme, state.t, outcome.liability)
    concealable = most_concealed(liability, decided.choice == FREE_RIDE, law.hideable)
    lent = scheme.regulator.lend(state, liability, announced.announcement.quota, concealable)
    uniform = scheme.streams.audit[state.t]
    verification = scheme.regulator.verify(lent, liability, concealable, uniform)
    return Verified(lent, liability, verification, state.owed)


def measured_liability(scheme: Scheme, t: int, liability: ByCity) -> Tonnes:
    """Return what the verifiers find each city to answer for, whole tonnes; (c,).

    Raises
    ------
    InputError
        If it is too much to be counted, as when fines beyond all value added come back as demand.
    """
    if not np.all(total(liability) < MOST):
        raise InputError(
            f"{scheme.asked.horizon.years[t]}: cities would answer for {liability.sum():.0e} t,"
            " more than whole tonnes can count; lower compliance.penalty_multiple or what lets"
            " demand grow"
        )
    sigma = scheme.asked.compliance.verification_error
    error = np.exp(sigma * scheme.streams.verification[t] - sigma**2 / 2)
    return np.rint(liability * error).astype(np.int64)


def comply(
    scheme: Scheme,
    announced: Announced,
    aided: Aided,
    given: Given,
    traded: Traded,
    outcome: YearOutcome,
    verified: Verified,
) -> Complied:
    """Surrender quota, fine and deduct what was found missing, settle the year's money."""
    day, law = traded.day, scheme.asked.compliance
    state = _with_inflow(scheme, announced, aided, given, verified.state, day)
    fine_price = scheme.regulator.fine_price(state, day.price)
    state, fines, expired = scheme.regulator.settle(
        state, verified.verification, verified.liability, day.price
    )
    effort = _effort(scheme, state, day, aided.forecast)
    between = scheme.programme.payment(state, effort.forced)
    compensation = aided.granted.compensation
    state, payments = scheme.budget.settle(
        state, outcome, day, fines, compensation, effort, between
    )
    tau = scheme.asked.market.transaction_cost
    paid = outlay(effort, day, tau, fines, payments) + given.paid
    if scheme.asked.abatement.cost_falls_on == "demand":
        state = replace(state, dues=_dues(scheme, verified.state, state, paid))
    if law.shortage == "lose":
        growth, found = scheme.economy.trend_growth(state.t), verified.verification.found
        kept = still_kept(state.kept, found, verified.liability, growth, law.loss_rate)
        state = replace(state, kept=kept)
    return Complied(state, fines, fine_price, expired, effort, payments)


def learn(
    scheme: Scheme,
    announced: Announced,
    aided: Aided,
    given: Given,
    decided: Decided,
    traded: Traded,
    outcome: YearOutcome,
    verified: Verified,
    complied: Complied,
    classes: CityClasses,
) -> State:
    """Return the next year's state: payoffs, beliefs and accounts as they came."""
    state, outlook, day = complied.state, decided.outlook, traded.day
    hidden, open_gap = verified.verification.hidden_gap, verified.verification.open_gap
    asked = scheme.asked
    action = realised_action(outlook.need - day.auctioned, outlook.trend, day, hidden)
    bank = state.ledger.held
    falls_short = (action == FREE_RIDE) | (action == DEFAULT)
    nearby = share_among_neighbours(scheme.links.weights, falls_short)
    costs = YearCosts(
        cost=_borne(outlook, aided.forecast, traded, complied),
        paid=given.paid + day.payment + outlook.terms.transaction_cost * day.turnover,
        fines=complied.fines,
        due_next_year=state.deduction + state.owed - verified.owed_before,
        unanswered=np.where(decided.choice == DEFAULT, hidden + open_gap, hidden),
    )
    payoff = realised(outlook, costs, bank, nearby)
    memory = state.memory
    if scheme.foresight.by_experience:
        memory = remembered(memory, outlook, decided.choice, payoff, asked.behaviour)
    known = (verified.verification.surrendered + verified.verification.found).astype(np.float64)
    regulator = scheme.regulator.known
    return replace(
        state,
        t=state.t + 1,
        action=action,
        choice=decided.choice,
        bank=bank,
        riding_nearby=nearby,
        payoff=payoff,
        belief=_believed(scheme, state.t, outlook, day),
        memory=memory,
        classes=classes.reading(asked.support.reading),
        last=regulator.after(state.last, announced.announcement.quota, outcome),
        reference=regulator.reference_after(state.reference, known),
        history=classes.history,
    )


def learn_without_quota(
    scheme: Scheme, state: State, outcome: YearOutcome, classes: CityClasses
) -> State:
    """Return the next year's state where there is no policy: accounts and classes alone."""
    quota = np.rint(outcome.liability).astype(np.int64)
    regulator = scheme.regulator.known
    return replace(
        state,
        t=state.t + 1,
        trend=scheme.economy.branches.sums(rows_of(outcome.scored.emitted, scheme.economy.cities))
        if state.trend.shape[-1] == state.groups
        else state.trend,
        dues=np.zeros_like(state.dues),
        classes=classes.reading(scheme.asked.support.reading),
        last=regulator.after(state.last, quota, outcome),
        reference=regulator.reference_after(state.reference, outcome.liability),
        history=classes.history,
    )


def classify(
    scheme: Scheme, state: State, outcome: YearOutcome, *, under_quota: bool = True
) -> CityClasses:
    """Return mitigation and classes of the year, from its accounts and those before it."""
    return city_classes(scheme.economy, state.t, state.history, outcome, under_quota=under_quota)


def _believed(scheme: Scheme, t: int, outlook: Outlook, day: MarketDay) -> ByCity:
    """Return next year's price belief, CNY/t; (c,): as the path has it, or as it adapts."""
    path = scheme.foresight.path
    if path is not None:
        return np.full_like(outlook.belief, path.next_price(t))
    return believed(outlook, day, scheme.asked.behaviour)


def _with_inflow(
    scheme: Scheme,
    announced: Announced,
    aided: Aided,
    given: Given,
    state: State,
    day: MarketDay,
) -> State:
    """Note what each city received this year, if quota expires by age."""
    if scheme.asked.compliance.bank_years is None:
        return state
    left = announced.announcement.deducted + aided.granted.compensation.used
    received = state.ledger.held - state.bank + left + np.maximum(-day.net_purchase, 0)
    received = received + np.maximum(-given.received, 0)
    return replace(state, inflows=np.concatenate([state.inflows, received[None]]))


def _effort(scheme: Scheme, state: State, day: MarketDay, forecast: Forecast) -> Effort:
    """Return the tonnes and the cost of all abatement so far."""
    mac, trend = forecast.mac, forecast.trend
    cost = mac.running_cost(state.abatement, trend) + mac.adjustment_cost(day.dR, trend)
    tonnes = np.vecdot(*(values[..., : state.groups] for values in (state.abatement, trend)))
    before = state.abatement - day.dR
    forced = scheme.programme.cost(state.t, mac, before, day.dR, trend)
    return Effort(tonnes, cost, forced)


def _dues(scheme: Scheme, before: State, after: State, paid: ByCity) -> ByCity:
    """Return the outlay of each city, less its share in what the public budget gained, CNY; (c,).

    That is returned to all by final demand, so that the sum over cities is the cost of abatement,
    of transactions and of supported learning.
    """
    demand = scheme.economy.demand_of_cities(after)
    public = after.budget.balance - before.budget.balance
    return paid - public * demand / total(demand)


def _borne(outlook: Outlook, forecast: Forecast, traded: Traded, complied: Complied) -> ByCity:
    """Return what the year's step cost each city, less what it earned for it, CNY; (c,)."""
    effort, share_paid = complied.effort, complied.payments.share_paid(complied.effort.cost)
    cost = effort.cost - forecast.mac.running_cost(outlook.abatement, forecast.trend)
    earned = complied.state.credit * outlook.supply.effort_of(traded.day.dR)
    return (1 - share_paid) * cost - earned
