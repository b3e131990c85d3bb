"""Worth of abatement in later years: what a step taken today spares those to come.

Abatement lasts, but its adjustment cost is paid once. Along an expected path, the step dR that
maximises Σ βᵗ E_t [p_t own R_t − c(R_t) − k dR_t²/2] satisfies, with μ_t the worth of a share of
abatement at the end of year t,

    E_t (p_t own − c'(R_t) − k dR_t) + μ_t = 0        0 < dR_t < room
    μ_t = β E_{t+1} k dR_{t+1}                         where next year's step is free
    μ_t = β [E_{t+1} (p_{t+1} own − c'(R_{t+1})) + μ_{t+1}]    where it is not
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import AnyMask, ByCityLever


@dataclass(frozen=True, slots=True)
class PathYear:
    """A year of a path, as far as abatement before it has a worth in it."""

    trend: ByCityLever
    """E, t; (c, m)."""
    gain: ByCityLever
    """p own − c'(R): worth of a tonne abated less what it costs to run, CNY/t; (c, m)."""
    stepped: ByCityLever
    """k dR: what the last tonne of the year's step cost once, CNY/t; (c, m)."""
    free: AnyMask
    """True where the step could have been longer or shorter; (c, m)."""


def worth_in_later_years(years: list[PathYear], discount: float) -> list[ByCityLever]:
    """Return what a tonne abated in each year is worth in all later ones, CNY/t; (c, m) each.

    μ_t ÷ E_t, by β = `discount`; nothing after the last year.
    """
    later = np.zeros_like(years[-1].trend)
    worth = [later]
    for now, then in zip(years[-2::-1], years[:0:-1], strict=True):
        each = np.where(then.free, then.stepped, then.gain + later)
        of_now = discount * then.trend * each
        later = np.divide(of_now, now.trend, out=np.zeros_like(of_now), where=now.trend > 0)
        worth.append(later)
    return worth[::-1]
