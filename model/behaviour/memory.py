"""Memory of cities: of the years when they were short of quota, and of those when not."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    Actions,
    ActionsByPosition,
    ByCity,
    Cities,
    Number,
    Payoffs,
    PayoffsByPosition,
    PropensityByPosition,
    Whole,
)
from model.behaviour.experience import Experience
from model.behaviour.payoffs import HOLD, Action
from model.runs import wide


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
        alone = neighbour == np.arange(neighbour.shape[-1])
        example, its_payoff = (
            np.take_along_axis(each, np.broadcast_to(neighbour, each.shape), axis=-1)
            for each in (self.choice, self.payoff)
        )
        return Experience(
            choice=np.where(short, self.choice[1], self.choice[0]),
            payoff=np.where(short, self.payoff[1], self.payoff[0]),
            propensity=np.where(short[..., None], self.propensity[1], self.propensity[0]),
            example=np.where(alone, Action.HOLD, np.where(short, example[1], example[0])),
            example_payoff=np.where(short, its_payoff[1], its_payoff[0]),
        )

    def after(
        self, short: Cities, choice: Actions, payoff: ByCity, propensity: Payoffs
    ) -> "Memory":
        """Return the memory after a year; that of the other position stays as it was."""
        now = np.stack([~short, short])
        return Memory(
            np.where(now, choice, self.choice),
            np.where(now, payoff, self.payoff),
            np.where(now[..., None], propensity, self.propensity),
        )


def blank(cities: tuple[int, ...], strength: Number) -> Memory:
    """Return the memory before the first year: propensities even, adding up to `strength`.

    `cities` is the shape of what cities have: (c,), or (b, c) of several runs.
    """
    return Memory(
        choice=np.full((2, *cities), Action.HOLD, dtype=np.int64),
        payoff=np.zeros((2, *cities)),
        propensity=np.full((2, *cities, HOLD), wide(strength) / HOLD),
    )
