"""The rise of marginal cost with a step, r = b u − (1−b) ln(1−u), and its inverse."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import AnyArray, AnyFloats, ByCityLever, Refinements

PRECISION = 1e-13
"""Error of u at which a root counts as found, 1."""
ACROSS = np.linspace(0.0, 1.0, 9)[:, None]
"""Shares of the way from the least bend to the largest, at which the way to the root is tried."""
ALONG = np.linspace(0.1, 1.0, 10)
"""Shares of the way to the longest step, in −ln(1−u)."""
MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class MarginalCostInverse:
    """The curve for a bend b between 0 and 1; it starts at the origin with slope one.

    u is the share of what is left that a step abates: straight where b is one, and as steep towards
    u = 1 as a logarithm where b is zero.
    """

    bend: ByCityLever
    """b, 1; (c, m)."""
    logarithmic: ByCityLever
    """1−b, 1; (c, m)."""
    second: ByCityLever
    """Coefficient of r² in u, 1; (c, m)."""
    third: ByCityLever
    """The same of its third power, 1; (c, m)."""
    fourth: ByCityLever
    """The same of its fourth power, 1; (c, m)."""
    largest: ByCityLever
    """Largest u that is asked for, below one; (c, m)."""
    refinements: int | Refinements = 0
    """Newton steps that reach the exact root from the sum of these powers, of each run."""

    def at(self, u: AnyFloats) -> AnyFloats:
        """Return r, 1; (..., c, m)."""
        return self.bend * u - self.logarithmic * np.log1p(-u)

    def inverse(self, r: AnyFloats) -> tuple[AnyFloats, AnyFloats | float]:
        """Return u, and dr/du close to it, 1; (..., c, m) each.

        Newton's method from the first four terms of the inverse series, to 1e-12 of the root. The
        curve is convex: from the right no step passes the root, and none may pass `largest`.
        """
        u = self._start(r)
        slope: AnyFloats | float = 1.0
        asked = np.asarray(self.refinements)
        least = asked.min()
        for step in range(int(asked.max())):
            nearer, steepness = self.nearer(u, r)
            if step >= least:  # runs that ask for no more stay where they are
                nearer = np.where(asked > step, nearer, u)
                steepness = np.where(asked > step, steepness, slope)
            u, slope = nearer, steepness
        return u, slope

    def nearer(self, u: AnyFloats, r: AnyFloats) -> tuple[AnyFloats, AnyFloats]:
        """Return u after a step of Newton's method, and dr/du before it, 1; (..., c, m) each."""
        left = np.negative(u)
        gap = np.log1p(left)
        left += 1.0
        gap *= self.logarithmic
        slope = self.logarithmic / left
        slope += self.bend
        straight = np.multiply(self.bend, u, out=left)
        np.subtract(straight, gap, out=gap)
        gap -= r
        gap /= slope
        np.subtract(u, gap, out=gap)
        return np.minimum(gap, self.largest, out=gap), slope

    def each(self, change: Callable[[AnyArray], AnyArray]) -> "MarginalCostInverse":
        """Return the curves with every table changed: rows taken, or put in another shape."""
        refinements = self.refinements
        return MarginalCostInverse(
            change(self.bend),
            change(self.logarithmic),
            change(self.second),
            change(self.third),
            change(self.fourth),
            change(self.largest),
            change(refinements) if isinstance(refinements, np.ndarray) else refinements,
        )

    def _start(self, r: AnyFloats) -> AnyFloats:
        u = self.fourth * r
        u += self.third
        u *= r
        u += self.second
        u *= r
        u += 1.0
        u *= r
        return np.minimum(u, self.largest, out=u)


def marginal_cost_inverse(bend: ByCityLever, largest: ByCityLever) -> MarginalCostInverse:
    """Return the curve, ready to be inverted up to u = `largest`, which is below one."""
    return replace(_curve(bend, largest), refinements=_refinements(bend, largest))


def _curve(bend: AnyFloats, largest: AnyFloats) -> MarginalCostInverse:
    of_logarithm = 1.0 - bend
    second = of_logarithm / -2
    third = of_logarithm * (of_logarithm / 2 - 1 / 3)
    fourth = of_logarithm * (of_logarithm * (5 / 6 - 5 / 8 * of_logarithm) - 1 / 4)
    return MarginalCostInverse(bend, of_logarithm, second, third, fourth, largest)


def _refinements(bend: ByCityLever, largest: ByCityLever) -> int | Refinements:
    """Return the Newton steps that a sample of bends and steps takes, of each run."""
    least = bend.min(axis=(-2, -1), keepdims=True, initial=1.0)
    most = bend.max(axis=(-2, -1), keepdims=True, initial=0.0)
    farthest = largest.max(axis=(-2, -1), keepdims=True, initial=0.0)
    bends = np.repeat(least + (most - least) * ACROSS, len(ALONG), axis=-1)
    u = np.broadcast_to(-np.expm1(ALONG * np.log1p(-farthest)), bends.shape)
    sample = _curve(bends, np.broadcast_to(farthest, bends.shape))
    r = sample.at(u)
    found, _ = sample.inverse(r)
    asked = np.zeros(farthest.shape, dtype=np.int64)
    for _ in range(MOST_STEPS):
        missed = np.abs(found - u).max(axis=(-2, -1), keepdims=True) > PRECISION
        if not missed.any():
            break
        asked += missed
        found = sample.nearer(found, r)[0]
    return int(asked.max()) if asked.ndim == 2 or asked.min() == asked.max() else asked
