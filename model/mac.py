"""Marginal abatement cost (MAC) curves, by city and group of sectors."""

from dataclasses import dataclass

import numpy as np
from scipy.special import wrightomega

from model.arrays import ByCity, ByCityGroup, BySector


@dataclass(frozen=True, slots=True)
class MacCurve:
    """Cost of cutting emissions below their trend.

    Abatement R (share of trend emissions E, 1) costs g·E·[(1−R) ln(1−R) + R] CNY every year, and
    each year's step dR costs (ka/2ρ)·dR²·E once. So the marginal cost of a step is
    −g ln(1−R−dR) + (ka/ρ) dR, CNY/t.
    """

    g: ByCityGroup
    """Steepness, CNY/t: the MAC is g·ln 2 at R = ½; (c, g)."""
    adjustment: float
    """ka: marginal cost of moving by ρ in one year, CNY/t."""
    pace: float
    """ρ: abatement step that costs ka at the margin, share of trend emissions a year, 1."""
    ceiling: float
    """R_max: largest share of trend emissions that can be abated, 1."""
    least: ByCityGroup | float = 0.0
    """Step that is taken at any price, 1; (c, g)."""

    def step(self, price: ByCity, R: ByCityGroup, own: ByCityGroup) -> ByCityGroup:
        """Return dR at which marginal cost equals price × own; (c, g).

        `own` is the tonnes of liability that one own tonne takes off (1 under production-based
        liability). The exact root in closed form (Wright's ω), within 0 ≤ dR ≤ min(2ρ, R_max − R);
        at least `least`, as far as there is room.
        """
        slope = self.adjustment / self.pace
        room = np.clip(np.minimum(2 * self.pace, self.ceiling - R), 0.0, None)
        worth = price[:, None] * own
        exponent = (slope * (1.0 - R) - worth) / self.g + np.log(slope / self.g)
        remaining = self.g / slope * wrightomega(exponent)
        pays = worth > -self.g * np.log1p(-R)
        chosen = np.where(pays, np.clip(1.0 - R - remaining, 0.0, room), 0.0)
        return np.maximum(chosen, np.minimum(self.least, room))

    def marginal_cost(self, R: ByCityGroup, dR: ByCityGroup) -> ByCityGroup:
        """Return the marginal cost of a step dR at its end, CNY/t; (c, g)."""
        return -self.g * np.log1p(-R - dR) + self.adjustment / self.pace * dR

    def cost(self, R: ByCityGroup, dR: ByCityGroup, E: ByCityGroup) -> ByCity:
        """Return what the step dR adds to this year's cost, CNY; (c,)."""
        lasting = self.running_cost(R + dR, E) - self.running_cost(R, E)
        return lasting + self.adjustment_cost(dR, E)

    def running_cost(self, R: ByCityGroup, E: ByCityGroup) -> ByCity:
        """Return the yearly cost of abatement R on trend emissions E (t), CNY; (c,)."""
        return (self.g * E * ((1.0 - R) * np.log1p(-R) + R)).sum(axis=1)

    def adjustment_cost(self, dR: ByCityGroup, E: ByCityGroup) -> ByCity:
        """Return the once-only cost of a step dR, CNY; (c,)."""
        return (self.adjustment / (2 * self.pace) * dR**2 * E).sum(axis=1)

    def relief(self, price: ByCity, R: ByCityGroup, own: ByCityGroup, E: ByCityGroup) -> ByCity:
        """Return the liability that abatement at a price takes off, t; (c,)."""
        return (own * E * self.step(price, R, own)).sum(axis=1)

    def price_of(
        self,
        relief: ByCity,
        low: ByCity,
        high: ByCity,
        R: ByCityGroup,
        own: ByCityGroup,
        E: ByCityGroup,
    ) -> ByCity:
        """Return the price in [low, high] at which abatement takes `relief` tonnes off, CNY/t.

        `low` where less is asked than is done at `low`, `high` where more is asked than at `high`.
        """
        least = self.relief(low, R, own, E)
        most = self.relief(high, R, own, E)
        inside = np.flatnonzero((relief > least) & (relief < most))
        price = np.where(relief >= most, high, low)
        if inside.size:
            part = MacCurve(
                self.g[inside],
                self.adjustment,
                self.pace,
                self.ceiling,
                np.broadcast_to(self.least, R.shape)[inside],
            )
            bracket = (low[inside], high[inside])
            price[inside] = part._root(relief[inside], *bracket, R[inside], own[inside], E[inside])
        return price

    def _root(
        self,
        relief: ByCity,
        low: ByCity,
        high: ByCity,
        R: ByCityGroup,
        own: ByCityGroup,
        E: ByCityGroup,
    ) -> ByCity:
        """Newton's method for the price of a relief, kept inside a bracket that ever narrows."""
        low, high = low.copy(), high.copy()
        price = (low + high) / 2
        for _ in range(100):
            dR = self.step(price, R, own)
            gap = (own * E * dR).sum(axis=1) - relief
            found = (np.abs(gap) <= 1e-12 * relief) | (high - low <= 1e-12 * high)
            if found.all():
                break
            low, high = np.where(gap < 0, price, low), np.where(gap < 0, high, price)
            room = np.minimum(2 * self.pace, self.ceiling - R)
            moving = (dR > np.maximum(self.least, 0.0)) & (dR < room)
            stiffness = self.g / (1.0 - R - dR) + self.adjustment / self.pace
            slope = np.where(moving, own**2 * E / stiffness, 0.0).sum(axis=1)
            newton = price - np.divide(gap, slope, out=np.full_like(gap, np.inf), where=slope > 0)
            better = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
            price = np.where(found, price, better)
        return price


def steepness(
    mean: float,
    by_group: BySector,
    intensity: ByCityGroup,
    E: ByCityGroup,
    sensitivity: float,
) -> ByCityGroup:
    """Return g = g₀ k_g clip(S/S̄, 0.2, 5)^−h, scaled to an emission-weighted mean of g₀, CNY/t.

    Carbon-intensive producers have the lower MAC. `intensity` is t per 10⁴ CNY, S̄ the group's
    output-weighted mean; groups without output get their group's k alone.
    """
    output = np.divide(E, intensity, out=np.zeros_like(E), where=intensity > 0)
    total = output.sum(axis=0)
    average = np.divide(E.sum(axis=0), total, out=np.ones_like(total), where=total > 0)
    relative = np.where(intensity > 0, intensity / average, 1.0)
    g = by_group * np.clip(relative, 0.2, 5.0) ** -sensitivity
    return np.asarray(g * (mean * E.sum() / (g * E).sum()), dtype=np.float64)


def learned(cumulated: float, rate: float) -> float:
    """Return the factor on abatement cost after learning by doing, 1.

    (1 + Q)^log₂(1 − rate), with Q the abatement cumulated by all cities in Gt CO₂.
    """
    return float((1.0 + cumulated / 1e9) ** np.log2(1.0 - rate))
