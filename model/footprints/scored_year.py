"""A year's accounts, scored exactly from the collapsed basis, and the mitigation between two."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import ByKindRegion, ByRegion, ByRegionGroup, GroupMask
from model.input_output.collapsed_basis import CollapsedBasis, over_groups


@dataclass(frozen=True)
class ScoredYear:
    """Accounts of a year, sums of its embodied flows, t CO₂; C[r, s] itself is never formed."""

    emitted: ByRegionGroup
    """Emissions by region and group, exports included; (r, g)."""
    exported_by_group: ByRegionGroup
    """Emitted for exports abroad; (r, g)."""
    demand: ByKindRegion
    """Final demand relative to the base year, 1; (k, s)."""
    per_demand: ByKindRegion
    """Footprint of the base year's demand at the year's intensity; (k, s)."""
    own_per_demand: ByKindRegion
    """Its part that is emitted at home; (k, s)."""

    @cached_property
    def D_pba(self) -> ByRegion:
        """Production-based account; (r,)."""
        return over_groups(self.emitted)

    @cached_property
    def exported(self) -> ByRegion:
        """Emitted for exports abroad; (r,)."""
        return over_groups(self.exported_by_group)

    @cached_property
    def D_cba(self) -> ByRegion:
        """Consumption-based account, or footprint; (s,)."""
        return np.einsum("...ks,...ks->...s", self.per_demand, self.demand)

    @cached_property
    def own(self) -> ByRegion:
        """Emitted at home for own final demand, C[s, s]; (s,)."""
        return np.einsum("...ks,...ks->...s", self.own_per_demand, self.demand)


@dataclass(frozen=True, slots=True)
class Mitigation:
    """Mitigation by falling intensities, taken off footprints, t CO₂."""

    local: ByRegion
    """−dE[s, s]: at home; (s,)."""
    outsourced: ByRegion
    """−Σ_{r≠s} dE[r, s]: elsewhere; (s,)."""


def scored_year(
    basis: CollapsedBasis,
    level: ByRegionGroup,
    demand: ByKindRegion,
    unabated: ByRegionGroup,
    exports: float,
) -> ScoredYear:
    """Return the accounts of a year.

    Parameters
    ----------
    level
        Intensity relative to the base year, 1; (r, g).
    demand
        Final demand relative to the base year, 1; (k, s).
    unabated
        `basis.unabated(demand, exports)`, emissions at base-year intensity, t; (r, g).
    exports
        Exports relative to the base year, 1.
    """
    return ScoredYear(
        emitted=level * unabated,
        exported_by_group=level * basis.exported * exports,
        demand=demand,
        per_demand=basis.per_demand(level),
        own_per_demand=basis.own_per_demand(level),
    )


def covered_part(
    basis: CollapsedBasis, year: ScoredYear, level: ByRegionGroup, groups: GroupMask
) -> ScoredYear:
    """Return the accounts of a year as if only some groups emitted; (g,)."""
    return ScoredYear(
        emitted=year.emitted * groups,
        exported_by_group=year.exported_by_group * groups,
        demand=year.demand,
        per_demand=basis.per_demand(level * groups),
        own_per_demand=basis.own_per_demand(level * groups),
    )


def mitigation(before: ScoredYear, now: ScoredYear) -> Mitigation:
    """Return −dE between two years with A fixed, by consumer (Xia et al. 2024).

    dE = ½ ΔS L (Y₀ + Y₁), the mean of the two polar decompositions.
    """
    demand = (before.demand + now.demand) / 2
    return _mitigated(before, now, demand)


def abated(without: ScoredYear, now: ScoredYear) -> Mitigation:
    """Return what policy took off this year's footprints: Σ (S_none − S_run) L Y_run."""
    return _mitigated(without, now, now.demand)


def _mitigated(before: ScoredYear, now: ScoredYear, demand: ByKindRegion) -> Mitigation:
    total = ((before.per_demand - now.per_demand) * demand).sum(axis=-2)
    local = ((before.own_per_demand - now.own_per_demand) * demand).sum(axis=-2)
    return Mitigation(local=local, outsourced=total - local)
