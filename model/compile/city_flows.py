"""Step 5: flows between cities by sector, of maximum entropy on a gravity prior."""

import numpy as np

from model.arrays import (
    BetweenRegions,
    BySectorRegion,
    BySectorRegionProvince,
    OfRegion,
    ProvinceTrade,
    TradeShares,
)
from model.compile.balancing import Unbalanced, fitted, ras
from model.compile.city_split import Split
from model.compile.distance import blocks, by_province

TOLERANCE = 1e-11
"""Share of a sector's sales by which a city's may be missed, 1."""
ITERATIONS = 3000


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
) -> TradeShares:
    """Fit sales to, purchases from and each block between other provinces; own blocks are 0.

    Flows are sent[i,r]·near[r,s]·received[i,s]·block[i,p,q], so that only these three factors are
    fitted in turn; the flows themselves are formed once.
    """
    sent, received = parts.to_others.T, parts.from_others.T
    u, v, block = sent, received, np.ones_like(between)
    total = np.maximum(sent.sum(axis=1), 1.0)
    gap = np.zeros(1)
    around = by_province(near, v, province)
    for _ in range(ITERATIONS):
        u = u * fitted(sent, _margin(u, around, block, province))
        back = by_province(near.T, u, province)
        v = v * fitted(received, _margin(v, back, block.swapaxes(1, 2), province))
        around = by_province(near, v, province)
        block = block * fitted(between, block * blocks(u, around, province))
        sold = _margin(u, around, block, province)
        bought = _margin(v, back, block.swapaxes(1, 2), province)
        gap = np.maximum(np.abs(sold - sent), np.abs(bought - received)).max(axis=1) / total
        if gap.max() <= TOLERANCE:
            flows = block.take(province, axis=1).take(province, axis=2)
            flows *= near
            flows *= u[:, :, None]
            flows *= (v * fitted(received, bought))[:, None, :]
            return flows
    message = (
        f"sector {gap.argmax()}: city flows miss city sales or purchases by {gap.max():.1e} of"
        " their total"
    )
    raise Unbalanced(message)


def _margin(
    own: BySectorRegion, around: BySectorRegionProvince, block: ProvinceTrade, province: OfRegion
) -> BySectorRegion:
    """Return what each city sells, or buys, in all; (i, r)."""
    return own * np.einsum("irq,irq->ir", around, block[:, province])
