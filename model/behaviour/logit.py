"""Logit choice among open actions, with inertia."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Actions, ByCity, ByCityAndAny, Cities, Number, Payoffs, Whole
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import chosen, payoffs
from model.registry import parameter


@dataclass(frozen=True, slots=True)
class Logit:
    """Parameters of logit."""

    inertia: float = parameter(
        0.2,
        "1",
        "assumed",
        "Probability that a logit city keeps last year's action.",
        ge=0,
        lt=1,
        bounds="a probability short of never choosing",
    )


@dataclass(frozen=True, slots=True)
class Chance:
    """Uniform draws in [0, 1) that a decision may use; one a city."""

    choice: ByCity
    inertia: ByCity

    def row(self, city: int) -> "Chance":
        """Return the draws of one city, as arrays of one."""
        return self.rows(slice(city, city + 1))

    def rows(self, cities: slice | Whole) -> "Chance":
        """Return the draws of some cities."""
        return Chance(self.choice[cities], self.inertia[cities])


def probabilities(utility: Payoffs, scale: ByCity, rationality: ByCity | Number) -> Payoffs:
    """Return P(action) ∝ exp(λ U / scale), 1; (c, 4). McFadden (1974).

    `scale` is in the unit of `utility`, `rationality` is λ per unit of that quotient, of each city
    or of all. An action with utility −∞ has probability 0.
    """
    sharpness = np.asarray(rationality)[..., None]
    is_open = np.isfinite(utility)
    behind = np.where(is_open, utility - utility.max(axis=-1, keepdims=True), 0.0)
    weight = np.where(is_open, np.exp(sharpness * behind / scale[..., None]), 0.0)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True), dtype=np.float64)


def drawn(probability: ByCityAndAny, uniform: ByCity) -> Actions:
    """Return the column that a uniform draw in [0, 1) picks from each row; never an empty one."""
    passed = uniform[..., None] >= np.cumsum(probability, axis=-1)[..., :-1]
    last_open = probability.shape[-1] - 1 - np.argmax(probability[..., ::-1] > 0, axis=-1)
    return np.minimum(passed.sum(axis=-1), last_open).astype(np.int64)


def kept(last: Actions, probability: Payoffs, uniform: ByCity, inertia: Number) -> Cities:
    """Return who keeps last year's choice: with probability `inertia`, if it is still open."""
    column = np.clip(last, 0, probability.shape[-1] - 1)
    still_open = (last == column) & (chosen(probability, column) > 0)
    return still_open & (uniform < inertia)


def logit(outlook: Outlook, chance: Chance, parameters: Logit) -> Actions:
    """Return each city's choice: logit among expected payoffs, or last year's by inertia; (c,)."""
    probability = probabilities(payoffs(outlook), outlook.scale, outlook.rationality)
    keeps = kept(outlook.last_choice, probability, chance.inertia, parameters.inertia)
    return np.where(keeps, outlook.last_choice, drawn(probability, chance.choice))
