"""The state of all cities, one row a city; only the year changes it."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Actions, ByCity, ByCityGroup, Tonnes
from model.ledger import Ledger
from model.memory import Memory, blank
from model.payoffs import HOLD


@dataclass(slots=True)
class State:
    """What one year hands to the next."""

    ledger: Ledger
    """Quota accounts, whole tonnes."""
    abatement: ByCityGroup
    """R: share of trend emissions abated, 1."""
    trend: ByCityGroup
    """Emissions on trend in the current year, t."""
    belief: ByCity
    """Expected price, CNY/t."""
    catch_up: ByCity
    """u: demand of aided cities above baseline, 1."""
    deed: Actions
    """Last year's action, by deed; a position in `model.payoffs.ACTIONS`."""
    choice: Actions
    """Last year's choice, which may not have come to a deed; a position in the same."""
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
    cumulated_abatement: float = 0.0
    """Abatement of all cities in all years so far, t."""


def first_state(cities: int, groups: int, reference_price: float, strength: float = 1.0) -> State:
    """Return the state before the first year: no abatement, no quota, one price belief.

    `strength` is the sum of each city's propensities, which are even.
    """
    none = np.zeros(cities, dtype=np.int64)
    return State(
        ledger=Ledger(held=none.copy()),
        abatement=np.zeros((cities, groups)),
        trend=np.zeros((cities, groups)),
        belief=np.full(cities, reference_price),
        catch_up=np.zeros(cities),
        deed=np.full(cities, HOLD, dtype=np.int64),
        choice=np.full(cities, HOLD, dtype=np.int64),
        bank=none.copy(),
        deduction=none.copy(),
        owed=none.copy(),
        payoff=np.zeros(cities),
        memory=blank(cities, strength),
    )
