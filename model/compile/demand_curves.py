"""Step 2, demand: curves by category along which demand per head rises inside a province."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from model.arrays import (
    ByRegion,
    ByRegionCategory,
    Matrix,
    OfRegion,
    ProvinceFinalUse,
    Vector,
)
from model.compile.figures import DemandStatistics, Estimate
from model.compile.within_provinces import around_the_curve, nearest_year, within_elasticity
from model.input_output.province_sums import sums, to_province

RURAL, URBAN, GOVERNMENT, CAPITAL = range(4)
"""Positions among the categories without inventory change."""
LEAST_SHARE = 0.01
"""Least share of rural and of urban people, 1: no city is without either."""
STEEPEST = 4.0
"""Elasticities of households are looked for between minus and plus this."""


@dataclass(frozen=True, slots=True)
class DemandCurves:
    """Demand of a city by category: people × (income per head)^elasticity × exp(deviation)."""

    people: ByRegionCategory
    """Heads whose demand it is: rural people, urban people, all, all; (r, l)."""
    elasticity: Vector
    """1; (l,)."""
    standard_error: Vector
    """Of the elasticity, 1; (l,)."""
    deviation: ByRegionCategory
    """Departure from the curve that a city statistic shows, log units; (r, l)."""
    households: Estimate
    """Rise of all households' demand per resident with GDP per head."""


def demand_curves(
    statistics: DemandStatistics,
    provincial: ProvinceFinalUse,
    gdp: ByRegion,
    population: ByRegion,
    province: OfRegion,
    year: int,
    investment_weight: float,
    persistence: float,
) -> DemandCurves:
    """Return the curves that city statistics give.

    Capital formation follows fixed-asset investment: its elasticity inside provinces, and of each
    city's departure from that curve the part `investment_weight` × `persistence`^(years between
    figure and table). Households follow the mean of wages and retail sales, weighted by precision;
    since urban people spend more, part of it is urbanisation, and urban and rural people share the
    elasticity that leaves the whole. Government follows public jobs and their pay.

    Parameters
    ----------
    provincial
        Final demand of the provinces, 10⁴ CNY; (p, i, k).
    gdp, population
        10⁴ CNY and heads; (r,).
    investment_weight
        Capital formation per investment, both beyond what income explains, 1.
    persistence
        Correlation of such departures from one year to the next, 1.

    Raises
    ------
    ValueError
        If no province has two cities with figures of investment, retail or public jobs.
    """
    investment = within_elasticity(statistics.investment, province)
    households = combined(within_elasticity(statistics.retail, province), statistics.wages)
    jobs = within_elasticity(statistics.public_jobs, province)
    income = gdp / population
    urban = filled_urban_share(statistics.urban_share, income, province)
    people = np.stack(
        [population * (1.0 - urban), population * urban, population, population], axis=1
    )
    spent = provincial.sum(axis=1)[:, [RURAL, URBAN]]
    by_head = of_urban_and_rural(households.value, spent, people, income, province)
    value = np.array([by_head, by_head, jobs.value + statistics.public_pay.value, investment.value])
    error = np.array(
        [
            households.standard_error,
            households.standard_error,
            np.hypot(jobs.standard_error, statistics.public_pay.standard_error),
            investment.standard_error,
        ]
    )
    departure = around_the_curve(statistics.investment, investment.value, province)
    at, age = nearest_year(statistics.investment, np.isfinite(departure), year)
    seen = np.where(at >= 0, departure[at, np.arange(at.size)], 0.0)
    deviation = np.zeros_like(people)
    deviation[:, CAPITAL] = investment_weight * persistence**age * seen
    return DemandCurves(people, value, error, deviation, households)


def combined(*estimates: Estimate) -> Estimate:
    """Return the mean of independent estimates of one number, weighted by precision."""
    precision = np.array([1.0 / e.standard_error**2 for e in estimates])
    value = float(precision @ [e.value for e in estimates] / precision.sum())
    return Estimate(value, float(precision.sum() ** -0.5), max(e.cities for e in estimates))


def of_urban_and_rural(
    whole: float,
    spent: Matrix,
    people: ByRegionCategory,
    income: ByRegion,
    province: OfRegion,
) -> float:
    """Return the elasticity per urban and per rural head that lets all households rise by `whole`.

    Rich cities have more urban people, who spend more at any income: what that explains is taken
    out. `spent` is demand of rural and urban households by province, 10⁴ CNY, (p, 2).
    """

    def missed(elasticity: float) -> float:
        weight = people[:, [RURAL, URBAN]] * (income**elasticity)[:, None]
        demand = to_province(weight, spent, province).sum(axis=1)
        return _slope(np.log(demand / people[:, GOVERNMENT]), np.log(income), province) - whole

    return float(brentq(missed, -STEEPEST, STEEPEST))


def filled_urban_share(share: ByRegion, income: ByRegion, province: OfRegion) -> ByRegion:
    """Return shares of urban people without gaps, 1; (r,).

    A missing one follows the log-odds of its province's cities along income, or the nation's in a
    province without any.
    """
    odds = np.log(np.clip(share, LEAST_SHARE, 1 - LEAST_SHARE))
    odds = odds - np.log(1.0 - np.clip(share, LEAST_SHARE, 1 - LEAST_SHARE))
    known = np.isfinite(odds)
    if not known.any():
        return np.full_like(share, 0.5)
    x = np.log(income)
    slope = _slope(odds[known], x[known], province[known])
    level = odds - slope * x
    provinces = int(province.max()) + 1
    count = sums(known.astype(np.float64), province, provinces)
    total = sums(np.where(known, level, 0.0), province, provinces)
    nation = float(level[known].mean())
    mean = np.divide(total, count, out=np.full(provinces, nation), where=count > 0)
    filled = np.where(known, odds, mean[province] + slope * x)
    return np.clip(1.0 / (1.0 + np.exp(-filled)), LEAST_SHARE, 1.0 - LEAST_SHARE)


def _slope(y: ByRegion, x: ByRegion, province: OfRegion) -> float:
    """Return the least-squares slope of y on x among cities of one province; 0 without any."""
    provinces = int(province.max()) + 1
    count = np.maximum(np.bincount(province, minlength=provinces), 1)
    left = y - (sums(y, province, provinces) / count)[province]
    right = x - (sums(x, province, provinces) / count)[province]
    spread = float(right @ right)
    return float(left @ right / spread) if spread > 0 else 0.0
