"""Mean-field theory of conditional cooperation: how many ride free where all meet all.

In a mixed population a share x rides free. Riding saves a city g (the payoff of free-riding less
that of mitigating where nobody disapproves, ÷ reference price × need) and costs it the disapproval
peer · π · (1 − x), with π the believed over the reference price: E7 of the model's description.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from model.arrays import ByYearRegion


@dataclass(frozen=True, slots=True)
class Stakes:
    """Savings by riding free where nobody disapproves, and weight of disapproval; (t, c)."""

    complying: ByYearRegion
    """g of cities that have complied ever since, 1."""
    riding: ByYearRegion
    """g of cities that have ridden free ever since: they have more to catch up with, 1."""
    price: ByYearRegion
    """π, 1."""


def logit_step(x: float, stakes: Stakes, t: int, peer: float, rationality: float) -> float:
    """Return the share of free-riders in year t after a share x in the year before.

    Each city rides with probability 1 / (1 + exp(−λ (g − peer π (1 − x)))): McFadden (1974),
    Brock & Durlauf (2001). Those who rode last year weigh the g of riders, the others that of
    compliers; a convert counts as caught up after a year.
    """
    disapproval = peer * stakes.price[t] * (1.0 - x)
    stays = expit(rationality * (stakes.riding[t] - disapproval)).mean()
    turns = expit(rationality * (stakes.complying[t] - disapproval)).mean()
    return float(x * stays + (1.0 - x) * turns)


def imitation_step(
    x: float, stakes: Stakes, t: int, peer: float, selection: float, mutation: float
) -> float:
    """Return the share of free-riders in year t after a share x in the year before.

    (1 − μ) [x + x (1 − x) tanh(κ Δ / 2)] + μ / 2, with Δ = g − peer π (1 − x) as the year before
    brought it: pairwise comparison (Traulsen, Nowak & Pacheco 2006) with mutation between two
    actions.
    """
    lead = stakes.complying[t - 1] - peer * stakes.price[t - 1] * (1.0 - x)
    pull = np.tanh(selection * lead / 2).mean()
    return float((1 - mutation) * (x + x * (1 - x) * pull) + mutation / 2)
