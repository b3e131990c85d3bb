"""Foreseeing: runs repeated until cities expect what then happens (Muth 1961)."""

from collections.abc import Callable

import mesa
import numpy as np

from scenarios.scenario import Scenario
from simulation.expectations import CLOSE, MOST_ROUNDS, ExpectedPath, first_guess, revised
from simulation.quota_model import QuotaModel
from simulation.sound_numbers import sound


def weight(done: int) -> float:
    """Return the share of the way that expectations move towards what a round led to.

    Ever less, as choices turn over at a price and prices with them.
    """
    return 1.0 / (2.0 + done / 3.0)


def foreseen(
    model_of: Callable[[ExpectedPath | None], QuotaModel],
    scenario: Scenario,
    cities: int,
    groups: int,
) -> ExpectedPath:
    """Return the path of prices and later worth that, expected by all, comes about.

    Up to `MOST_ROUNDS` runs to the horizon; how far the last was off is in the results, as the
    distance of `price` from `expected_price`.
    """
    levers = groups + int(scenario.abatement.demand_lever)
    path = first_guess(scenario, cities, levers)
    for done in range(MOST_ROUNDS):
        model = model_of(path)
        for year in scenario.horizon.years[model.first :]:
            with sound(scenario, year):
                model.step()
        prices = np.concatenate([path.price[: model.first], model.recorder.national["price"]])
        lived = model.lived
        release(model)
        path, off = revised(path, lived, prices, scenario.behaviour.discount, weight(done))
        if off <= CLOSE:
            break
    return path


def release(model: QuotaModel) -> None:
    """Let a finished model go: mesa 3.3 keeps every model in a table of agent numbers."""
    numbers = getattr(mesa.Agent, "_ids", None)
    if numbers is not None:
        numbers.pop(model, None)
