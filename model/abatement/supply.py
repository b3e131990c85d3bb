"""The supply of abatement: what cities abate at a price, from where they stand."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from model.abatement.marginal_cost_inverse import MarginalCostInverse, marginal_cost_inverse
from model.arrays import (
    AnyArray,
    AnyFloats,
    ByCity,
    ByCityLever,
    Indices,
    Prices,
    Steps,
    Wide,
)


@dataclass(frozen=True)
class AbatementSupply:
    """The cities' marginal cost in one year, worked out once; one row a city, one column a lever.

    A step dR costs −g ln(1−R−dR) + k dR a tonne at the margin and earns price × own + credit. In
    u = dR/(1−R) marginal cost rises by k (1−R) u − g ln(1−u), which is nearly straight; `lift`,
    `start` and `top` are in units of its first slope, the stiffness g + k (1−R), CNY/t.
    """

    R: ByCityLever
    """Abated so far, share of trend emissions, 1; (c, m)."""
    own: ByCityLever
    """Liability that one own tonne takes off, 1; (c, m)."""
    E: ByCityLever
    """Emissions on trend, without any abatement, t; (c, m)."""
    at_home: ByCityLever
    """The same of levers that abate at home: those with a lasting cost, g > 0, t; (c, m)."""
    g: ByCityLever
    """Steepness of the MAC curve, CNY/t; (c, m)."""
    slope: ByCityLever
    """k: rise of the marginal cost with the year's step alone, CNY/t; (c, m)."""
    room: ByCityLever
    """Longest step of the year, 1; (c, m)."""
    least: ByCityLever
    """Step that is taken at any price, as far as there is room, 1; (c, m)."""
    credit: ByCityLever
    """Payment by others for a tonne abated at home, and what it spares later, CNY/t; (c, m)."""
    relief_of_step: ByCityLever
    """own × E, t; (c, m)."""
    left: ByCityLever
    """1−R, 1; (c, m)."""
    entropy: ByCityLever
    """(1−R) ln(1−R), 1; (c, m)."""
    lift: ByCityLever
    """Rise of the worth of a step with the price, own ÷ stiffness, 1 per CNY/t; (c, m)."""
    start: ByCityLever
    """Marginal cost of the first tonne, less the credit, ÷ stiffness, 1; (c, m)."""
    top: ByCityLever
    """Rise of marginal cost over the longest step, and a millionth more, ÷ stiffness; (c, m)."""
    rise: MarginalCostInverse
    """Rise of marginal cost in u, ÷ stiffness."""

    @classmethod
    def standing(
        cls,
        *,
        R: ByCityLever,
        own: ByCityLever,
        E: ByCityLever,
        g: ByCityLever,
        slope: ByCityLever | Wide | float,
        room: ByCityLever,
        least: ByCityLever | Wide | float,
        credit: ByCity | float,
        later: ByCityLever | Wide | float = 0.0,
    ) -> "AbatementSupply":
        """Return the supply of cities that have abated R so far."""
        left = 1.0 - R
        of_left = np.log(left)
        slopes = np.full(R.shape, slope)
        home = g > 0
        paid = np.asarray(credit)[..., None] * home + later
        linear = slopes * left
        stiffness = g + linear
        largest = -np.expm1(np.log1p(-room / left) * (1 + 1e-6))
        rise = marginal_cost_inverse(linear / stiffness, largest)
        return cls(
            R=R,
            own=own,
            E=E,
            at_home=E * home,
            g=g,
            slope=slopes,
            room=room,
            least=np.minimum(least, room),
            credit=paid,
            relief_of_step=own * E,
            left=left,
            entropy=left * of_left,
            lift=own / stiffness,
            start=(-g * of_left - paid) / stiffness,
            top=rise.at(largest),
            rise=rise,
        )

    def step(self, price: AnyFloats) -> Steps:
        """Return dR at which marginal cost equals price × own + credit; (..., c, m).

        Within 0 ≤ dR ≤ room, and at least `least`. Prices are (..., c), or (..., 1) if common.
        """
        return self._towards(price)[0]

    def response(self, price: AnyFloats) -> tuple[Steps, Steps]:
        """Return dR at a price, and how it rises with the price, 1 per CNY/t; (..., c, m) each."""
        dR, slope = self._towards(price)
        rate = np.divide(self.left * self.lift, slope, out=np.empty_like(dR))
        rate *= dR > self.least
        rate *= dR < self.room
        return dR, rate

    def _towards(self, price: AnyFloats) -> tuple[Steps, Steps | float]:
        """Return the step at a price, and the slope of `rise` there, 1; (..., c, m) each."""
        rise = price[..., None] * self.lift
        np.maximum(rise, self.start, out=rise)
        rise -= self.start
        np.minimum(rise, self.top, out=rise)
        dR, slope = self.rise.inverse(rise)
        dR *= self.left
        np.minimum(dR, self.room, out=dR)
        return np.maximum(dR, self.least, out=dR), slope

    @cached_property
    def for_nothing(self) -> ByCityLever:
        """Step at a price of zero: a target, or what a credit alone pays for, 1; (c, m)."""
        nobody_gains = (self.start >= 0.0).all()
        return self.least if nobody_gains else self.step(np.zeros((1,)))

    @property
    def price_of_room(self) -> ByCity:
        """Price above which no lever goes any further, CNY/t; (c,)."""
        dearest = np.divide(
            self.start + self.top, self.lift, out=np.zeros_like(self.lift), where=self.lift > 0
        )
        return dearest.max(axis=-1, initial=0.0)

    def relief(self, price: AnyFloats) -> Prices:
        """Return the liability that abatement at a price takes off, t; (..., c)."""
        return self.relief_of(self.step(price))

    def relief_of(self, dR: Steps) -> Prices:
        """Return the liability that a step takes off, t; (..., c)."""
        return np.vecdot(self.relief_of_step, dR)

    def effort_of(self, dR: Steps) -> Prices:
        """Return the tonnes that a step abates at home, t; (..., c): a shift of demand does not."""
        return np.vecdot(self.at_home, dR)

    def cost(self, dR: ByCityLever) -> ByCity:
        """Return what a step adds to this year's cost, less the credit for it, CNY; (c,)."""
        after = self.left - dR
        lasting = np.log(after)
        lasting *= after
        lasting -= self.entropy
        lasting += dR
        lasting *= self.g
        once = self.slope / 2 * dR
        once -= self.credit
        once *= dR
        lasting += once
        return np.vecdot(self.E, lasting)

    def rows(self, cities: slice | Indices) -> "AbatementSupply":
        """Return the supply of some cities, in the order given.

        Of several runs, positions count on from one run to the next, and rows stand in one list.
        """
        if isinstance(cities, slice):
            return self._each(lambda table: table[cities])
        if self.R.ndim == 2:
            return self._each(lambda table: table.take(cities, axis=0))
        count, levers = self.R.shape[-2:]
        run, city = cities // count, cities % count

        def taken(table: AnyArray) -> AnyArray:
            if table.shape == self.R.shape:
                return table.reshape(-1, levers).take(cities, axis=0)
            if table.ndim == 2:
                return table.take(city, axis=0)
            return np.broadcast_to(table, (*table.shape[:-2], count, levers))[run, city]

        return self._each(taken)

    def as_one(self) -> "AbatementSupply":
        """Return the supply as if all levers of all cities belonged to one city; (1, c·m)."""
        shape = self.R.shape

        def one(table: AnyArray) -> AnyArray:
            if table.shape[-2:] != shape[-2:]:
                return table
            return np.broadcast_to(table, shape).reshape(*shape[:-2], 1, -1)

        return self._each(one)

    def _each(self, change: Callable[[AnyArray], AnyArray]) -> "AbatementSupply":
        tables: dict[str, Any] = {name: change(getattr(self, name)) for name in TABLES}
        return AbatementSupply(**tables, rise=self.rise.each(change))


TABLES = tuple(field.name for field in fields(AbatementSupply) if field.name != "rise")
"""Names of the fields with a row a city."""
