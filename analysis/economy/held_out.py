"""Skill of city structure in foretelling city CO₂ that the compile has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import ByRegion, Mask
from model.compile.assumptions import Assumptions
from model.compile.city_steps import outputs
from model.compile.figures import Figures
from model.compile.margins import at_base_prices, calibrated_emissions, on_base, per

FEWEST = 3
"""A province with fewer cities says nothing of how its CO₂ is divided."""
INVENTORY_SPREAD = 0.155
"""Spreads of CO₂ up to this are those of an inventory of the year, log units."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in a city's prior structure, 1."""

    capacity: float
    jobs: float


def unexplained(figures: Figures, weights: Weights) -> ByRegion:
    """Return ln(inventory / foretold CO₂) by city, the inventory itself unused; (r,).

    Output follows the weights, GDP by industry and the province; it is not tilted to the city's
    CO₂. Foretold CO₂ is that output at provincial intensities. NaN where there is no inventory of
    the year or the province has fewer than three cities.
    """
    assumptions = replace(
        Assumptions(),
        output_tilt=0.0,
        capacity_weight=weights.capacity,
        jobs_weight=weights.jobs,
    )
    tables = at_base_prices(figures, assumptions)
    production = calibrated_emissions(figures)
    x = outputs(figures, tables, production, assumptions)
    intensity = per(on_base(figures, assumptions).production, tables.x)
    foretold = (intensity[figures.regions.province] * x).sum(axis=1)
    return np.where(_observed(figures), np.log(production / foretold), np.nan)


def scatter(residual: ByRegion) -> float:
    """Return the root mean square of the residuals, log units."""
    return float(np.sqrt(np.nanmean(residual**2)))


def chosen_without(
    residuals: dict[Weights, ByRegion], province: np.ndarray, left_out: int
) -> Weights:
    """Return the weights that foretell best in all provinces but one."""
    kept = province != left_out
    return min(residuals, key=lambda weights: scatter(residuals[weights][kept]))


def cross_validated(residuals: dict[Weights, ByRegion], province: np.ndarray) -> ByRegion:
    """Return each province's residuals at the weights chosen without it; (r,)."""
    result = np.full(province.size, np.nan)
    for p in np.unique(province):
        own = province == p
        if np.isfinite(next(iter(residuals.values()))[own]).any():
            result[own] = residuals[chosen_without(residuals, province, int(p))][own]
    return result


def grid(figures: Figures, steps: Sequence[float]) -> dict[Weights, ByRegion]:
    """Return the residuals at every pair of weights."""
    pairs = [Weights(capacity, jobs) for capacity in steps for jobs in steps]
    return {weights: unexplained(figures, weights) for weights in pairs}


def _observed(figures: Figures) -> Mask:
    province = figures.regions.province
    several = np.bincount(province)[province] >= FEWEST
    exact = figures.statistics.co2_spread <= INVENTORY_SPREAD
    return np.asarray(several & exact & ~figures.statistics.co2_estimated)
