"""Asking every city what it does this year, and naming what came of it."""

from collections.abc import Sequence

import numpy as np

from data.errors import InputError, nearest
from model.arrays import Actions, ByCity, ByCityLever, Tonnes
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import ACTIONS, FREE_RIDE, HOLD, MITIGATE, TRANSFER
from simulation.city import City
from simulation.market_day import MarketDay

LEAST_TONNES = 0.5
"""Needs and efforts below half a tonne count as none: quota comes in whole tonnes."""


def decisions(cities: Sequence[City], outlook: Outlook, chance: Chance) -> Actions:
    """Return every city's action; (c,).

    Cities with a mind of their own are asked one by one, all others in one call. What is not open
    comes to mitigation: trade without a market or a partner, a free ride in surplus.

    Raises
    ------
    InputError
        If a city answers with something that is no action.
    """
    kinds: set[type[City]] = set(map(type, cities))
    own_minds = {kind for kind in kinds if kind.decide is not City.decide}
    minded = [city for city in cities if type(city) in own_minds] if own_minds else []
    if len(minded) < len(cities):
        choice = np.array(City.decide(cities[0], outlook, chance))
    else:
        choice = np.full(len(cities), MITIGATE, dtype=np.int64)
    for city in minded:
        answer = city.decide(outlook.row(city.row), chance.row(city.row))
        choice[city.row] = _position(answer, city)
    no_market = (choice == TRANSFER) & ~outlook.can_trade
    no_need = (choice == FREE_RIDE) & (outlook.need <= 0)
    return np.where(no_market | no_need, MITIGATE, choice)


def realised_action(
    need: ByCity, trend: ByCityLever, day: MarketDay, hidden_gap: Tonnes
) -> Actions:
    """Return what each city did, by deed: ordered, hid a gap, abated, or nothing, short or not.

    Who hides a gap rides free, even if it abates for a target of its own or for what others pay.
    """
    abates = np.vecdot(day.dR, trend) > LEAST_TONNES
    idle = np.where(need > LEAST_TONNES, FREE_RIDE, HOLD)
    honest = np.where(abates, MITIGATE, idle)
    settled = np.where(hidden_gap > 0, FREE_RIDE, honest)
    return np.where(day.ordered, TRANSFER, settled).astype(np.int64)


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
