"""Steps 3 and 5 to 7: who supplies whom, by maximum entropy nested in inter-provincial flows."""

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByProvinceSector,
    ByRegion,
    ByRegionSector,
    Indices,
    OfRegion,
    ProvinceTrade,
    TradeShares,
)
from model.compile.balancing import Unbalanced, fitted, ras

EARTH_RADIUS_KM = 6371.0


def distances(lon: ByRegion, lat: ByRegion) -> BetweenRegions:
    """Return great-circle distances between seats, km (haversine); (r, r)."""
    lam, phi = np.radians(lon), np.radians(lat)
    h = (
        np.sin((phi[:, None] - phi) / 2) ** 2
        + np.cos(phi)[:, None] * np.cos(phi) * np.sin((lam[:, None] - lam) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))


def affinity(
    km: BetweenRegions, province: OfRegion, decay_per_km: float, home_weight: float
) -> BetweenRegions:
    """Return prior affinity of supplier r and user s, 1: exp(−β·km), and more at home; (r, r).

    `home_weight` is how much likelier a tonne of a good stays in its own city than goes to an
    equally near other city of the province (the heterogeneity weight of Zheng et al. 2022).
    """
    weight = np.exp(-decay_per_km * km)
    np.fill_diagonal(weight, home_weight)
    alone = np.bincount(province)[province] == 1
    weight[alone, alone] = 1.0
    return weight


def provincial_flows(
    supply: ByRegionSector,
    use: ByRegionSector,
    outflow: ByProvinceSector,
    inflow: ByProvinceSector,
    own: ByProvinceSector,
    weight: BetweenRegions,
    province: OfRegion,
) -> ProvinceTrade:
    """Return flows between provinces by maximum entropy, 10⁴ CNY; (i, p, q).

    The prior adds up city supply × affinity × city use; the diagonal is what a province supplies
    to itself (`own`); the rest meets outflow and inflow. All of (p, i) but `weight`.

    Raises
    ------
    Unbalanced
        If a sector's outflow and inflow cannot be matched between different provinces.
    """
    starts = _starts(province)
    pull = np.einsum("ri,rs,si->irs", supply, weight, use, optimize=True)
    prior = np.add.reduceat(np.add.reduceat(pull, starts, axis=1), starts, axis=2)
    diagonal = np.arange(len(starts))
    prior[:, diagonal, diagonal] = 0.0
    flows = ras(prior, outflow.T, inflow.T, tolerance=1e-11)
    flows[:, diagonal, diagonal] = own.T
    return flows


def city_flows(
    supply: ByRegionSector,
    use: ByRegionSector,
    between: ProvinceTrade,
    weight: BetweenRegions,
    province: OfRegion,
    tolerance: float = 1e-11,
    iterations: int = 3000,
) -> TradeShares:
    """Return flows between cities, 10⁴ CNY, of maximum entropy on the prior `weight`; (i, r, s).

    Three margins hold: domestic supply of r, domestic use of s, and every block of the
    inter-provincial flows (Zheng et al. 2023, section 2.1, steps 3 and 5 to 7).

    Raises
    ------
    Unbalanced
        If a city's supply is still missed by more than `tolerance` of its sector's total.
    """
    starts = _starts(province)
    flows = np.einsum("ri,rs,si->irs", supply, weight, use, optimize=True)
    total = supply.sum(axis=0)[:, None]
    total = np.where(total > 0, total, 1.0)
    gap = np.array([np.inf])
    for _ in range(iterations):
        block = np.add.reduceat(np.add.reduceat(flows, starts, axis=1), starts, axis=2)
        factor = fitted(between, block)
        flows *= np.repeat(np.repeat(factor, _sizes(province), axis=1), _sizes(province), axis=2)
        outgoing = flows.sum(axis=2)
        gap = (np.abs(outgoing - supply.T) / total).max(axis=1)
        if gap.max() <= tolerance:
            return flows * fitted(use.T, flows.sum(axis=1))[:, None, :]
        flows *= fitted(supply.T, outgoing)[:, :, None]
        flows *= fitted(use.T, flows.sum(axis=1))[:, None, :]
    message = f"sector {gap.argmax()}: city flows miss city supply by {gap.max():.1e} of its total"
    raise Unbalanced(message)


def _starts(province: OfRegion) -> Indices:
    return np.flatnonzero(np.diff(province, prepend=-1))


def _sizes(province: OfRegion) -> Indices:
    return np.bincount(province)
