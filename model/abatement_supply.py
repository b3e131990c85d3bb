"""The supply of abatement: what cities abate at a price, from where they stand."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from model.arrays import ByCity, ByCityLever, Indices


@dataclass(frozen=True, slots=True)
class AbatementSupply:
    """The cities' marginal cost in one year, worked out once; one row a city, one column a lever.

    A step dR costs −g ln(1−R−dR) + k dR a tonne at the margin and earns price × own + credit.
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
    """What others pay for a tonne abated at home, CNY/t; (c, m)."""
    relief_of_step: ByCityLever
    """own × E, t; (c, m)."""
    left: ByCityLever
    """1−R, 1; (c, m)."""
    linear: ByCityLever
    """k (1−R): what the linear part of marginal cost would rise to, CNY/t; (c, m)."""
    stiffness: ByCityLever
    """Slope of the marginal cost in y at the first tonne, g + k (1−R), CNY/t; (c, m)."""
    bend: ByCityLever
    """Half the share of the linear part in the stiffness, 1; (c, m)."""
    first: ByCityLever
    """Marginal cost of the first tonne, less the credit, CNY/t; (c, m)."""
    highest: ByCityLever
    """Rise of marginal cost over the longest step, and a millionth more, CNY/t; (c, m)."""
    refinements: int
    """Newton steps that reach the exact root from where `step` starts."""

    @classmethod
    def standing(
        cls,
        *,
        R: ByCityLever,
        own: ByCityLever,
        E: ByCityLever,
        g: ByCityLever,
        slope: ByCityLever | float,
        room: ByCityLever,
        least: ByCityLever | float,
        credit: ByCity | float,
    ) -> "AbatementSupply":
        """Return the supply of cities that have abated R so far."""
        left = 1.0 - R
        slopes = np.broadcast_to(slope, R.shape)
        home = g > 0
        paid = np.where(home, np.reshape(credit, (-1, 1)), 0.0)
        linear = slopes * left
        stiffness = g + linear
        bend = linear / (2 * stiffness)
        longest = -np.log1p(-room / left)
        beyond = longest * (1 + 1e-6)
        return cls(
            R=R,
            own=own,
            E=E,
            at_home=np.where(home, E, 0.0),
            g=g,
            slope=slopes,
            room=room,
            least=np.minimum(least, room),
            credit=paid,
            relief_of_step=own * E,
            left=left,
            linear=linear,
            stiffness=stiffness,
            bend=bend,
            first=-g * np.log(left) - paid,
            highest=g * beyond - linear * np.expm1(-beyond),
            refinements=_refinements(float(longest.max(initial=0)), float(bend.max(initial=0))),
        )

    def step(self, price: ByCity) -> ByCityLever:
        """Return dR at which marginal cost equals price × own + credit; (c, m).

        Within 0 ≤ dR ≤ room, and at least `least`. In y = −ln(1 − dR/(1−R)) the rise of marginal
        cost, g y + k (1−R) (1 − e⁻ʸ), is nearly straight: two terms of the inverse series are where
        Newton's method starts.
        """
        rise = price[:, None] * self.own
        rise -= self.first
        np.maximum(rise, 0.0, out=rise)
        np.minimum(rise, self.highest, out=rise)
        y = rise / self.stiffness
        y += self.bend * y * y
        for _ in range(self.refinements):
            fallen = np.expm1(-y)
            fallen *= self.linear
            gap = self.g * y
            gap -= fallen
            gap -= rise
            fallen += self.stiffness
            gap /= fallen
            y -= gap
        dR = np.expm1(np.negative(y, out=y), out=y)
        dR *= self.left
        np.negative(dR, out=dR)
        np.minimum(dR, self.room, out=dR)
        return np.maximum(dR, self.least, out=dR)

    def relief(self, price: ByCity) -> ByCity:
        """Return the liability that abatement at a price takes off, t; (c,)."""
        return self.relief_of(self.step(price))

    def relief_of(self, dR: ByCityLever) -> ByCity:
        """Return the liability that a step takes off, t; (c,)."""
        return np.einsum("cm,cm->c", self.relief_of_step, dR)

    def effort_of(self, dR: ByCityLever) -> ByCity:
        """Return the tonnes that a step abates at home, t; (c,): a shift of demand does not."""
        return np.einsum("cm,cm->c", self.at_home, dR)

    def cost(self, dR: ByCityLever) -> ByCity:
        """Return what a step adds to this year's cost, less the credit for it, CNY; (c,)."""
        after = self.left - dR
        lasting = self.g * (after * np.log(after) - self.left * np.log(self.left) + dR)
        return np.einsum("cm,cm->c", self.E, lasting + (self.slope / 2 * dR - self.credit) * dR)

    def price_of(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Return the price in [low, high] at which abatement takes `relief` tonnes off, CNY/t.

        `low` where less is asked than is done at `low`, `high` where more is asked than at `high`.
        """
        least, most = self.relief(low), self.relief(high)
        inside = np.flatnonzero((relief > least) & (relief < most))
        price = np.where(relief >= most, high, low)
        if inside.size:
            low, high, asked = low[inside], high[inside], relief[inside] - least[inside]
            start = low + (high - low) * (asked / (most - least)[inside])
            price[inside] = self.rows(inside)._root(relief[inside], low, high, start)
        return price

    def rows(self, cities: slice | Indices) -> "AbatementSupply":
        """Return the supply of some cities, in the order given."""
        parts: dict[str, Any] = {
            field.name: values[cities] if isinstance(cities, slice) else values.take(cities, axis=0)
            for field in fields(self)
            if isinstance(values := getattr(self, field.name), np.ndarray)
        }
        return AbatementSupply(**parts, refinements=self.refinements)

    def _root(self, relief: ByCity, low: ByCity, high: ByCity, price: ByCity) -> ByCity:
        """Newton's method for the price of a relief, kept inside a bracket that ever narrows.

        The last correction is no longer looked at: its error is of second order.
        """
        searching = np.ones(price.size, dtype=bool)
        for _ in range(100):
            dR = self.step(price)
            gap = self.relief_of(dR) - relief
            short = gap < 0
            low, high = np.where(short, price, low), np.where(short, high, price)
            slope = self.relief_per_price(dR)
            newton = price - np.divide(gap, slope, out=np.full_like(gap, np.inf), where=slope > 0)
            inside = (newton > low) & (newton < high)
            searching &= np.abs(gap) > 1e-12 * relief
            near = (inside & (np.abs(newton - price) <= 1e-9 * high)) | (high - low <= 1e-12 * high)
            price = np.where(searching, np.where(inside, newton, (low + high) / 2), price)
            searching &= ~near
            if not searching.any():
                break
        return price

    def relief_per_price(self, dR: ByCityLever) -> ByCity:
        """Return how relief rises with the price after a step, t per CNY/t; (c,)."""
        return np.einsum("cm,cm->c", self.relief_of_step, self._step_per_price(dR))

    def effort_per_price(self, dR: ByCityLever) -> ByCity:
        """Return how abatement at home rises with the price after a step, t per CNY/t; (c,)."""
        return np.einsum("cm,cm->c", self.at_home, self._step_per_price(dR))

    def _step_per_price(self, dR: ByCityLever) -> ByCityLever:
        remaining = self.left - dR
        stiffness = self.slope * remaining
        stiffness += self.g
        remaining *= self.own
        remaining /= stiffness
        return np.where((dR > self.least) & (dR < self.room), remaining, 0.0)


def _refinements(longest: float, bend: float) -> int:
    """Return the Newton steps that bring y from two terms of its series to the exact root.

    The third term is at most ½ b (b or ⅓) y³, where b/2 is the bend; a Newton step leaves at most
    ½ b of the square of an error, which counts relative to 1−R−dR.
    """
    error, steps = bend * max(2 * bend, 1 / 3) * longest**3, 0
    while error > 1e-14:
        error = min(bend * error**2, error / 2)
        steps += 1
    return steps
