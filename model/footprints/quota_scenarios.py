"""Scenarios of mitigation that create quotas, and of demand that needs them.

Zheng et al. 2023, section 2.5: technology (`national_mean`, `best_of`), demand (`less_capital`)
and a floor under demand (`lifted`). Money 10⁴ CNY a year, emissions t CO₂ a year, intensity t CO₂
per 10⁴ CNY. Inventory change has a sign and is left as it is by every scenario.
"""

import numpy as np

from model.arrays import (
    ByRegion,
    ByRegionCategory,
    ByRegionCategoryAtHome,
    ByRegionSector,
    BySector,
    CategoryMask,
    FlowsByCategory,
    Indices,
    RegionMask,
    SectorMask,
)
from model.labels import INVENTORY


def national_mean(F: ByRegionSector, x: ByRegionSector) -> BySector:
    """Return Σ_r F / Σ_r x, t CO₂ per 10⁴ CNY; 0 in sectors without output; (i,)."""
    emissions, output = F.sum(axis=0), x.sum(axis=0)
    return np.divide(emissions, output, out=np.zeros_like(output), where=output > 0)


def best_of(
    S: ByRegionSector, target: BySector, cities: RegionMask, sectors: SectorMask | Indices
) -> ByRegionSector:
    """Return intensities min(own, target) in `sectors` of `cities`, t CO₂ per 10⁴ CNY; (r, i).

    Everything else keeps its own. `sectors` is a mask or positions. Light mitigation takes the
    national mean as target, deep mitigation the global one.
    """
    cells = np.ix_(cities, sectors)
    better = S.copy()
    better[cells] = np.minimum(S[cells], target[sectors])
    return better


def less_capital(
    spending: ByRegionCategory,
    share: float,
    cities: RegionMask,
    capital: int,
    receiving: CategoryMask | None = None,
) -> ByRegionCategory:
    """Return multipliers of demand when capital formation falls to `share` of it, 1; (s, k).

    The capital share is capital formation over all categories but inventory change. Where it
    exceeds `share` among `cities`, what is freed goes to the `receiving` categories in their
    present proportions: by default all but capital formation and inventory change, that is
    households and government. The total of each region stays; lower shares stay.

    Parameters
    ----------
    spending
        Final demand, 10⁴ CNY a year; (s, k).
    share
        Highest share of capital formation, 1.
    cities
        Where it holds; (s,).
    capital
        Position of capital formation among the categories.
    receiving
        True for the categories that receive; (k,).

    Raises
    ------
    ValueError
        If capital formation or inventory change is to receive, or what is freed finds no receiver.
    """
    kept = np.array([capital, INVENTORY])
    if receiving is None:
        receiving = ~np.isin(np.arange(spending.shape[1]), kept)
    if receiving[kept].any():
        raise ValueError("capital formation and inventory change cannot receive; unmask them")
    regular = spending.sum(axis=1) - spending[:, INVENTORY]
    excess = spending[:, capital] - share * regular
    freed = np.where(cities, np.maximum(excess, 0.0), 0.0)
    received = spending @ receiving
    if stuck := np.flatnonzero((freed > 0) & (received <= 0)).tolist():
        raise ValueError(
            f"region {stuck[0]}: {freed[stuck[0]]:.4g} 10⁴ CNY freed from capital formation, but"
            " the receiving categories are empty; leave it out or let more categories receive"
        )
    growth = np.divide(freed, received, out=np.zeros_like(freed), where=freed > 0)
    multipliers = 1.0 + growth[:, None] * receiving
    multipliers[:, capital] -= np.divide(
        freed, spending[:, capital], out=np.zeros_like(freed), where=freed > 0
    )
    return multipliers


def lifted(spending_per_head: ByRegion, floor: float, cities: RegionMask) -> ByRegion:
    """Return max(1, floor / own) for `cities` and 1 elsewhere, 1; (s,).

    `spending_per_head` and `floor` are final demand without inventory change, 10⁴ CNY per head a
    year. Intensity and production structure stay; see `in_all_uses`.

    Raises
    ------
    ValueError
        If a city to be lifted spends nothing, so that no multiple of it reaches the floor.
    """
    if nothing := np.flatnonzero(cities & (spending_per_head <= 0)).tolist():
        raise ValueError(
            f"region {nothing[0]}: spends {spending_per_head[nothing[0]]:.4g} 10⁴ CNY per head, and"
            " no multiple of that reaches the floor; leave it out of the cities"
        )
    lift = np.divide(floor, spending_per_head, out=np.ones_like(spending_per_head), where=cities)
    return np.maximum(lift, 1.0)


def in_all_uses(lift: ByRegion, categories: int) -> ByRegionCategory:
    """Return one multiplier for all categories of a region but inventory change, 1; (s, k)."""
    multipliers = np.repeat(lift[:, None], categories, axis=1)
    multipliers[:, INVENTORY] = 1.0
    return multipliers


def under(flows: FlowsByCategory, multipliers: ByRegionCategoryAtHome) -> FlowsByCategory:
    """Return embodied flows under multiplied demand, t CO₂ a year; (k, r, s).

    As in `model.footprints.accounts` the last block of `flows` is exports abroad, which stay. The
    multipliers are of region s by category, 1; (s, k − 1). Exact while A and the make-up of each
    category stay.
    """
    return np.concatenate([flows[:-1] * multipliers.T[:, None, :], flows[-1:]])


def quota_created(before: ByRegion, after: ByRegion) -> ByRegion:
    """Return emissions avoided, t CO₂ a year, of D_pba or of footprints; (r,).

    Negative where a scenario adds emissions: the deficit of a floor under demand.
    """
    return before - after
