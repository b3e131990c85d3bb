"""Traits of the cities: drawn once, before the first year."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Whole
from model.behaviour import RULES, assigned
from scenarios.world import MIX, Behaviour
from simulation.streams import Streams


@dataclass(frozen=True, slots=True)
class CityTraits:
    """Traits of the cities."""

    rule: Whole
    """Decision rule of a city, a position in `model.behaviour.RULES`; (c,)."""
    rationality: ByCity
    """λ; (c,)."""
    peer_pressure: ByCity
    """Share of the price, 1; (c,)."""
    has_target: ByCity
    """1 for a city with a target of its own, else 0; (c,)."""


def city_traits(behaviour: Behaviour, streams: Streams) -> CityTraits:
    """Return the traits that a scenario's spreads and shares make of the draws."""
    words = list(RULES)
    shares = behaviour.shares if behaviour.rule == MIX else {behaviour.rule: 1.0}
    return CityTraits(
        rule=assigned(shares, streams.rule, words),
        rationality=_spread(
            behaviour.rationality, behaviour.rationality_spread, streams.rationality
        ),
        peer_pressure=_spread(
            behaviour.peer_pressure, behaviour.peer_spread, streams.peer_pressure
        ),
        has_target=(streams.target < behaviour.target_share).astype(np.float64),
    )


def _spread(mean: float, sigma: float, normal: ByCity) -> ByCity:
    """Return a log-normal trait of a given mean, σ being that of its logarithm."""
    return mean * np.exp(sigma * normal - sigma**2 / 2)
