"""Step 5: flows between cities by sector, of maximum entropy on a gravity prior."""

import numpy as np

from model.arrays import BetweenRegions, OfRegion, ProvinceTrade, TradeShares
from model.compile.balancing import Unbalanced, fitted, ras
from model.compile.city_split import Split


def city_flows(
    parts: Split, between: ProvinceTrade, near: BetweenRegions, province: OfRegion
) -> TradeShares:
    """Return flows between cities, 10⁴ CNY; (i, r, s).

    Zheng et al. 2022, step 5. A city's sales to itself, to its province and to other provinces
    are those of the split, and so are its purchases; every block of the inter-provincial flows
    `between` holds (Zheng et al. 2023, section 2.1, step 7).

    Raises
    ------
    Unbalanced
        If a margin of the split cannot be met.
    """
    flows = _across_provinces(parts, between, near, province)
    for p in range(between.shape[1]):
        cities = np.flatnonzero(province == p)
        inside = near[np.ix_(cities, cities)].copy()
        np.fill_diagonal(inside, 0.0)
        sent, received = parts.to_province[cities].T, parts.from_province[cities].T
        prior = sent[:, :, None] * inside * received[:, None, :]
        block = ras(prior, sent, received) if cities.size > 1 else prior
        flows[:, cities[0] : cities[-1] + 1, cities[0] : cities[-1] + 1] = block
    regions = np.arange(province.size)
    flows[:, regions, regions] = parts.own.T
    return flows


def _across_provinces(
    parts: Split,
    between: ProvinceTrade,
    near: BetweenRegions,
    province: OfRegion,
    tolerance: float = 1e-11,
    iterations: int = 3000,
) -> TradeShares:
    """Fit sales to, purchases from and each block between other provinces; own blocks are 0."""
    starts = np.flatnonzero(np.diff(province, prepend=-1))
    sizes = np.bincount(province)
    sent, received = parts.to_others.T, parts.from_others.T
    flows = sent[:, :, None] * near * received[:, None, :]
    total = np.maximum(sent.sum(axis=1), 1.0)
    gap = np.zeros(1)
    for _ in range(iterations):
        flows *= fitted(sent, flows.sum(axis=2))[:, :, None]
        flows *= fitted(received, flows.sum(axis=1))[:, None, :]
        block = np.add.reduceat(np.add.reduceat(flows, starts, axis=1), starts, axis=2)
        factor = fitted(between, block)
        flows *= np.repeat(np.repeat(factor, sizes, axis=1), sizes, axis=2)
        sold, bought = flows.sum(axis=2), flows.sum(axis=1)
        gap = np.maximum(np.abs(sold - sent), np.abs(bought - received)).max(axis=1) / total
        if gap.max() <= tolerance:
            return flows * fitted(received, bought)[:, None, :]
    message = (
        f"sector {gap.argmax()}: city flows miss city sales or purchases by {gap.max():.1e} of"
        " their total"
    )
    raise Unbalanced(message)
