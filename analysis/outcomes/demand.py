"""Outcomes of final demand: lost to shortages of quota, or moved to consumption."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def of_demand(run: OneRun, shares: np.ndarray, of: np.ndarray | None = None) -> float:
    """Return the mean of shares over some cities, weighted by demand in the base year, %."""
    weight = run.cities.demand if of is None else run.cities.demand * of
    return ratio(float((shares * weight).sum()), float(weight.sum())) * 100


DEMAND = (
    Outcome("demand_lost", "Final demand lost to shortage of quota in the last year", "%", "lower",
            2, lambda run: of_demand(run, 1.0 - run["demand_kept"][-1]), always=False),
    Outcome("demand_shifted", "Final demand moved to consumption in the last year", "%", "neither",
            2, lambda run: of_demand(run, run["demand_shift"][-1]), always=False),
)  # fmt: skip
