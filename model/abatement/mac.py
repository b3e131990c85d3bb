"""Marginal abatement cost (MAC) curves, by city and lever."""

from dataclasses import dataclass, replace

import numpy as np

from model.abatement.supply import AbatementSupply
from model.arrays import AnyFloats, ByCity, ByCityGroup, ByCityLever, Number, Wide
from model.runs import wide


@dataclass(frozen=True, slots=True)
class MacCurve:
    """Cost of cutting emissions below their trend.

    Abatement R (share of trend emissions E, 1) costs g·E·[(1−R) ln(1−R) + R] CNY every year, and
    each year's step dR costs (ka/2ρ)·dR²·E once. So the marginal cost of a step is
    −g ln(1−R−dR) + (ka/ρ) dR, CNY/t.
    """

    g: ByCityLever
    """Steepness, CNY/t: the MAC is g·ln 2 at R = ½; 0 for a lever that only costs once; (c, m)."""
    adjustment: ByCityLever | Wide | float
    """ka: marginal cost of moving by ρ in one year, CNY/t."""
    pace: ByCityLever | Wide | float
    """ρ: step that costs ka at the margin, and half the longest step of a year, 1."""
    ceiling: ByCityLever | Wide | float
    """R_max: largest share that can be abated, 1."""
    least: ByCityLever | Wide | float = 0.0
    """Step that is taken at any price, 1; (c, m)."""

    def supply(
        self,
        R: ByCityLever,
        own: ByCityLever,
        E: ByCityLever,
        credit: ByCity | float = 0.0,
        later: ByCityLever | Wide | float = 0.0,
    ) -> AbatementSupply:
        """Return what cities abate at a price from where they stand.

        `own` is the tonnes of liability that one own tonne takes off (1 under production-based
        liability), E trend emissions, t, `credit` what others pay for a tonne abated, CNY/t, and
        `later` what it spares in later years, CNY/t; (c, m).
        """
        slope = self.adjustment / self.pace
        room = np.clip(np.minimum(2 * np.asarray(self.pace), self.ceiling - R), 0.0, None)
        return AbatementSupply.standing(
            R=R,
            own=own,
            E=E,
            g=self.g,
            slope=slope,
            room=room,
            least=self.least,
            credit=credit,
            later=later,
        )

    def at_share(self, paid: ByCity) -> "MacCurve":
        """Return the curves of cities that pay only a share of their abatement cost, 1; (c,)."""
        share = np.broadcast_to(paid[..., None], self.g.shape)
        return replace(self, g=self.g * share, adjustment=self.adjustment * share)

    def marginal_cost(self, R: ByCityLever, dR: ByCityLever) -> ByCityLever:
        """Return the marginal cost of a step dR at its end, CNY/t; (c, m)."""
        return -self.g * np.log1p(-R - dR) + self.adjustment / self.pace * dR

    def running_cost(self, R: ByCityLever, E: ByCityLever) -> ByCity:
        """Return the yearly cost of abatement R on trend emissions E (t), CNY; (c,)."""
        return np.vecdot(self.g * E, running_share(R))

    def adjustment_cost(self, dR: ByCityLever, E: ByCityLever) -> ByCity:
        """Return the once-only cost of a step dR, CNY; (c,)."""
        return np.vecdot(self.adjustment / self.pace / 2 * dR**2, E)

    def cost_by_lever(self, R: ByCityLever, dR: ByCityLever, E: ByCityLever) -> ByCityLever:
        """Return running cost of R and once-only cost of dR on E (t), by lever, CNY; (c, m)."""
        running = self.g * running_share(R)
        return np.asarray(E * (running + self.adjustment / self.pace / 2 * dR**2))


def running_share(R: AnyFloats) -> AnyFloats:
    """Return (1−R) ln(1−R) + R: yearly cost of abatement R over g and trend emissions, 1."""
    return (1.0 - R) * np.log1p(-R) + R


def steepness(
    mean: Number,
    by_group: AnyFloats,
    intensity: ByCityGroup,
    E: ByCityGroup,
    sensitivity: Number,
) -> ByCityGroup:
    """Return g = g₀ k_g clip(S/S̄, 0.2, 5)^−h, scaled to an emission-weighted mean of g₀, CNY/t.

    Carbon-intensive producers have the lower MAC. `intensity` is t per 10⁴ CNY, S̄ the group's
    output-weighted mean; groups without output get their group's k alone.
    """
    output = np.divide(E, intensity, out=np.zeros_like(E), where=intensity > 0)
    total = output.sum(axis=0)
    average = np.divide(E.sum(axis=0), total, out=np.ones_like(total), where=total > 0)
    relative = np.where(intensity > 0, intensity / average, 1.0)
    g = by_group[..., None, :] * np.clip(relative, 0.2, 5.0) ** -wide(sensitivity)
    scale = E.sum() / (g * E).sum(axis=(-2, -1), keepdims=True)
    return np.asarray(g * (wide(mean) * scale), dtype=np.float64)


def learned(cumulated: Number, rate: Number) -> Number:
    """Return the factor on abatement cost after learning by doing, 1.

    (1 + Q)^log₂(1 − rate), with Q the abatement cumulated by all cities in Gt CO₂.
    """
    return np.power(1.0 + cumulated / 1e9, np.log2(1.0 - rate))
