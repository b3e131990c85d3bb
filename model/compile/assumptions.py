"""Assumptions of the compile, where no statistic says anything."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Numbers and words that shape the city tables where statistics are silent."""

    home_weight: float = 28.0
    """Likelihood of goods to stay in their own city, relative to another of the province, 1.
    Calibrated to the share of footprints outsourced in 2012 (78.6 %, Xia et al. 2024); every
    later year is free."""
    heterogeneity: float = 1.0
    """Weight of a city's own ratio of intermediate to total demand against its province's, 0 to
    1 (Zheng et al. 2022). At 1 the ratio follows from the city's output and demand."""
    decay_per_km: float = 1e-3
    """Decline of trade with distance, 1/km. Assumed; 0 is maximum entropy without distance."""
    output_tilt: float = 0.5
    """Bound on tilting city output towards emitting sectors, log units. Assumed: more than that
    takes dirty technology for a larger power sector (`docs/known-truth.md`)."""
    capacity_weight: float = 0.8
    """Weight of thermal capacity in a city's share of electricity output, 1. Estimated: foretells
    city CO₂ best with one province after another held out (`docs/city-statistics.md`)."""
    jobs_weight: float = 0.4
    """Weight of jobs by kind of work in a city's structure inside its industries, 1. Estimated as
    `capacity_weight`."""
    demand: Literal["cities", "provinces"] = "cities"
    """Source of the rise of demand with income: differences among cities of one province, by city
    statistics, or among the provinces."""
    investment_weight: float = 0.42
    """Capital formation per fixed-asset investment, both beyond what income explains, 1. Estimated
    over 22 provinces, which publish both, with a standard error of 0.20
    (`docs/city-statistics.md`)."""
    investment_persistence: float = 0.87
    """Correlation of a city's departures in investment from one year to the next, 1. Estimated."""
    categories_of: Literal["nation", "midway", "provinces"] = "nation"
    """Division of final demand into categories: the nation's, that of the provinces' sum, which
    has a quarter more capital formation, or their geometric mean."""
    elasticity_shift: float = 0.0
    """Added to every income elasticity of demand, standard errors."""
    income_elasticity: float | None = None
    """One income elasticity of demand for all categories, 1, in place of the estimated ones; 1
    lets demand follow GDP."""
    accounting: Literal["provincial", "national"] = "provincial"
    """Inventory that emissions add up to, without households: the sum of the provinces or the
    national one."""
    deflator: Literal["sector", "industry", "alternative"] = "sector"
    """Price indices that bring later years to the prices of 2012."""


DEFAULT = Assumptions()
"""Those that the laboratory takes where nothing else is said."""
