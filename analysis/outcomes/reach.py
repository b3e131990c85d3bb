"""Outcomes of reach: what the cap covers, and what moves to where it does not reach."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def _leakage(run: OneRun) -> float:
    """Return emissions added in the whole provinces per tonne less in the cities, all years, %."""
    if run.without is None:
        return np.nan
    less = run.without.total("emissions") - run.national.total("emissions")
    more = run.national.total("emissions_elsewhere") - run.without.total("emissions_elsewhere")
    return ratio(more, less) * 100 if less > 0 else np.nan


def _reach(run: OneRun) -> float:
    """Return what cities answer for as a share of all production emissions, last year, %."""
    everything = run.national.last("emissions") + run.national.last("emissions_elsewhere")
    return ratio(run.national.last("liability"), everything) * 100


REACH = (
    Outcome("leakage", "Leakage to the four whole provinces", "%", "lower", 2, _leakage,
            always=False, against=True),
    Outcome("reach", "Reach: emissions under the cap, last year", "%", "neither", 1, _reach,
            always=False, uses=lambda run: run.national.last("liability")
            < 0.999 * run.national.last("emissions")),
)  # fmt: skip
