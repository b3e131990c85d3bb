"""Outcomes for the climate: what is emitted, and how far above the cap."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def _last_emissions(run: OneRun) -> float:
    return float(np.nansum(run["emissions"][-1])) / 1e9


def _over_cap(run: OneRun) -> float:
    """Return liability over the cap, of the years that have a cap, %."""
    liability, cap = run.national["liability"], run.national["cap"]
    capped = ~np.isnan(cap)
    return (ratio(float(liability[capped].sum()), float(cap[capped].sum())) - 1) * 100


def _off_cap(run: OneRun) -> float:
    """Return how far the last year's liability is from its cap, on either side, %."""
    return abs(ratio(run.national.last("liability"), run.national.last("cap")) - 1) * 100


CLIMATE = (
    Outcome("emissions", "Emissions of all cities in the last year", "Gt CO₂", "lower", 3,
            _last_emissions),
    Outcome("over_cap", "Emissions above the cap, all years that have one", "%", "lower", 2,
            _over_cap),
    Outcome("off_cap", "Distance from the cap in the last year, on either side", "%", "lower", 2,
            _off_cap),
)  # fmt: skip
