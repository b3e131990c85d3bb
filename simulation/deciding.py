"""Asking every city what it does this year, and naming what came of it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.errors import InputError, nearest
from model.arrays import Actions, ByCity, ByCityLever, Number, Tonnes
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import (
    ACTIONS,
    DEFAULT,
    FREE_RIDE,
    HOLD,
    MITIGATE,
    TRANSFER,
    chosen,
    open_actions,
)
from model.runs import share, tonnes, total
from simulation.city import City
from simulation.market_day import MarketDay
from simulation.own_code import called
from simulation.year import Decided

LEAST_TONNES = 0.5
"""Needs and efforts below half a tonne count as none: quota comes in whole tonnes."""


def decisions(cities: Sequence[City], outlook: Outlook, chance: Chance) -> Actions:
    """Return every city's action; (c,).

    Cities with a method of their own are asked one by one, all others in one call. What is not open
    comes to mitigation: trade without a market or a partner, a free ride or default in surplus.

    Raises
    ------
    InputError
        If a city answers with something that is no action.
    """
    kinds: set[type[City]] = set(map(type, cities))
    overriding = {kind for kind in kinds if kind.decide is not City.decide}
    asked_alone = [city for city in cities if type(city) in overriding] if overriding else []
    if len(asked_alone) < len(cities):
        choice = np.array(City.decide(cities[0], outlook, chance))
    else:
        choice = np.full(len(cities), MITIGATE, dtype=np.int64)
    for city in asked_alone:
        asked = outlook.row(city.row), chance.row(city.row)
        answer = called(f"decide of {type(city).__name__}", city.decide, *asked)
        choice[city.row] = _position(answer, city)
    is_open = chosen(open_actions(outlook), choice)
    return np.where(is_open, choice, MITIGATE)


def best_choices(decided: Decided) -> Number:
    """Return the share of choices that have the highest expected payoff of those open, 1.

    Of cities that have a choice at all. Payoffs within a thousandth of the reference price a tonne
    of need count as the same.
    """
    forgone = decided.forgone
    best = forgone <= 1e-3 * decided.outlook.scale
    has_choice = ~np.isnan(forgone)
    return share(1.0 * tonnes(best & has_choice), 1.0 * tonnes(has_choice), otherwise=float("nan"))


def forgone_payoff(decided: Decided) -> Number:
    """Return what choices forgo of the best expected payoff, CNY per tonne of need or surplus."""
    has_choice = ~np.isnan(decided.forgone)
    measured = total(np.where(has_choice, decided.outlook.measured_need, 0.0))
    forgone = total(np.where(has_choice, decided.forgone, 0.0))
    return share(forgone, measured, otherwise=float("nan"))


def displaced_effort(decided: Decided) -> Number:
    """Return how much liability cities leave to their suppliers instead of abating, t.

    Of those that meet their need alone: the relief of the step that they would take if they awaited
    nothing, less that of the step they take.
    """
    outlook = decided.plan.outlook
    alone = (decided.plan.openly == MITIGATE) & (outlook.awaited > 0)
    if not alone.any():
        return 0.0
    eager = replace(outlook, need=outlook.need + outlook.awaited)
    relief = (each.supply.relief_of(each.own_step) for each in (eager, outlook))
    return total(np.where(alone, next(relief) - next(relief), 0.0))


def realised_action(
    need: ByCity, trend: ByCityLever, day: MarketDay, hidden_gap: Tonnes
) -> Actions:
    """Return what each city did: hid a gap, ordered, abated, or nothing, short or not.

    Who hides a gap rides free, whatever it does about the rest; who is short and neither orders nor
    abates defaults.
    """
    abates = np.vecdot(day.dR, trend) > LEAST_TONNES
    idle = np.where(need > LEAST_TONNES, DEFAULT, HOLD)
    honest = np.where(day.ordered, TRANSFER, np.where(abates, MITIGATE, idle))
    return np.where(hidden_gap > 0, FREE_RIDE, honest).astype(np.int64)


def _position(answer: Actions | str, city: City) -> int:
    known = ACTIONS[:HOLD]
    if isinstance(answer, str) and answer in known:
        return known.index(answer)
    if not isinstance(answer, str) and np.size(answer) == 1 and np.ravel(answer)[0] in range(HOLD):
        return int(np.ravel(answer)[0])
    raise InputError(
        f"{type(city).__name__}.decide of {city.name} returned {answer!r}, which is no action;"
        f" {nearest(str(answer), known)}"
    )
