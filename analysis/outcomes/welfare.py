"""Outcomes of welfare: people below lines of demand a head, and distances between them."""

from functools import cache

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio
from data.readers.figures import read_national_series
from data.readers.published import read_thresholds
from model.classes.inequality import gini, quintile, theil_parts

PRICE_YEAR = 2012
"""Year of the prices that money is at."""
RELATIVE = 0.6
"""Line of relative poverty: share of the median demand a head (Eurostat)."""


@cache
def lines() -> tuple[float, float]:
    """Return the means of the third and the second fifth in Zheng et al. 2023, USD a head."""
    level = read_thresholds()
    return level["q3_mean_demand_per_cap"], level["q2_mean_demand_per_cap"]


@cache
def _rate() -> float:
    return read_national_series("exchange_rate_cny_per_usd")[PRICE_YEAR]


def dollars(run: OneRun) -> np.ndarray:
    """Return final demand a head at prices of 2012, USD; (t, c)."""
    return run["demand"] * 1e4 / _rate() / run.cities.population


def _below(run: OneRun, line: int) -> float:
    """Return people below a line in the last year, millions."""
    return float(run.cities.population[dollars(run)[-1] < lines()[line]].sum()) / 1e6


def _years_below(run: OneRun, line: int) -> float:
    """Return person-years below a line, millions."""
    return float(((dollars(run) < lines()[line]) * run.cities.population).sum()) / 1e6


def _relatively_poor(run: OneRun) -> float:
    """Return people below 60 % of the median demand a head in the last year, %."""
    last, people = dollars(run)[-1], np.asarray(run.cities.population, dtype=np.float64)
    order = np.argsort(last)
    median = last[order][np.searchsorted(np.cumsum(people[order]), people.sum() / 2)]
    return ratio(float(people[last < RELATIVE * median].sum()), float(people.sum())) * 100


def _gap(run: OneRun) -> float:
    """Return demand a head of the two lowest fifths ÷ of the middle fifth, in the last year."""
    people = run.cities.population
    of = quintile(run.cities.demand / people)
    last = run["demand"][-1]
    poor, middle = of >= 4, of == 3
    return ratio(
        float(last[poor].sum() / people[poor].sum()),
        float(last[middle].sum() / people[middle].sum()),
    )


def _gini_of_demand(run: OneRun) -> float:
    people = np.asarray(run.cities.population, dtype=np.float64)
    return gini(run["demand"][-1] / people, people)


def _theil(run: OneRun, part: str) -> float:
    """Return Theil's T of demand a head within or between provinces, in the last year."""
    people = np.asarray(run.cities.population, dtype=np.float64)
    parts = theil_parts(run["demand"][-1] / people, people, run.cities.province)
    return float(getattr(parts, part))


def _deficit_closed(run: OneRun) -> float:
    """Return the footprint that catch-up adds for the two lowest fifths, last year, Mt."""
    level = run["catch_up"][-1]
    added = run["footprint"][-1] * level / (1.0 + level)
    return float(added[run.poor].sum()) / 1e6


WELFARE = (
    Outcome("demand_gap", "Welfare: demand a head of the poorest 40 % ÷ of the middle fifth", "1",
            "higher", 3, _gap),
    Outcome("years_below_5300", "Welfare: person-years below 5,300 dollars of demand", "M", "lower",
            0, lambda run: _years_below(run, 1)),
    Outcome("below_5300", "People below 5,300 dollars of demand, last year", "M", "lower", 1,
            lambda run: _below(run, 1), always=False),
    Outcome("years_below_3600", "Person-years below 3,600 dollars of demand", "M", "lower", 0,
            lambda run: _years_below(run, 0), always=False),
    Outcome("below_3600", "People below 3,600 dollars of demand, last year", "M", "lower", 1,
            lambda run: _below(run, 0), always=False),
    Outcome("relatively_poor", "People below 60 % of the median demand a head, last year", "%",
            "lower", 2, _relatively_poor, always=False),
    Outcome("gini_demand", "Gini of demand a head, last year", "1", "lower", 4, _gini_of_demand,
            always=False),
    Outcome("theil_between", "Theil of demand a head between provinces, last year", "1", "lower", 4,
            lambda run: _theil(run, "between"), always=False),
    Outcome("theil_within", "Theil of demand a head within provinces, last year", "1", "lower", 4,
            lambda run: _theil(run, "within"), always=False),
    Outcome("deficit_closed", "Footprint that catch-up adds for the poorest 40 %, last year",
            "Mt CO₂", "neither", 1, _deficit_closed, always=False),
)  # fmt: skip
