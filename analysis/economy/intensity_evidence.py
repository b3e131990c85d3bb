"""Departures of cities' intensities from their sectors' trends: size and persistence."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import curve_fit

from model.arrays import AnyFloats, AnyMask, ByCity, ByCityGroup, BySector, ByYearCity, Mask, Vector
from model.compile.city_economy import CityTables
from model.compile.within_provinces import MAD_TO_SD
from model.labels import GROUPS

LEAST_SHARE = 0.01
"""A group with less of a city's emissions says nothing of its intensity, 1."""
LONGEST = 12
"""Longest span of years over which departures are compared."""


@dataclass(frozen=True, slots=True)
class Departures:
    """Log changes of intensity 2012–2017 less the nation's change of the group; cities only."""

    trend: BySector
    """The nation's change of each group, log units, 0 where nobody emits; (g,)."""
    common: ByCity
    """Mean over a city's groups by emissions, log units; (c,)."""
    specific: ByCityGroup
    """Departure of a group beyond its city's, log units; NaN where it hardly emits; (c, g)."""


def departures(earlier: CityTables, later: CityTables) -> Departures:
    """Return how each city's intensities changed beyond the nation's, from two compiled tables."""
    member = (earlier.sectors.group[:, None] == np.arange(len(GROUPS))).astype(np.float64)
    cities = earlier.players
    (F0, x0), (F1, x1) = ((each.F @ member, each.x @ member) for each in (earlier, later))
    somewhere = (F0.sum(axis=0) > 0) & (F1.sum(axis=0) > 0)
    nation = [_divided(F.sum(axis=0), x.sum(axis=0), somewhere) for F, x in ((F0, x0), (F1, x1))]
    trend = np.log(nation[1] / nation[0])
    F0, x0, F1, x1 = (amount[cities] for amount in (F0, x0, F1, x1))
    share = F0 / F0.sum(axis=1, keepdims=True)
    told = (share > LEAST_SHARE) & (F1 > 0) & (x0 > 0) & (x1 > 0)
    change = np.log(_divided(F1, x1, told) / _divided(F0, x0, told)) - trend
    weight = np.where(told, share, 0.0)
    common = (weight * np.where(told, change, 0.0)).sum(axis=1) / weight.sum(axis=1)
    return Departures(trend, common, np.where(told, change - common[:, None], np.nan))


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of departures over five years, log units, and what of it is signal."""

    observed: float
    noise: float
    """Spread that errors of one year's inventory add to the change between two years."""
    cities: int

    @property
    def signal(self) -> float:
        """Spread that remains without the noise."""
        return float(np.sqrt(max(self.observed**2 - self.noise**2, 0.0)))

    @property
    def kept(self) -> float:
        """Share of a city's departure to be believed: signal over observed variance, 1."""
        return self.signal**2 / self.observed**2


def spread_of_cities(found: Departures, reported: Mask, error_of_year: float) -> Spread:
    """Return the robust spread of what cities' groups have in common.

    `reported` cities have an inventory in both years; its error is `error_of_year`, log units, in
    either.
    """
    return Spread(
        observed=robust_deviation(found.common[reported]),
        noise=float(np.sqrt(2.0)) * error_of_year,
        cities=int(reported.sum()),
    )


def spread_of_group(found: Departures, reported: Mask, group: int) -> Spread:
    """Return the robust spread of one group beyond its city; an inventory's error is common."""
    values = found.specific[reported, group]
    values = values[np.isfinite(values)]
    return Spread(observed=robust_deviation(values), noise=0.0, cities=values.size)


@dataclass(frozen=True, slots=True)
class Persistence:
    """Departures of cities' emissions as error + AR(1): variance over k years 2e² + 2s²(1 − φᵏ)."""

    by_span: Vector
    """Robust standard deviation of changes over 1, 2, … years, log units; (n,)."""
    phi: float
    """Correlation of departures one year apart, 1."""
    step: float
    """Standard deviation of a true change from one year to the next, s √(2 (1 − φ)), log units."""
    error: float
    """e: error of one year, log units."""


def persistence_of_emissions(emissions: ByYearCity) -> Persistence:
    """Fit how the spread of cities' changes grows with the span of years.

    `emissions` are inventories by year, t, NaN where there is none. The nation's course, each
    year's median of logs, is taken out. They stand in for intensities, which need output by city
    and year; departures in growth are thus in it.
    """
    logs = np.log(emissions)
    logs = logs - np.nanmedian(logs, axis=1, keepdims=True)
    spans = np.arange(1, LONGEST + 1)
    by_span = np.array([robust_deviation(_finite(logs[k:] - logs[:-k])) for k in spans])

    def variance(span: Vector, phi: float, spread: float, error: float) -> Vector:
        return np.asarray(2.0 * error**2 + 2.0 * spread**2 * (1.0 - phi**span))

    (phi, spread, error), _ = curve_fit(
        variance, spans.astype(np.float64), by_span**2, p0=(0.95, 0.4, 0.05),
        bounds=([0.0, 0.0, 0.0], [0.9999, 5.0, 1.0]),
    )  # fmt: skip
    step = spread * np.sqrt(2.0 * (1.0 - phi))
    return Persistence(by_span, float(phi), float(step), float(error))


def robust_deviation(values: Vector) -> float:
    """Return the standard deviation by the median absolute deviation."""
    return float(np.median(np.abs(values - np.median(values)))) / MAD_TO_SD


def _finite(values: AnyFloats) -> Vector:
    flat = values.ravel()
    return flat[np.isfinite(flat)]


def _divided(part: AnyFloats, whole: AnyFloats, where: AnyMask) -> AnyFloats:
    return np.divide(part, whole, out=np.ones_like(part), where=where)
