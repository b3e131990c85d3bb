"""A spatial price equilibrium: what a tonne is worth at every node of a graph, and what flows."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from model.arrays import BetweenCities, ByCity, Indices, Mask, Vector

PRECISION = 1e-9
"""Error in the balance of all nodes, as a share of what they need and offer."""
STEPS = 80
"""Most steps of Newton's method; a dozen do as a rule."""
FLAT = 1e-6
"""Least slope of a schedule in a step of it, as a share of all amounts per CNY/t."""
LONGEST = 50.0
"""Longest step of it, CNY/t."""
LEFT_OVER = 0.3
"""Slope of the function left along a step of it, as a share of that at its beginning."""
TRIES = 20
"""Most parts of a step that are tried."""
Excess = Callable[[ByCity], tuple[ByCity, ByCity]]
"""What each node takes over at a worth of its own, t, and how that falls with it, t per CNY/t."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Pairs of linked nodes, each pair once: quota flows either way."""

    one: Indices
    other: Indices
    """Always a later node than `one`."""
    kappa: Vector
    """Flow per CNY/t of gain, t."""
    tau: float
    """τ, which seller and buyer each pay, CNY/t."""
    nodes: int

    @classmethod
    def along(cls, kappa: BetweenCities, tau: float) -> "Channels":
        """Return the pairs of a symmetric matrix of κ, t per CNY/t."""
        one, other = np.nonzero(kappa)
        once = one < other
        one, other = one[once], other[once]
        return cls(one, other, kappa[one, other], tau, len(kappa))

    def scaled(self, times: float) -> "Channels":
        """Return pairs that carry so many times as much."""
        return replace(self, kappa=self.kappa * times)

    def rise(self, worth: ByCity) -> Vector:
        """Return by how much more a tonne is worth to the other of each pair, CNY/t."""
        return worth.take(self.other) - worth.take(self.one)

    def flows(self, worth: ByCity) -> Vector:
        """Return what flows from one to the other of each pair, or back (negative), t."""
        rise, cost = self.rise(worth), 2 * self.tau
        return self.kappa * (np.maximum(rise - cost, 0.0) + np.minimum(rise + cost, 0.0))

    def inflow(self, worth: ByCity) -> ByCity:
        """Return what flows into each node less what flows out of it, t; (c,)."""
        flows, nodes = self.flows(worth), self.nodes
        return np.bincount(self.other, flows, nodes) - np.bincount(self.one, flows, nodes)

    def slopes(self, worth: ByCity, own: ByCity) -> BetweenCities:
        """Return how inflow moves with every worth, on and above the diagonal; (c, c).

        `own` is added on the diagonal.
        """
        open_: Mask = np.abs(self.rise(worth)) > 2 * self.tau
        one, other, kappa = self.one[open_], self.other[open_], self.kappa[open_]
        slopes = np.zeros((self.nodes, self.nodes))
        slopes[one, other] = -kappa
        through = np.bincount(one, kappa, self.nodes) + np.bincount(other, kappa, self.nodes)
        slopes.ravel()[:: self.nodes + 1] = own + through
        return slopes


def balanced(
    excess: Excess, channels: Channels, start: ByCity, amount: float
) -> tuple[ByCity, float]:
    """Return worths at which all balance (c,), by Newton's method, and what is left unbalanced, t.

    They minimise a convex function, whose gradient is the balance with its sign turned: along each
    step it is followed to where it no longer falls.
    """

    def balance(worth: ByCity) -> tuple[ByCity, ByCity]:
        taken, fall = excess(worth)
        return taken - channels.inflow(worth), fall

    worth = start
    left, fall = balance(worth)
    for _ in range(STEPS):
        if np.abs(left).sum() <= PRECISION * amount:
            break
        step = _solved(channels.slopes(worth, np.maximum(fall, FLAT * amount)), left)
        step *= min(LONGEST / np.abs(step).max(), 1.0)
        gain, low, high, part = float(left @ step), 0.0, 1.0, 1.0
        before, after = gain, -np.inf
        for _ in range(TRIES):
            there, fall = balance(worth + part * step)
            still = float(there @ step)
            if (part == 1.0 and still >= 0.0) or abs(still) <= LEFT_OVER * gain:
                break
            if still > 0:
                low, before = part, still
            else:
                high, after = part, still
            within = min(max(before / (before - after), 0.1), 0.9)
            part = low + within * (high - low)
        worth, left = worth + part * step, there
    return worth, float(np.abs(left).sum())


def _solved(slopes: BetweenCities, left: ByCity) -> ByCity:
    """Return the step that a positive definite matrix of slopes calls for, CNY/t; (c,)."""
    factor = cho_factor(slopes.T, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, left, check_finite=False))
