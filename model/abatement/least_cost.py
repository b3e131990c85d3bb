"""The least-cost path: abatement that a planner who knows every year would choose.

min Σ βᵗ E_t [c(R_t) + k dR_t²/2], c(R) = g [(1−R) ln(1−R) + R], subject to the cap of each year, or
to the caps of all years so far if quota may be banked. Its shadow prices are those of a market of
cities with perfect foresight (Montgomery 1972; with banking Rubin 1996).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from model.abatement.mac import running_share
from model.arrays import AnyFloats, Vector

ROUNDS = 12
"""Rounds of the augmented Lagrangian."""
CLOSE = 1e-4
"""Emissions beyond a cap that count as none, share of it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A problem of a planner: cells are levers of cities."""

    trend: AnyFloats
    """E, emissions without abatement by year and cell, t; (t, n)."""
    steepness: AnyFloats
    """g, CNY/t; (t, n)."""
    slope: float
    """k: rise of marginal cost with the year's step, CNY/t."""
    room: float
    """Longest step of a year, 1."""
    caps: Vector
    """t; (t,)."""
    discount: float
    """β."""
    banking: bool


@dataclass(frozen=True, slots=True)
class LeastCost:
    """The least-cost path."""

    abatement: AnyFloats
    """R, 1; (t, n)."""
    price: Vector
    """Shadow price of each year's cap, CNY/t of that year; (t,)."""
    cost: Vector
    """Running and adjustment cost, CNY; (t,)."""
    emissions: Vector
    """t; (t,)."""


def least_cost(asked: Planned) -> LeastCost:
    """Return the path of least discounted cost, by augmented Lagrangian and L-BFGS-B.

    Raises
    ------
    ValueError
        If the caps cannot be met with the steps that are possible.
    """
    years, cells = asked.trend.shape
    scale = float(asked.caps.mean())
    E = asked.trend / scale
    limit = asked.caps / scale
    weight = asked.discount ** np.arange(years)
    multiplier, stiffness = np.zeros(years), 50.0 * float(asked.steepness.mean())
    dR = np.full((years, cells), 1e-3)

    def gap(R: AnyFloats) -> Vector:
        over: Vector = (E * (1.0 - R)).sum(axis=1) - limit
        return np.cumsum(over) if asked.banking else over

    def lagrangian(flat: Vector) -> tuple[float, Vector]:
        step = flat.reshape(years, cells)
        R = np.minimum(np.cumsum(step, axis=0), 1.0 - 1e-9)
        left = 1.0 - R
        log = np.log(left)
        cost = E * (asked.steepness * (left * log + R) + asked.slope / 2 * step**2)
        push = np.maximum(multiplier + stiffness * gap(R), 0.0)
        value = float(weight @ cost.sum(axis=1)) + float((push**2).sum()) / (2 * stiffness)
        of_year = np.cumsum(push[::-1])[::-1] if asked.banking else push
        of_R = E * (-weight[:, None] * asked.steepness * log - of_year[:, None])
        of_step = np.cumsum(of_R[::-1], axis=0)[::-1] + weight[:, None] * E * asked.slope * step
        return value, of_step.ravel()

    bounds = [(0.0, asked.room)] * dR.size
    for _ in range(ROUNDS):
        found = minimize(lagrangian, dR.ravel(), jac=True, method="L-BFGS-B", bounds=bounds,
                         options={"maxiter": 500, "maxfun": 1000, "maxcor": 20})  # fmt: skip
        dR = found.x.reshape(years, cells)
        R = np.cumsum(dR, axis=0)
        over = gap(R)
        multiplier = np.maximum(multiplier + stiffness * over, 0.0)
        if over.max() <= CLOSE:
            break
    else:
        raise ValueError(f"the caps are missed by {100 * over.max():.2f} %; lower the cut")
    push = np.cumsum(multiplier[::-1])[::-1] if asked.banking else multiplier
    running = asked.steepness * running_share(R)
    return LeastCost(
        abatement=R,
        price=push / weight,
        cost=(asked.trend * (running + asked.slope / 2 * dR**2)).sum(axis=1),
        emissions=(asked.trend * (1.0 - R)).sum(axis=1),
    )
