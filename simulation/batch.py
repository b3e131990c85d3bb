"""Runs that advance together: which can."""

from collections.abc import Sequence
from dataclasses import dataclass

from model.abatement.best_practice import PAYERS
from model.allocation import RULES as ALLOCATION
from model.behaviour import CITIES, PLAIN_CITY
from model.behaviour import RULES as BEHAVIOUR
from model.footprints.demand_shift import GROWTH_MIXES
from model.market.institutions import INSTITUTIONS
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.payers import AID_PAYERS
from scenarios.scenario import Scenario
from scenarios.world import MIX, Behaviour

AT_ONCE = 16
"""Runs that advance together: so many arrays of cities still fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class Case:
    """A run to do: a scenario and its chance."""

    scenario: Scenario
    seed: int
    replication: int


def decision_rules(behaviour: Behaviour) -> Sequence[str]:
    """Return the decision rules that cities follow."""
    return (*behaviour.shares,) if behaviour.rule == MIX else (behaviour.rule,)


def can_share(scenario: Scenario) -> bool:
    """Return whether runs of a scenario can advance together, or go one by one.

    One by one go runs whose cities decide by a method or a rule of their own, or give by contract:
    each city is asked for itself. So do those that foresee a path, which run the years
    several times until it holds, each as often as it needs.
    """
    transfer, market, behaviour = scenario.transfer, scenario.market, scenario.behaviour
    words = (
        (ALLOCATION, scenario.allocation.rule),
        (PLACEMENTS, transfer.placement),
        (DISTRIBUTIONS, transfer.distribution),
        (MERITS, transfer.bonus_for),
        (AID_PAYERS, transfer.paid_by),
        (INSTITUTIONS, market.institution),
        (PAYERS, scenario.programme.paid_by),
        (GROWTH_MIXES, transfer.growth_mix),
    )
    return (
        all(word not in registry or registry.entry(word).built_in for registry, word in words)
        and behaviour.city == PLAIN_CITY
        and CITIES.entry(PLAIN_CITY).built_in
        and all(BEHAVIOUR.entry(word).built_in for word in decision_rules(behaviour))
        and not (scenario.contract.allowed or scenario.foresees)
    )
