"""Least squares within bounds for years whose equations are one matrix, scaled anew in each."""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from model.arrays import (
    BetweenRegions,
    ByYear,
    ByYearRegion,
    Indices,
    Matrix,
    Square,
    Vector,
    YearMask,
    YearRegionMask,
)
from model.input_output.bounded_least_squares import MOST_STEPS, within_bounds

FIRST_LOOK = 1e-3
"""Residual at which the first step ends, relative to the right-hand side: it only tells sides. Each
step after it ends with twice as many right digits as the one before."""
TOLERANCE = 1e-14
"""Residual at which the last steps end."""
MOST_DIRECTIONS = 60
"""Directions that a step may take; ten are usual."""


@dataclass(frozen=True, slots=True)
class ScaledEquations:
    """Equations rows[t,r] · Σ_s G[r,s] columns[t,s] x[t,s] = right[t,r], and pull · x = pull."""

    G: BetweenRegions
    """(r, s)."""
    rows: ByYearRegion
    """(t, r)."""
    columns: ByYearRegion
    """(t, s)."""
    right: ByYearRegion
    """(t, r)."""
    pull: float

    def of(self, years: Indices) -> "ScaledEquations":
        """Return the equations of some years."""
        rows, columns, right = self.rows[years], self.columns[years], self.right[years]
        return ScaledEquations(self.G, rows, columns, right, self.pull)

    @property
    def asked(self) -> ByYearRegion:
        """Right-hand sides of the normal equations; (t, s)."""
        return self.columns * ((self.rows * self.right) @ self.G) + self.pull**2

    def normal(self, x: ByYearRegion) -> ByYearRegion:
        """Return left-hand sides of the normal equations; (t, s)."""
        reached = self.rows**2 * ((self.columns * x) @ self.G.T)
        return self.columns * (reached @ self.G) + self.pull**2 * x

    def in_full(self, year: int) -> tuple[Matrix, Vector]:
        """Return the equations of a year, (r + s, s), and their right-hand sides, (r + s,)."""
        pulls = np.full(self.G.shape[1], self.pull)
        scaled = self.rows[year][:, None] * self.G * self.columns[year]
        return np.vstack([scaled, np.diag(pulls)]), np.concatenate([self.right[year], pulls])

    def factor(self, year: int) -> tuple[Square, bool]:
        """Return the Cholesky factor of a year's normal equations, as `cho_solve` takes it."""
        scaled = self.rows[year][:, None] * self.G * self.columns[year]
        normal = scaled.T @ scaled
        normal[np.diag_indices_from(normal)] += self.pull**2
        return cho_factor(normal, overwrite_a=True, check_finite=False)


def years_within_bounds(years: ScaledEquations, bounds: tuple[float, float]) -> ByYearRegion:
    """Return for each year the x within bounds that leaves the least squares; (t, s).

    The primal–dual active set method of `within_bounds`, for all years at once. The free numbers
    of a step are found by conjugate gradients (Hestenes and Stiefel 1952), which need no matrix of
    a year: two products with G serve all. The factor of the middle year's normal equations
    preconditions them, and ten directions take any year to the last digits. Each year ends on its
    own, where its sets stay; one that does not is solved by itself.
    """
    low, high = bounds
    factor, asked = years.factor(len(years.rows) // 2), years.asked
    x = cho_solve(factor, asked.T, check_finite=False).T
    at_low, at_high = np.zeros(x.shape, dtype=bool), np.zeros(x.shape, dtype=bool)
    left, tolerance = np.arange(len(x)), FIRST_LOOK
    for _ in range(MOST_STEPS):
        down, up = at_low[left], at_high[left]
        start = np.where(down, low, np.where(up, high, x[left]))
        found, pull, near = _of_free(
            years.of(left), asked[left], start, ~(down | up), factor, tolerance
        )
        below = np.where(down, pull < 0, found < low)
        above = np.where(up, pull > 0, found > high)
        stays = near & (below == down).all(axis=1) & (above == up).all(axis=1)
        x[left], at_low[left], at_high[left] = found, below, above
        left = left[~stays] if tolerance == TOLERANCE else left
        tolerance = max(tolerance**2, TOLERANCE)
        if not left.size:
            break
    x = np.clip(x, low, high)
    for year in left:
        x[year] = within_bounds(*years.in_full(int(year)), bounds)
    return x


def _of_free(
    years: ScaledEquations,
    asked: ByYearRegion,
    x: ByYearRegion,
    free: YearRegionMask,
    factor: tuple[Square, bool],
    tolerance: float,
) -> tuple[ByYearRegion, ByYearRegion, YearMask]:
    """Return x with free numbers solved, what the normal equations leave, and which years are."""
    enough = tolerance**2 * _dot(asked, asked)
    residual = (asked - years.normal(x)) * free
    direction, before = np.zeros_like(x), np.ones(len(x))
    for _ in range(MOST_DIRECTIONS):
        active = _dot(residual, residual) > enough
        if not active.any():
            break
        better = cho_solve(factor, residual.T, check_finite=False).T * free
        product = _dot(residual, better)
        direction = better + _over(product, before, active)[:, None] * direction
        before = product
        image = years.normal(direction)
        step = _over(product, _dot(direction, image), active)[:, None]
        x = x + step * direction
        residual = residual - step * image * free
    return x, asked - years.normal(x), _dot(residual, residual) <= enough


def _dot(u: ByYearRegion, v: ByYearRegion) -> ByYear:
    return np.einsum("ts,ts->t", u, v)


def _over(above: ByYear, below: ByYear, active: YearMask) -> ByYear:
    return np.divide(above, below, out=np.zeros_like(above), where=active & (below > 0))
