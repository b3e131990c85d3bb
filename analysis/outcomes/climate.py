"""Outcomes for the climate: what is emitted, and how far above the cap."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def _last_emissions(run: OneRun) -> float:
    return float(np.nansum(run["emissions"][-1])) / 1e9


def _over_cap(run: OneRun) -> float:
    return (ratio(run.national.total("liability"), run.national.total("cap")) - 1) * 100


CLIMATE = (
    Outcome("emissions", "Emissions of all cities in the last year", "Gt CO₂", "lower", 3,
            _last_emissions),
    Outcome("over_cap", "Emissions above the cap, all years", "%", "lower", 2, _over_cap),
)  # fmt: skip
