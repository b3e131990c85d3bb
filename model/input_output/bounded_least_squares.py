"""Least squares within bounds, for many close problems: the primal–dual active set method."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.optimize import lsq_linear

from model.arrays import AnyFloats

MOST_STEPS = 30
"""Changes of the active set before a slower method takes over; a handful is usual."""


def within_bounds(equations: AnyFloats, right: AnyFloats, bounds: tuple[float, float]) -> AnyFloats:
    """Return x that minimises ‖equations x − right‖² with bounds[0] ≤ x ≤ bounds[1].

    Each step solves the normal equations of the free variables, sets at a bound what lies beyond
    it, and frees what its multiplier pulls inside (Hintermüller, Ito and Kunisch 2002). It ends
    where the sets stay, at a point that meets the conditions of Karush, Kuhn and Tucker; should it
    go round in circles, bounded-variable least squares (Stark and Parker 1995) ends the search.

    Parameters
    ----------
    equations
        Of full column rank; (m, n).
    right
        (m,).
    """
    low, high = bounds
    normal, asked = equations.T @ equations, equations.T @ right
    count = asked.size
    at_low, at_high = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    x = np.zeros(count)
    for _ in range(MOST_STEPS):
        free = ~(at_low | at_high)
        x = np.where(at_low, low, np.where(at_high, high, 0.0))
        if free.any():
            known = asked[free] - normal[np.ix_(free, ~free)] @ x[~free]
            x[free] = cho_solve(cho_factor(normal[np.ix_(free, free)]), known)
        pull = asked - normal @ x  # above zero where more would be better
        below = np.where(at_low, pull < 0, x < low)
        above = np.where(at_high, pull > 0, x > high)
        if (below == at_low).all() and (above == at_high).all():
            return np.clip(x, low, high)
        at_low, at_high = below, above
    upper = cholesky(normal)
    projected = solve_triangular(upper, asked, trans=1)
    return np.asarray(lsq_linear(upper, projected, bounds, method="bvls").x)
