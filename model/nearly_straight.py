"""A nearly straight curve, r = (1−b) y + b (1 − e⁻ʸ), and its inverse."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import AnyFloats, ByCityLever, Steps


@dataclass(frozen=True, slots=True)
class NearlyStraight:
    """The curve for a bend b between 0 and 1; it starts at the origin with slope one."""

    bend: ByCityLever
    """b, 1; (c, m)."""
    straight: ByCityLever
    """1−b, 1; (c, m)."""
    second: ByCityLever
    """What the square of r adds to y, 1; (c, m)."""
    third: ByCityLever
    """The same of its third power, 1; (c, m)."""
    fourth: ByCityLever
    """The same of its fourth power, 1; (c, m)."""
    refinements: int
    """Newton steps that reach the exact root from the sum of these powers."""

    def at(self, y: AnyFloats) -> AnyFloats:
        """Return r, 1; (..., c, m)."""
        return self.straight * y - self.bend * np.expm1(-y)

    def inverse(self, r: Steps) -> tuple[Steps, Steps | float]:
        """Return y, and dr/dy close to it, 1; (..., c, m) each.

        Newton's method from the first four terms of the inverse series, to 1e-12 of the root.
        """
        y, slope = self._start(r), 1.0
        for _ in range(self.refinements):
            fallen = np.expm1(-y)
            fallen *= self.bend
            gap = self.straight * y
            gap -= fallen
            gap -= r
            slope = np.add(fallen, 1.0, out=fallen)
            gap /= slope
            y -= gap
        return y, slope

    def each(self, change: Callable[[ByCityLever], ByCityLever]) -> "NearlyStraight":
        """Return the curves with every table changed: rows taken, or put in another shape."""
        return NearlyStraight(
            change(self.bend),
            change(self.straight),
            change(self.second),
            change(self.third),
            change(self.fourth),
            self.refinements,
        )

    def _start(self, r: Steps) -> Steps:
        y = self.fourth * r
        y += self.third
        y *= r
        y += self.second
        y *= r
        y += 1.0
        y *= r
        return y


def nearly_straight(bend: ByCityLever, farthest: ByCityLever) -> NearlyStraight:
    """Return the curve, ready to be inverted up to y = `farthest`, where the series is worst."""
    second = bend / 2
    third = second * (bend - 1 / 3)
    fourth = second * (5 * second * (second - 1 / 3) + 1 / 12)
    curve = NearlyStraight(bend, 1.0 - bend, second, third, fourth, refinements=0)
    missed, _ = curve.inverse(curve.at(farthest))
    error = float(np.abs(missed - farthest).max(initial=0))
    return replace(curve, refinements=_refinements(error, float(second.max(initial=0))))


def _refinements(error: float, curvature: float) -> int:
    """Return the Newton steps after which an error in y is below 1e-12.

    Each leaves at most `curvature`, half the bend, times the square of the error.
    """
    steps = 0
    while error > 1e-12:
        error = min(curvature * error**2, error / 2)
        steps += 1
    return steps
