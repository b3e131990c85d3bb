"""The phases of a year up to production: each takes values and returns values.

Those after it stand in `simulation.settling`; only the step puts values in place.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.arrays import BetweenCities, ByCity
from model.behaviour.links import awaited_relief
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import plan
from model.runs import total
from simulation.city import City
from simulation.deciding import decisions
from simulation.forecast import Forecast, YearOutcome
from simulation.giving import contracted
from simulation.market import effort_of_others
from simulation.markets_in_turn import market_days
from simulation.scheme import Scheme
from simulation.state import State
from simulation.year import Aided, Announced, Decided, Given, Traded


def announce(scheme: Scheme, state: State) -> Announced:
    """Set the cap, divide it by rule, set reserves aside."""
    forecast = scheme.economy.forecast(state)
    after, announcement = scheme.regulator.announce(scheme.aid_office.with_lists(state), forecast)
    return Announced(after, forecast, announcement)


def expect(scheme: Scheme, announced: Announced) -> ByCity:
    """Return what each city expects to answer for without further effort, t; (c,)."""
    return scheme.foresight.expected(announced.state.t, announced.forecast)


def aid(scheme: Scheme, announced: Announced) -> Aided:
    """Grant the aid pool, and let aided demand rise."""
    quota = announced.announcement.quota
    state, granted = scheme.aid_office.grant(announced.state, announced.forecast, quota)
    return Aided(state, granted, scheme.economy.with_aid(state, announced.forecast))


def give(
    scheme: Scheme, announced: Announced, expected: ByCity, aided: Aided, cities: Sequence[City]
) -> Given:
    """Let cities offer quota to others by name, and take it."""
    if not scheme.asked.contract.allowed:
        return Given(aided.state, None)
    outlook = _outlook(scheme, announced, expected, aided, aided.state)[0]
    return Given(*contracted(scheme, aided.state, outlook, cities))


def decide(
    scheme: Scheme,
    announced: Announced,
    expected: ByCity,
    aided: Aided,
    given: Given,
    cities: Sequence[City],
) -> Decided:
    """Tell every city its outlook, and ask what it does."""
    state = given.state
    outlook, spared = _outlook(scheme, announced, expected, aided, state)
    chance = Chance(scheme.streams.choice[state.t], scheme.streams.inertia[state.t])
    choice = decisions(cities, outlook, chance)
    return Decided(outlook, choice, plan(outlook, choice), spared)


def _outlook(
    scheme: Scheme, announced: Announced, expected: ByCity, aided: Aided, state: State
) -> tuple[Outlook, BetweenCities | None]:
    """Return what cities know with the quota they hold, and what others' effort spares them."""
    forecast = aided.forecast
    need = expected + forecast.liability - announced.forecast.liability - state.ledger.held
    spared = effort_of_others(forecast, scheme.economy, state)
    awaited = awaited_relief(need, state.effort, spared, scheme.asked.behaviour.waiting)
    return scheme.foresight.outlook(state, need - awaited, awaited, expected, forecast), spared


def trade(scheme: Scheme, aided: Aided, given: Given, decided: Decided) -> Traded:
    """Clear the market."""
    state, forecast = given.state, aided.forecast
    links, market = scheme.links.flows, scheme.asked.market
    planned = decided.plan
    day = market_days(
        planned.outlook,
        planned.openly,
        state.ledger,
        market,
        [scenario.market for scenario in scheme.economy.scenarios],
        decided.spared,
        links,
    )
    abatement = state.abatement + day.dR
    abated = np.vecdot(abatement[..., : state.groups], forecast.trend[..., : state.groups])
    return Traded(
        replace(
            state,
            ledger=scheme.regulator.hand_over(state.ledger, day.auctioned, day.net_purchase),
            abatement=abatement,
            effort=decided.outlook.supply.effort_of(day.dR),
            trend=forecast.trend,
            cumulated_abatement=state.cumulated_abatement + total(abated),
        ),
        day,
    )


def produce(scheme: Scheme, state: State, forecast: Forecast | None = None) -> YearOutcome:
    """Run the economy and score it, exactly."""
    return scheme.economy.outcome(state, forecast)
