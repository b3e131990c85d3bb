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
    g: ByCityLever
    """Steepness of the MAC curve, CNY/t; (c, m)."""
    slope: ByCityLever
    """k: rise of the marginal cost with the year's step alone, CNY/t; (c, m)."""
    room: ByCityLever
    """Longest step of the year, 1; (c, m)."""
    least: ByCityLever
    """Step that is taken at any price, as far as there is room, 1; (c, m)."""
    credit: ByCityLever
    """What others pay for a tonne abated, CNY/t; (c, m)."""
    relief_of_step: ByCityLever
    """own × E, t; (c, m)."""
    first: ByCityLever
    """Marginal cost of the first tonne, less the credit, CNY/t; (c, m)."""
    stiffness: ByCityLever
    """Slope of the marginal cost at the first tonne, CNY/t; (c, m)."""
    refinements: int
    """Newton steps that reach the exact root from the tangent at the first tonne."""

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
        paid = np.broadcast_to(np.reshape(credit, (-1, 1)), R.shape)
        return cls(
            R=R,
            own=own,
            E=E,
            g=g,
            slope=slopes,
            room=room,
            least=np.minimum(least, room),
            credit=paid,
            relief_of_step=own * E,
            first=-g * np.log(left) - paid,
            stiffness=g / left + slopes,
            refinements=_refinements(float((room / (left - room)).max(initial=0.0))),
        )

    def step(self, price: ByCity) -> ByCityLever:
        """Return dR at which marginal cost equals price × own + credit; (c, m).

        Within 0 ≤ dR ≤ room, and at least `least`. Newton's method from the tangent at the first
        tonne: marginal cost is convex, so that it comes from above and never turns.
        """
        worth = price[:, None] * self.own
        dR = np.clip((worth - self.first) / self.stiffness, 0.0, self.room)
        worth += self.credit
        for _ in range(self.refinements):
            remaining = 1.0 - self.R - dR
            gap = self.slope * dR - self.g * np.log(remaining) - worth
            dR = np.minimum(dR - gap * remaining / (self.slope * remaining + self.g), self.room)
        return np.maximum(dR, self.least)

    def relief(self, price: ByCity) -> ByCity:
        """Return the liability that abatement at a price takes off, t; (c,)."""
        return self.relief_of(self.step(price))

    def relief_of(self, dR: ByCityLever) -> ByCity:
        """Return the liability that a step takes off, t; (c,)."""
        return np.einsum("cm,cm->c", self.relief_of_step, dR)

    def effort_of(self, dR: ByCityLever) -> ByCity:
        """Return the tonnes that a step abates at home, t; (c,): a shift of demand does not."""
        return np.einsum("cm,cm->c", np.where(self.g > 0, self.E, 0.0), dR)

    def cost(self, dR: ByCityLever) -> ByCity:
        """Return what a step adds to this year's cost, less the credit for it, CNY; (c,)."""
        left = 1.0 - self.R
        after = left - dR
        lasting = self.g * (after * np.log(after) - left * np.log(left) + dR)
        return np.einsum("cm,cm->c", self.E, lasting + (self.slope / 2 * dR - self.credit) * dR)

    def price_of(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Return the price in [low, high] at which abatement takes `relief` tonnes off, CNY/t.

        `low` where less is asked than is done at `low`, `high` where more is asked than at `high`.
        """
        least, most = self.relief(low), self.relief(high)
        inside = np.flatnonzero((relief > least) & (relief < most))
        price = np.where(relief >= most, high, low)
        if inside.size:
            bracket = (low[inside], high[inside])
            price[inside] = self.rows(inside)._root(relief[inside], *bracket)
        return price

    def rows(self, cities: slice | Indices) -> "AbatementSupply":
        """Return the supply of some cities, in the order given."""
        parts: dict[str, Any] = {
            field.name: getattr(self, field.name)[cities]
            for field in fields(self)
            if field.name != "refinements"
        }
        return AbatementSupply(**parts, refinements=self.refinements)

    def _root(self, relief: ByCity, low: ByCity, high: ByCity) -> ByCity:
        """Newton's method for the price of a relief, kept inside a bracket that ever narrows."""
        low, high = low.copy(), high.copy()
        price = (low + high) / 2
        for _ in range(100):
            dR = self.step(price)
            gap = self.relief_of(dR) - relief
            found = (np.abs(gap) <= 1e-12 * relief) | (high - low <= 1e-12 * high)
            if found.all():
                break
            low, high = np.where(gap < 0, price, low), np.where(gap < 0, high, price)
            slope = self._relief_per_price(dR)
            newton = price - np.divide(gap, slope, out=np.full_like(gap, np.inf), where=slope > 0)
            better = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
            price = np.where(found, price, better)
        return price

    def _relief_per_price(self, dR: ByCityLever) -> ByCity:
        """Return how relief rises with the price, t per CNY/t; (c,)."""
        moving = (dR > self.least) & (dR < self.room)
        stiffness = self.g / (1.0 - self.R - dR) + self.slope
        return np.where(moving, self.own * self.relief_of_step / stiffness, 0.0).sum(axis=1)


def _refinements(longest: float) -> int:
    """Return the Newton steps that bring 1−R−dR from the tangent's root to the exact one.

    `longest` is the longest step relative to what it leaves, 1. Where the logarithm is all there
    is, 1−R−dR falls short of the root by a factor 1 + ε, of which a step leaves
    (1+ε)/(1+ln(1+ε)) − 1, about ε²/2; the linear part of marginal cost only helps.
    """
    whole = np.log1p(longest)
    excess = longest if whole >= 1 else min(longest, 1 / ((1 + longest) * (1 - whole)) - 1)
    steps = 0
    while excess > 2e-16:
        excess = (1 + excess) / (1 + np.log1p(excess)) - 1 if excess > 1e-4 else excess**2 / 2
        steps += 1
    return steps
