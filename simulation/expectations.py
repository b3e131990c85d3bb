"""Expected paths: what cities expect of every year, if they foresee the announced path."""

from dataclasses import dataclass

import numpy as np

from model.abatement.durable import PathYear, worth_in_later_years
from model.arrays import ByCityLever, Vector
from scenarios.scenario import Scenario
from simulation.forecast import Forecast
from simulation.state import State
from simulation.year import Traded

CLOSE = 0.02
"""Distance of expected from clearing prices at which a path counts as foreseen, share of the mean.
"""
MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class ExpectedPath:
    """What cities expect: the clearing price of each year, and what abatement spares later."""

    price: Vector
    """CNY/t; (t,)."""
    later: tuple[ByCityLever, ...]
    """Worth in later years of a tonne abated in each, CNY/t; (c, m) each."""

    def next_price(self, t: int) -> float:
        """Return the price expected in the year after t; that of the last year after it."""
        return float(self.price[min(t + 1, len(self.price) - 1)])


def first_guess(scenario: Scenario, cities: int, levers: int) -> ExpectedPath:
    """Return the path that everyone begins with: the reference price, and no later worth."""
    years = len(scenario.horizon.years)
    nothing = np.zeros((cities, levers))
    return ExpectedPath(
        np.full(years, scenario.behaviour.reference_price), tuple(nothing for _ in range(years))
    )


def path_year(forecast: Forecast, before: State, traded: Traded, price: float) -> PathYear:
    """Return a year as it turned out, for those who foresee it."""
    dR, mac, R = traded.day.dR, forecast.mac, traded.state.abatement
    room = mac.supply(before.abatement, forecast.own, forecast.trend).room
    return PathYear(
        trend=forecast.trend,
        gain=price * forecast.own - mac.marginal_cost(R, np.zeros_like(R)),
        stepped=mac.adjustment / mac.pace * dR,
        free=(dR > 1e-9) & (dR < room - 1e-9),
    )


def revised(
    path: ExpectedPath,
    found: dict[int, PathYear],
    prices: Vector,
    discount: float,
    weight: float,
) -> tuple[ExpectedPath, float]:
    """Return the path moved by `weight` towards what it led to, and how far off it was, 1.

    Years without a price keep theirs.
    """
    seen = np.where(np.isnan(prices), path.price, prices)
    off = float(np.abs(seen - path.price).max() / max(float(seen.mean()), 1.0))
    later = list(path.later)
    years = sorted(found)
    for t, worth in zip(
        years, worth_in_later_years([found[t] for t in years], discount), strict=True
    ):
        later[t] = later[t] + weight * (worth - later[t])
    return ExpectedPath(path.price + weight * (seen - path.price), tuple(later)), off
