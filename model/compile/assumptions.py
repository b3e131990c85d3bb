"""Assumptions of the compile, where no statistic says anything."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Numbers and words that shape the city tables where statistics are silent."""

    home_weight: float = 27.0
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
    capacity_weight: float = 0.5
    """Weight of thermal capacity in a city's share of electricity output, 1. Assumed."""
    elasticity_shift: float = 0.0
    """Added to every income elasticity of demand, standard errors."""
    income_elasticity: float | None = None
    """One income elasticity of demand for all categories, 1, in place of those estimated from
    the provinces; 1 lets demand follow GDP."""
    accounting: Literal["provincial", "national"] = "provincial"
    """Which inventory the emissions add up to, without households: the sum of the provinces or
    the national one."""
    deflator: Literal["sector", "industry", "alternative"] = "sector"
    """Price indices that bring later years to the prices of 2012."""
