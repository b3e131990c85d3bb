"""Growth without policy: value added, final demand and emission intensity by region."""

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByRegion,
    ByRegionGroup,
    BySector,
    ByYearGroup,
    ByYearRegion,
    ByYearRegionGroup,
    Vector,
)
from model.input_output.years_within_bounds import ScaledEquations, years_within_bounds

NEAR = (0.75, 1.25)
"""Least and greatest demand of a region, relative to its own growth times the nation's factor."""


def demand_for_growth(
    embodied: BetweenRegions,
    from_exports: ByYearRegion,
    value_added: ByRegion,
    growth: ByYearRegion,
    pull: float = 0.3,
    near: tuple[float, float] = NEAR,
) -> ByYearRegion:
    """Return multipliers of regions' final demand that let value added grow as given, 1; (t, r).

    In each year, with κ the one factor that lets the nation's value added grow as given where every
    region's demand grows with its value added, γ[r] = growth[r]:

        min over α of  Σ_r ((Σ_s α[s] G[r,s] + exports[r]) / (γ[r] VA[r]) − 1)²
                       + pull² Σ_s (α[s] / (κ γ[s]) − 1)²
        subject to     near[0] ≤ α[s] / (κ γ[s]) ≤ near[1]

    Without pull and bounds single regions would have to give up all demand to meet their figure.
    One last factor lets the nation's value added grow exactly as given. Weight and bounds were
    chosen by how they foretell the compiled economy of 2017: `analysis.studies.demand_of_cities`.
    The pull keeps the normal equations well conditioned.

    Parameters
    ----------
    embodied
        G: value added in r embodied in the base-year final demand of s, 10⁴ CNY; (r, s).
    from_exports
        Value added in r embodied in each year's exports, 10⁴ CNY; (t, r).
    value_added
        Base-year value added, 10⁴ CNY; (r,).
    growth
        Value added of each year relative to the base year, 1; (t, r).
    near
        Bounds as above, 1; (0, inf) for none but that demand is not negative.
    """
    target = growth * value_added
    for_demand = (target - from_exports).sum(axis=1)
    own = (for_demand / (growth @ embodied.sum(axis=0)))[:, None] * growth
    years = ScaledEquations(embodied, 1.0 / target, own, 1.0 - from_exports / target, pull)
    alpha = own * years_within_bounds(years, near)
    reached = alpha @ embodied.sum(axis=0)
    return np.asarray(alpha * (for_demand / reached)[:, None], dtype=np.float64)


def growth_index(
    reported: ByRegion, known: int, national: Vector, value_added: ByRegion, convergence: int
) -> ByYearRegion:
    """Return value added relative to the base year; in each year it sums to the nation's; (t, r).

    With g the reported rates, ḡ their mean by value added w, n[t] the nation's rates and N[t] its
    index, and λ[t] falling linearly to 0 in the `convergence` years after the known ones:

        rate[t,r] = g[r] in known years, n[t] + λ[t]·(g[r] − ḡ) after them
        index[t,r] = index[t−1,r] · (1 + rate[t,r]) · c[t],  Σ_r w[r] index[t,r] = N[t] Σ_r w[r]

    Reported rates of regions may add up to more than the nation grew. The one factor c[t] of a
    year closes that gap, and leaves the growth of one region relative to another as reported.

    Parameters
    ----------
    reported
        g: mean yearly growth in the known years, 1; (r,).
    known
        How many of the years are known; they are the first.
    national
        n: growth of the nation in each year, 1; (t,).
    value_added
        w: of the base year, 10⁴ CNY; (r,).
    convergence
        Years after the known ones in which regions' growth converges to the nation's.
    """
    weight = value_added / value_added.sum()
    gap = reported - weight @ reported
    after = converging(gap, national[known:], convergence)
    rates = np.concatenate([np.tile(reported, (known, 1)), after])
    relative = np.cumprod(1.0 + rates, axis=0)
    nation = np.cumprod(1.0 + national)
    return np.asarray(relative * (nation / (relative @ weight))[:, None], dtype=np.float64)


def converging(gap: ByRegion, national: Vector, years: int) -> ByYearRegion:
    """Return growth rates that close each region's gap to the nation linearly in `years`; (t, r).

    `gap` is the region's rate less the nation's before the first year, `national` the nation's
    rates from then on, 1 a year.
    """
    left = np.clip(1.0 - np.arange(1, national.size + 1) / years, 0.0, None)
    return national[:, None] + left[:, None] * gap


def persisting_trends(emitted: ByYearRegionGroup, trend: BySector, change: Vector) -> ByYearGroup:
    """Return intensities relative to the last known year if the trends of sectors go on, 1; (t, g).

    With τ[g] a sector's yearly factor of the known years and f[t] the nation's since then,

        level[t,g] = c[t] τ[g]^t,   Σ_{r,g} emitted[t,r,g] (level[t,g] − f[t]) = 0:

    sectors keep their distances from each other, and the nation emits what it would if all of them
    moved alike.

    Parameters
    ----------
    emitted
        Emissions of each year at intensities of the last known year, t; (t, r, g).
    trend
        τ: yearly factor of each group, 1; (g,).
    change
        f: the nation's factor since the last known year, 1; (t,).
    """
    years = np.arange(1, change.size + 1, dtype=np.float64)[:, None]
    relative = trend[None, :] ** years
    nation = emitted.sum(axis=1)
    kept = nation.sum(axis=1) * change / (nation * relative).sum(axis=1)
    return np.asarray(relative * kept[:, None], dtype=np.float64)


def intensity_level(
    emissions: ByRegionGroup, national: BySector, target: ByRegion, least: float, most: float
) -> ByRegionGroup:
    """Return intensities relative to the base year, national trend × one factor a region, 1.

    The factor brings `emissions` (on this year's demand at base-year intensity, t; (r, g)) to
    `target` (t; (r,)), within [least, most]; `national` is the trend of each group, 1; (g,).
    """
    on_trend = (emissions * national).sum(axis=1)
    factor = np.divide(target, on_trend, out=np.ones_like(target), where=on_trend > 0)
    return np.clip(factor, least, most)[:, None] * national[None, :]
