"""A nearly straight curve, r = (1−b) y + b (1 − e⁻ʸ), and its inverse."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import AnyArray, AnyFloats, ByCityLever, Refinements


@dataclass(frozen=True, slots=True)
class MarginalCostInverse:
    """The curve for a bend b between 0 and 1; it starts at the origin with slope one."""

    bend: ByCityLever
    """b, 1; (c, m)."""
    straight: ByCityLever
    """1−b, 1; (c, m)."""
    second: ByCityLever
    """Coefficient of r² in y, 1; (c, m)."""
    third: ByCityLever
    """The same of its third power, 1; (c, m)."""
    fourth: ByCityLever
    """The same of its fourth power, 1; (c, m)."""
    refinements: int | Refinements
    """Newton steps that reach the exact root from the sum of these powers, of each run."""

    def at(self, y: AnyFloats) -> AnyFloats:
        """Return r, 1; (..., c, m)."""
        return self.straight * y - self.bend * np.expm1(-y)

    def inverse(self, r: AnyFloats) -> tuple[AnyFloats, AnyFloats | float]:
        """Return y, and dr/dy close to it, 1; (..., c, m) each.

        Newton's method from the first four terms of the inverse series, to 1e-12 of the root.
        """
        y, slope = self._start(r), 1.0
        asked = np.asarray(self.refinements)
        least = asked.min()
        for step in range(int(asked.max())):
            fallen = np.expm1(-y)
            fallen *= self.bend
            gap = self.straight * y
            gap -= fallen
            gap -= r
            rising = np.add(fallen, 1.0, out=fallen)
            gap /= rising
            if step >= least:  # runs that ask for no more stay where they are
                gap *= asked > step
                rising = np.where(asked > step, rising, slope)
            y -= gap
            slope = rising
        return y, slope

    def each(self, change: Callable[[AnyArray], AnyArray]) -> "MarginalCostInverse":
        """Return the curves with every table changed: rows taken, or put in another shape."""
        refinements = self.refinements
        return MarginalCostInverse(
            change(self.bend),
            change(self.straight),
            change(self.second),
            change(self.third),
            change(self.fourth),
            change(refinements) if isinstance(refinements, np.ndarray) else refinements,
        )

    def _start(self, r: AnyFloats) -> AnyFloats:
        y = self.fourth * r
        y += self.third
        y *= r
        y += self.second
        y *= r
        y += 1.0
        y *= r
        return y


ACROSS = np.linspace(0.0, 1.0, 9)[:, None]
"""Shares of the way from the least bend to the largest."""
ALONG = np.linspace(0.1, 1.0, 10)
"""Shares of the way to the farthest y."""


def marginal_cost_inverse(bend: ByCityLever, farthest: ByCityLever) -> MarginalCostInverse:
    """Return the curve, ready to be inverted up to y = `farthest`."""
    least = bend.min(axis=(-2, -1), keepdims=True, initial=1.0)
    most = bend.max(axis=(-2, -1), keepdims=True, initial=0.0)
    along = ALONG * farthest.max(axis=(-2, -1), keepdims=True, initial=0.0)
    sample = _curve(least + (most - least) * ACROSS)
    missed, _ = sample.inverse(sample.at(along))
    error = np.abs(missed - along).max(axis=(-2, -1))
    curvature = np.broadcast_to(most[..., 0, 0] / 2, error.shape)
    each = [_refinements(*of) for of in zip(error.flat, curvature.flat, strict=True)]
    if min(each) == max(each):
        return _curve(bend, each[0])
    return _curve(bend, np.array(each, dtype=np.int64).reshape(*error.shape, 1, 1))


def _curve(bend: ByCityLever, refinements: int | Refinements = 0) -> MarginalCostInverse:
    second = bend / 2
    third = second * (bend - 1 / 3)
    fourth = second * (5 * second * (second - 1 / 3) + 1 / 12)
    return MarginalCostInverse(bend, 1.0 - bend, second, third, fourth, refinements)


def _refinements(error: float, curvature: float) -> int:
    """Return the Newton steps after which an error in y is below 1e-12.

    Each leaves at most `curvature`, half the bend, times the square of the error e, and at most
    e − 1 + exp(−e), as it does where the bend is one.
    """
    steps = 0
    while error > 1e-12:
        error = min(curvature * error**2, error + math.expm1(-error))
        steps += 1
    return steps
