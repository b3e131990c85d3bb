"""Enforcement that depends on what happened before: fines by past prices, audits of the caught."""

import numpy as np

from model.arrays import ByCity, Number, Whole
from model.quota.compliance import fine_price
from scenarios.policy import Compliance
from scenarios.scenario import Scenario
from simulation.state import State


def watched_audit(audit: ByCity, watched: Whole, law: Compliance) -> ByCity:
    """Return the probability of detection, larger for who was found concealing lately, 1; (c,)."""
    return np.where(watched > 0, np.maximum(audit, law.reaudit), audit)


def announced_fine_price(scenario: Scenario, state: State) -> Number | None:
    """Return the price that the year's fines are measured by, CNY/t, if it is announced."""
    if scenario.compliance.fine_price != "announced":
        return None
    return fine_price(state.recent_prices, scenario.behaviour.reference_price)
