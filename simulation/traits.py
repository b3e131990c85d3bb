"""Traits of the cities: drawn once, before the first year."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Number, Whole
from model.behaviour import RULES, assigned
from model.behaviour.perception import fiscal_capacity, perceived_audit
from scenarios.scenario import Scenario
from scenarios.world import MIX
from simulation.city_facts import CityFacts
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
    audit: ByCity
    """Probability of detection that a city expects for a small concealment, 1; (c,)."""


def city_traits(scenario: Scenario, facts: CityFacts, streams: Streams) -> CityTraits:
    """Return the traits that a scenario's spreads and shares make of the draws and of figures."""
    behaviour, words = scenario.behaviour, list(RULES)
    shares = behaviour.shares if behaviour.rule == MIX else {behaviour.rule: 1.0}
    return CityTraits(
        rule=assigned(shares, streams.rule, words),
        rationality=_spread(
            behaviour.rationality, behaviour.rationality_spread, streams.rationality
        ),
        peer_pressure=fiscal_capacity(
            facts.value_added, facts.population, behaviour.fiscal_elasticity
        )
        * _spread(behaviour.peer_pressure, behaviour.peer_spread, streams.peer_pressure),
        has_target=(streams.target < behaviour.target_share).astype(np.float64),
        audit=perceived_audit(
            scenario.compliance.audit,
            facts.visibility,
            behaviour.audit_visibility,
            streams.perceived_audit,
            behaviour.audit_spread,
        ),
    )


def _spread(mean: Number, sigma: Number, normal: ByCity) -> ByCity:
    """Return a log-normal trait of a given mean, σ being that of its logarithm."""
    return mean * np.exp(sigma * normal - sigma**2 / 2)
