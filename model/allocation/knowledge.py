"""Figures that the regulator knows when it allocates quota."""

from dataclasses import dataclass

from model.abatement.mac import MacCurve
from model.arrays import (
    BetweenCities,
    ByCity,
    ByCityLever,
    ByCitySector,
    ByYearCity,
    Cities,
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Figures of the cities at the start of a year; a rule reads what its formula needs.

    The year before the policy is the base year, unless `policy.first_year` is a later one than
    the first simulated.
    """

    year: int
    """Years since the year before the policy: 1 in the policy's first."""
    calendar_year: int
    """The same year by the calendar."""
    horizon: int
    """Number of years with policy."""
    population: ByCity
    """Residents, heads; (c,)."""
    base_year: ByCity
    """Liability of the year before the policy, t; (c,)."""
    base_value_added: ByCity
    """Value added of the year before the policy, 10⁴ CNY at base-year prices; (c,)."""
    reference: ByCity
    """Liability of the reference period, t; (c,)."""
    expected: ByCity
    """Liability expected without further effort, t; (c,)."""
    base: ByCity
    """Liability that burdens are taken off, t: as expected, or without policy; (c,)."""
    D_pba: ByCity
    """Production-based emissions of last year, t; (c,)."""
    D_cba: ByCity
    """Consumption-based emissions of last year, t; (c,)."""
    value_added: ByCity
    """Value added of last year, 10⁴ CNY at base-year prices; (c,)."""
    growth: ByCity
    """Rise of value added in last year, 10⁴ CNY; zero in the base year; (c,)."""
    last_quota: ByCity
    """Quota of last year, t; the liability of the year before the policy in its first; (c,)."""
    output: ByCitySector
    """Gross output of last year, 10⁴ CNY at base-year prices; (c, i)."""
    intensity: ByCitySector
    """Emission intensity of the base year, t per 10⁴ CNY; (c, i)."""
    past_emissions: ByYearCity
    """Production-based emissions up to the base year, the last, t; gaps are filled; (τ, c)."""
    intensity_cut: ByCity
    """Cut of emissions per value added that five years ask of the city's province, 1; (c,)."""
    links: BetweenCities
    """Supply-chain links: emitted in r for s, t; (r, s)."""
    aiding: Cities
    """Super-emitters, asked to free quota; (c,)."""
    aided: Cities
    """Cities whose demand per head is below the level of the third quintile; (c,)."""
    trend: ByCityLever
    """Emissions without any abatement, t; (c, m)."""
    abatement: ByCityLever
    """R: share of the trend abated so far, 1; (c, m)."""
    own: ByCityLever
    """Liability that one own tonne takes off, 1; (c, m)."""
    mac: MacCurve
    """MAC curves of the year."""
