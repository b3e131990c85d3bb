"""The supply of abatement: what cities abate at a price, from where they stand."""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from model.arrays import AnyFloats, ByCity, ByCityLever, Indices, Prices, Steps

FLAT = 1e-200
"""Slope below which relief counts as flat, t per CNY/t: Newton's step then leaves any bracket."""


@dataclass(frozen=True)
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
    entropy: ByCityLever
    """(1−R) ln(1−R), 1; (c, m)."""
    linear: ByCityLever
    """k (1−R): what the linear part of marginal cost would rise to, CNY/t; (c, m)."""
    stiffness: ByCityLever
    """Slope of the marginal cost in y at the first tonne, g + k (1−R), CNY/t; (c, m)."""
    second: ByCityLever
    """What the square of rise ÷ stiffness adds to y, 1; (c, m)."""
    third: ByCityLever
    """The same of its third power, 1; (c, m)."""
    fourth: ByCityLever
    """The same of its fourth power, 1; (c, m)."""
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
        of_left = np.log(left)
        slopes = np.full(R.shape, slope)
        home = g > 0
        paid = np.reshape(credit, (-1, 1)) * home
        linear = slopes * left
        stiffness = g + linear
        longest = -np.log1p(-room / left)
        beyond = longest * (1 + 1e-6)
        highest = g * beyond - linear * np.expm1(-beyond)
        second = linear / (2 * stiffness)
        third = second * (2 * second - 1 / 3)
        fourth = second * (5 * second * (second - 1 / 3) + 1 / 12)
        missed = np.abs(_series(highest / stiffness, second, third, fourth) - beyond)
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
            entropy=left * of_left,
            linear=linear,
            stiffness=stiffness,
            second=second,
            third=third,
            fourth=fourth,
            first=-g * of_left - paid,
            highest=highest,
            refinements=_refinements(float(missed.max(initial=0)), float(second.max(initial=0))),
        )

    def step(self, price: AnyFloats) -> Steps:
        """Return dR at which marginal cost equals price × own + credit; (..., c, m).

        Within 0 ≤ dR ≤ room, and at least `least`. Prices are (..., c), or (..., 1) if common to all.
        """
        return self._towards(price)[0]

    def response(self, price: AnyFloats) -> tuple[Steps, Steps]:
        """Return dR at a price, and how it rises with the price, 1 per CNY/t; (..., c, m) each."""
        dR, stiffness = self._towards(price)
        rate = self.left - dR
        rate *= self.own
        rate /= stiffness
        rate *= dR > self.least
        rate *= dR < self.room
        return dR, rate

    def _towards(self, price: AnyFloats) -> tuple[Steps, Steps]:
        """Return the step, and the slope of marginal cost in y next to it, CNY/t; (..., c, m) each.

        In y = −ln(1 − dR/(1−R)) the rise of marginal cost, g y + k (1−R) (1 − e⁻ʸ), is nearly
        straight: four terms of the inverse series are where Newton's method starts.
        """
        rise = price[..., None] * self.own
        rise -= self.first
        np.maximum(rise, 0.0, out=rise)
        np.minimum(rise, self.highest, out=rise)
        y = _series(rise / self.stiffness, self.second, self.third, self.fourth)
        slope = self.stiffness
        for _ in range(self.refinements):
            slope = np.expm1(-y)
            slope *= self.linear
            gap = self.g * y
            gap -= slope
            gap -= rise
            slope += self.stiffness
            gap /= slope
            y -= gap
        dR = np.expm1(np.negative(y, out=y), out=y)
        dR *= self.left
        np.negative(dR, out=dR)
        np.minimum(dR, self.room, out=dR)
        return np.maximum(dR, self.least, out=dR), slope

    @cached_property
    def for_nothing(self) -> ByCityLever:
        """Step at a price of zero: a target, or what a credit alone pays for, 1; (c, m)."""
        return self.step(np.zeros((1,)))

    def relief(self, price: Prices) -> Prices:
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

    def price_of(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Return the price in [low, high] at which abatement takes `relief` tonnes off, CNY/t.

        `low` where less is asked than is done at `low`, `high` where more is asked than at `high`.
        Newton's method inside a bracket that ever narrows; the last correction is no longer looked
        at: its error is of second order.
        """
        least = self.relief(low) if low.any() else self.relief_of(self.for_nothing)
        most = self.relief(high)
        price = np.where(relief >= most, high, low)
        inside = np.flatnonzero((relief > least) & (relief < most))
        if inside.size:
            some, asked = self.rows(inside), relief[inside]
            price[inside] = some._root(asked, low[inside], high[inside])
        return price

    def rows(self, cities: slice | Indices) -> "AbatementSupply":
        """Return the supply of some cities, in the order given."""
        parts: dict[str, Any] = {
            field.name: values[cities] if isinstance(cities, slice) else values.take(cities, axis=0)
            for field in fields(self)
            if isinstance(values := getattr(self, field.name), np.ndarray)
        }
        return AbatementSupply(**parts, refinements=self.refinements)

    def _root(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Return the price of a relief by Newton's method, inside a bracket that ever narrows.

        It starts where the price would lie if every lever were within its room and its marginal
        cost straight.
        """
        weight = self.relief_of_step * self.left / self.stiffness
        straight = (relief + np.vecdot(weight, self.first)) / np.vecdot(weight, self.own)
        price = np.minimum(np.maximum(straight, low), high)
        searching = np.ones(price.size, dtype=bool)
        for _ in range(100):
            dR, rate = self.response(price)
            gap = self.relief_of(dR) - relief
            short = gap < 0
            low, high = np.where(short, price, low), np.where(short, high, price)
            newton = price - gap / np.maximum(self.relief_of(rate), FLAT)
            inside = (newton > low) & (newton < high)
            searching &= np.abs(gap) > 1e-12 * relief
            near = (inside & (np.abs(newton - price) <= 1e-9 * high)) | (high - low <= 1e-12 * high)
            price = np.where(searching, np.where(inside, newton, (low + high) / 2), price)
            searching &= ~near
            if not searching.any():
                break
        return price

    def _root(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Return the price of a relief by Newton's method, inside a bracket that ever narrows.

        It starts where the price would lie if every lever were within its room and its marginal
        cost straight.
        """
        weight = self.relief_of_step * self.left / self.stiffness
        straight = (relief + np.vecdot(weight, self.first)) / np.vecdot(weight, self.own)
        price = np.minimum(np.maximum(straight, low), high)
        searching = np.ones(price.size, dtype=bool)
        for _ in range(100):
            dR, rate = self.response(price)
            gap = self.relief_of(dR) - relief
            short = gap < 0
            low, high = np.where(short, price, low), np.where(short, high, price)
            newton = price - gap / np.maximum(self.relief_of(rate), FLAT)
            inside = (newton > low) & (newton < high)
            searching &= np.abs(gap) > 1e-12 * relief
            near = (inside & (np.abs(newton - price) <= 1e-9 * high)) | (high - low <= 1e-12 * high)
            price = np.where(searching, np.where(inside, newton, (low + high) / 2), price)
            searching &= ~near
            if not searching.any():
                break
        return price

    def relief_per_price(self, dR: Steps) -> Prices:
        """Return how relief rises with the price after a step, t per CNY/t; (..., c)."""
        return np.vecdot(self.relief_of_step, self._step_per_price(dR))

    def effort_per_price(self, dR: Steps) -> Prices:
        """Return how abatement at home rises with the price after a step, t per CNY/t; (..., c)."""
        return np.vecdot(self.at_home, self._step_per_price(dR))

    def _step_per_price(self, dR: Steps) -> Steps:
        remaining = self.left - dR
        stiffness = self.slope * remaining
        stiffness += self.g
        remaining *= self.own
        remaining /= stiffness
        remaining *= dR > self.least
        remaining *= dR < self.room
        return remaining


def _series(
    r: Steps, second: ByCityLever, third: ByCityLever, fourth: ByCityLever
) -> Steps:
    """Return y of r = rise ÷ stiffness as far as the fourth power, 1; (..., c, m)."""
    y = fourth * r
    y += third
    y *= r
    y += second
    y *= r
    y += 1.0
    y *= r
    return y


def _refinements(error: float, bend: float) -> int:
    """Return the Newton steps that bring y from the sum of its series to the exact root.

    The sum is worst at the longest step. A Newton step leaves at most `bend` of the square of an
    error, which counts relative to 1−R−dR.
    """
    steps = 0
    while error > 1e-12:
        error = min(bend * error**2, error / 2)
        steps += 1
    return steps
