"""Memory of cities: of the years when they were short of quota, and of those when not."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    Actions,
    ActionsByPosition,
    ByCity,
    Cities,
    Payoffs,
    PayoffsByPosition,
    PropensityByPosition,
    Whole,
)
from model.behaviour.experience import Experience
from model.behaviour.payoffs import HOLD, Action


@dataclass(frozen=True, slots=True)
class Memory:
    """Last choice, its payoff and propensities, by position: 0 not short of quota, 1 short.

    A seller's gain says nothing to a city in need, so the two are remembered apart.
    """

    choice: ActionsByPosition
    """Last choice in the position, `Action.HOLD` if none; (2, c)."""
    payoff: PayoffsByPosition
    """Realised payoff of that year ÷ (reference price × need), 1; (2, c)."""
    propensity: PropensityByPosition
    """Propensity to each action, 1; (2, c, 4)."""

    def experience(self, short: Cities, neighbour: Whole) -> Experience:
        """Return what counts for each city now, and the same of the neighbour it looks at."""
        own, now = np.arange(short.size), short.astype(np.int64)
        return Experience(
            choice=self.choice[now, own],
            payoff=self.payoff[now, own],
            propensity=self.propensity[now, own],
            example=np.where(neighbour == own, Action.HOLD, self.choice[now, neighbour]),
            example_payoff=self.payoff[now, neighbour],
        )

    def after(
        self, short: Cities, choice: Actions, payoff: ByCity, propensity: Payoffs
    ) -> "Memory":
        """Return the memory after a year; that of the other position stays as it was."""
        own, now = np.arange(short.size), short.astype(np.int64)
        choices, payoffs, propensities = (
            self.choice.copy(),
            self.payoff.copy(),
            self.propensity.copy(),
        )
        choices[now, own], payoffs[now, own], propensities[now, own] = choice, payoff, propensity
        return Memory(choices, payoffs, propensities)


def blank(cities: int, strength: float) -> Memory:
    """Return the memory before the first year: propensities even, adding up to `strength`."""
    return Memory(
        choice=np.full((2, cities), Action.HOLD, dtype=np.int64),
        payoff=np.zeros((2, cities)),
        propensity=np.full((2, cities, HOLD), strength / HOLD),
    )
