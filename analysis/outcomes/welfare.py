"""Outcomes of welfare: people below lines of demand a head, and distances between them."""

from collections.abc import Callable
from functools import cache

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome
from data.readers.figures import read_national_series
from data.readers.published import read_thresholds
from model.classes.inequality import gini_of_each, quintile, theil_parts_of_each
from model.labels import CNY_PER_UNIT

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
    return run["demand"] * CNY_PER_UNIT * run.cities.cny / _rate() / run.cities.population


def people_below(run: OneRun, line: int) -> np.ndarray:
    """Return people below a line of `lines`, by year, millions; (t,)."""
    below = dollars(run) < lines()[line]
    return np.asarray((below * run.cities.population).sum(axis=1) / 1e6)


def relatively_poor(run: OneRun) -> np.ndarray:
    """Return people below 60 % of the year's median demand a head, %; (t,)."""
    people, demand = run.people, dollars(run)
    order = np.argsort(demand, axis=1)
    passed = np.cumsum(people[order], axis=1) < people.sum() / 2
    middle = np.take_along_axis(order, passed.sum(axis=1)[:, None], axis=1)
    line = RELATIVE * np.take_along_axis(demand, middle, axis=1)
    return np.asarray(100 * ((demand < line) * people).sum(axis=1) / people.sum())


def demand_gap(run: OneRun) -> np.ndarray:
    """Return demand a head of the two lowest fifths ÷ of the middle fifth, 1; (t,).

    Missing where so few cities take part that a fifth has none.
    """
    people = run.cities.population
    of = quintile(run.cities.demand / people)
    poor, middle = of >= 4, of == 3
    if not (poor.any() and middle.any()):
        return np.full(len(run["demand"]), np.nan)
    those = run["demand"][:, middle].sum(axis=1) / people[middle].sum()
    return np.asarray(run["demand"][:, poor].sum(axis=1) / people[poor].sum() / those)


def gini_of_demand(run: OneRun) -> np.ndarray:
    """Return the Gini coefficient of demand a head, 1; (t,)."""
    return gini_of_each(run["demand"] / run.people, run.people)


def theil(run: OneRun) -> np.ndarray:
    """Return Theil's T of demand a head within and between provinces, 1; (2, t)."""
    per_head = run["demand"] / run.people
    return np.stack(theil_parts_of_each(per_head, run.people, run.cities.province))


def deficit_closed(run: OneRun) -> np.ndarray:
    """Return the footprint that catch-up adds for the two lowest fifths, Mt; (t,)."""
    return np.asarray(run["aid_footprint"][:, run.poor].sum(axis=1) / 1e6)


BY_YEAR: dict[str, tuple[str, Callable[[OneRun], np.ndarray]]] = {
    "below_3600": ("M", lambda run: people_below(run, 0)),
    "below_5300": ("M", lambda run: people_below(run, 1)),
    "relatively_poor": ("%", relatively_poor),
    "demand_gap": ("1", demand_gap),
    "gini_demand": ("1", gini_of_demand),
    "theil_between": ("1", lambda run: run.once(theil)[1]),
    "theil_within": ("1", lambda run: run.once(theil)[0]),
    "deficit_closed": ("Mt CO₂", deficit_closed),
}
"""Measures by year, with their units, by the word of the outcome."""


def _last(word: str) -> Callable[[OneRun], float]:
    """Return the measure of the last year alone."""
    measure = BY_YEAR[word][1]
    return lambda run: float(run.once(measure)[-1])


WELFARE = (
    Outcome("demand_gap", "Welfare: demand a head of the poorest 40 % ÷ of the middle fifth", "1",
            "higher", 3, _last("demand_gap")),
    Outcome("years_below_5300", "Welfare: person-years below 5,300 dollars of demand", "M", "lower",
            0, lambda run: float(people_below(run, 1).sum())),
    Outcome("below_5300", "People below 5,300 dollars of demand, last year", "M", "lower", 1,
            _last("below_5300"), always=False),
    Outcome("years_below_3600", "Person-years below 3,600 dollars of demand", "M", "lower", 0,
            lambda run: float(people_below(run, 0).sum()), always=False),
    Outcome("below_3600", "People below 3,600 dollars of demand, last year", "M", "lower", 1,
            _last("below_3600"), always=False),
    Outcome("relatively_poor", "People below 60 % of the median demand a head, last year", "%",
            "lower", 2, _last("relatively_poor"), always=False),
    Outcome("gini_demand", "Gini of demand a head, last year", "1", "lower", 4,
            _last("gini_demand"), always=False),
    Outcome("theil_between", "Theil of demand a head between provinces, last year", "1", "lower", 4,
            _last("theil_between"), always=False),
    Outcome("theil_within", "Theil of demand a head within provinces, last year", "1", "lower", 4,
            _last("theil_within"), always=False),
    Outcome("deficit_closed", "Footprint that catch-up adds for the poorest 40 %, last year",
            "Mt CO₂", "neither", 1, _last("deficit_closed"), always=False),
)  # fmt: skip
