"""Elasticity of a city statistic on income inside provinces, robust to single misreports."""

import numpy as np

from model.arrays import ByRegion, ByYearRegion, Indices, OfRegion, YearRegionMask
from model.compile.figures import CityPanel, Estimate

HUBER = 1.345
"""Residuals beyond so many standard deviations weigh less: 95 % efficient if errors are normal
(Huber 1981, *Robust Statistics*, section 4.5)."""
FEW_CLUSTERS = 8
"""Standard errors are clustered by province, or by city where provinces are fewer than this."""
MAD_TO_SD = 0.6745
"""Median absolute deviation of a standard normal."""
ROUNDS = 50
"""Of reweighting."""


def within_elasticity(panel: CityPanel, province: OfRegion) -> Estimate:
    """Return how the statistic per head rises with GDP per head among cities of one province.

    ln(statistic) on ln(income) with an effect for every province and year, by Huber's M-estimator;
    standard errors are clustered sandwiches (Cameron & Miller 2015, *J. Human Resources* 50).

    Raises
    ------
    ValueError
        If no province has two cities with figures in one year.
    """
    y, x, cell, cluster, cities = _observations(panel, province)
    weight = np.ones(y.size)
    slope, scale = 0.0, 1.0
    for _ in range(ROUNDS):
        left, right = _demeaned(y, weight, cell), _demeaned(x, weight, cell)
        slope = float((weight * left * right).sum() / (weight * right**2).sum())
        residual = left - slope * right
        scale = max(float(np.median(np.abs(residual))) / MAD_TO_SD, 1e-12)
        weight = np.minimum(1.0, HUBER * scale / np.maximum(np.abs(residual), 1e-12))
    scores = np.zeros(int(cluster.max()) + 1)
    np.add.at(scores, cluster, weight * right * residual)
    groups = np.unique(cluster).size
    meat = float((scores**2).sum()) * groups / max(groups - 1, 1)
    error = np.sqrt(meat) / float((weight * right**2).sum())
    return Estimate(value=slope, standard_error=float(error), cities=cities)


def around_the_curve(panel: CityPanel, elasticity: float, province: OfRegion) -> ByYearRegion:
    """Return ln(statistic) less the curve through the province's median city; (t, r), NaN if none.

    Clipped at three robust standard deviations, so that a misreport moves nobody far.
    """
    excess = np.log(panel.per_head) - elasticity * np.log(panel.income)
    result = np.full_like(excess, np.nan)
    for p in np.unique(province):
        own = np.flatnonzero(province == p)
        known = np.isfinite(excess[:, own])
        for t in np.flatnonzero(known.sum(axis=1) > 1):
            seen = own[known[t]]
            result[t, seen] = excess[t, seen] - np.median(excess[t, seen])
    if not np.isfinite(result).any():
        return result
    limit = 3.0 * float(np.nanmedian(np.abs(result))) / MAD_TO_SD
    return np.clip(result, -limit, limit)


def nearest_year(panel: CityPanel, known: YearRegionMask, year: int) -> tuple[Indices, ByRegion]:
    """Return the position of each region's figure nearest to a year, and how far it is; (r,) each.

    The earlier of two as near; −1 and 0 where a region has none.
    """
    distance = np.abs(np.array(panel.years, dtype=np.float64) - year)[:, None]
    far = np.where(known, distance, np.inf)
    position = far.argmin(axis=0)
    some = known.any(axis=0)
    age = np.where(some, far[position, np.arange(position.size)], 0.0)
    return np.where(some, position, -1).astype(np.int64), age


def _observations(
    panel: CityPanel, province: OfRegion
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int]:
    """Return ln statistic, ln income, province and year, cluster: of cells with company."""
    known = np.isfinite(panel.per_head) & np.isfinite(panel.income)
    t, r = np.nonzero(known)
    cell = t * (int(province.max()) + 1) + province[r]
    company = np.bincount(cell)[cell] > 1
    t, r, cell = t[company], r[company], cell[company]
    if r.size == 0:
        raise ValueError("no province has two cities with figures in one year; give more")
    provinces = np.unique(province[r]).size
    cluster = province[r] if provinces >= FEW_CLUSTERS else r
    y, x = np.log(panel.per_head[t, r]), np.log(panel.income[t, r])
    return y, x, cell, cluster, int(np.unique(r).size)


def _demeaned(values: np.ndarray, weight: np.ndarray, cell: np.ndarray) -> np.ndarray:
    total = np.bincount(cell, weight)
    mean = np.bincount(cell, weight * values) / np.where(total > 0, total, 1.0)
    return np.asarray(values - mean[cell])
