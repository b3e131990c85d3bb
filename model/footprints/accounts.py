"""Production- and consumption-based accounts from embodied flows.

C[r,s] is emitted in r for final demand in s; exports abroad are a block of their own
(Zheng et al. 2023, eq. 1–2).
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByRegion,
    ByRegionGroup,
    ByRegionSector,
    Columns,
    FinalUse,
    FlowsByCategory,
    FlowsByGroup,
)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Emissions of each region for each other, t CO₂ a year (or 10⁴ CNY of value added)."""

    C: BetweenRegions
    """Emitted in r for final demand in s; (r, s)."""
    exported: ByRegion
    """Emitted in r for exports abroad, whichever region ships them; (r,)."""

    @property
    def D_pba(self) -> ByRegion:
        """Production-based account: all emissions of the region, exports included; (r,)."""
        return self.C.sum(axis=1) + self.exported

    @property
    def D_cba(self) -> ByRegion:
        """Consumption-based account, or footprint, without imports from abroad; (r,)."""
        return self.C.sum(axis=0)

    @property
    def outflow(self) -> ByRegion:
        """Emitted in the region for final demand of other regions; (r,)."""
        return self.C.sum(axis=1) - np.diag(self.C)

    @property
    def inflow(self) -> ByRegion:
        """Emitted in other regions for the region's final demand; (r,)."""
        return self.C.sum(axis=0) - np.diag(self.C)

    @property
    def outsourced_share(self) -> float:
        """Share of footprints emitted outside the consuming region, 1: 1 − tr C / ΣC."""
        return float(1.0 - np.trace(self.C) / self.C.sum())


def embodied_flows(basis: Columns, S: ByRegionSector) -> FlowsByCategory:
    """Return Σ_i S[r,i] X[(r,i),(k,s)], unit of S·X; (k, r, s), the last k exports by origin s."""
    regions = basis.shape[0]
    flows = np.einsum("ri,ric->rc", S, basis).reshape(regions, -1, regions)
    return np.ascontiguousarray(flows.transpose(1, 0, 2))


def by_emitting_sector(basis: Columns, S: ByRegionSector) -> FinalUse:
    """Return where along the supply chain a footprint is emitted, unit of S·X; (s, i, k).

    Σ_r S[r,i] X[(r,i),(k,s)]: emissions of sector i in all regions for category k of s; the last
    category is exports abroad by the region that ships them.
    """
    by_sector = np.einsum("ri,ric->ic", S, basis)
    regions, sectors = basis.shape[:2]
    return np.ascontiguousarray(by_sector.reshape(sectors, -1, regions).transpose(2, 0, 1))


def accounts(flows: FlowsByCategory) -> Accounts:
    """Return the accounts of flows by category whose last block is exports abroad."""
    return Accounts(C=flows[:-1].sum(axis=0), exported=flows[-1].sum(axis=1))


def at_intensity(flows: FlowsByGroup, level: ByRegionGroup) -> BetweenRegions:
    """Return Σ_g level[r,g] T[g,r,s]; `level` is intensity relative to the base year; (r, s)."""
    total = flows[0] * level[:, 0, None]
    for g in range(1, flows.shape[0]):
        total += flows[g] * level[:, g, None]
    return total
