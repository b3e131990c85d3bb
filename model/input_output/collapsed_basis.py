"""The response basis collapsed to what a scenario can move: kinds of demand, groups of sectors."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import (
    AnyFloats,
    BetweenRegions,
    ByKindRegion,
    ByKindRegionGroup,
    ByRegion,
    ByRegionGroup,
    FlowsByCategory,
    FlowsByKind,
    GroupFlows,
    Number,
    ValueAddedByKind,
)
from model.runs import through, wide


@dataclass(frozen=True, slots=True)
class CollapsedBasis:
    """Embodied flows of the base year, by what moves together; emissions t, money 10⁴ CNY.

    A year whose intensities move by group of sectors and whose final demand moves by kind, both
    relative to the base year, is scored exactly by passing over `flows` once for each question.
    A group here is what moves together: an abatement group, or a branch of one.
    """

    flows: FlowsByKind
    """Emitted by group g in r for demand of kind k in s, t; (r, g, k, s)."""
    exported: ByRegionGroup
    """Emitted for exports abroad, t; (r, g)."""
    own: ByKindRegionGroup
    """Emitted at home for own final demand, t; (k, r, g)."""
    embodied_value_added: ValueAddedByKind
    """Value added in r for demand of kind k in s; (r, k, s)."""
    value_added_exported: ByRegion
    """Value added for exports abroad; (r,)."""
    further: int = 0
    """Number of kinds, the last ones, that are more of some products than the base year demands."""

    @property
    def regular(self) -> int:
        """Number of kinds, the first ones, that make up the demand of the base year."""
        return self.own.shape[0] - self.further

    @property
    def unchanged(self) -> ByKindRegion:
        """Final demand of the base year relative to itself: one, and no further kind; (k, s)."""
        demand = np.ones(self.own.shape[:2])
        demand[self.regular :] = 0.0
        return demand

    def with_further(self, flows: GroupFlows, value_added: FlowsByCategory) -> "CollapsedBasis":
        """Return the basis with further kinds of demand, whose multipliers are 0 in the base year.

        `flows` as in `collapsed_basis`, (k, g, r, s), and `value_added` (k, r, s), without exports.
        """
        by_kind = flows.transpose(2, 1, 0, 3)
        return replace(
            self,
            flows=np.ascontiguousarray(np.concatenate([self.flows, by_kind], axis=2)),
            own=np.concatenate([self.own, np.einsum("kgrr->krg", flows)]),
            embodied_value_added=np.concatenate(
                [self.embodied_value_added, value_added.transpose(1, 0, 2)], axis=1
            ),
            further=self.further + flows.shape[0],
        )

    def unabated(self, demand: ByKindRegion, exports: Number) -> ByRegionGroup:
        """Return emissions at base-year intensity, t; (r, g)."""
        flows, wanted = self.flows.reshape(-1, self.own[..., 0].size), _flat(demand)
        called_for = through(wanted, flows.T)
        by_group = called_for.reshape(*demand.shape[:-2], *self.exported.shape)
        return by_group + self.exported * wide(exports)

    def per_demand(self, level: ByRegionGroup) -> ByKindRegion:
        """Return the footprint of the base year's demand at an intensity level, t; (k, s)."""
        footprint = through(_flat(level), self.flows.reshape(self.exported.size, -1))
        return footprint.reshape(*level.shape[:-2], *self.own.shape[:2])

    def own_per_demand(self, level: ByRegionGroup) -> ByKindRegion:
        """Return the part of that footprint that is emitted at home, t; (k, s)."""
        return over_groups(self.own * level[..., None, :, :])

    def embodied(self, level: ByRegionGroup, demand: ByKindRegion) -> BetweenRegions:
        """Return the flows of a year, emitter × consumer, t; (r, s)."""
        regions, groups, kinds, _ = self.flows.shape
        stacked = self.flows.reshape(regions, groups, -1)
        at_level = np.matmul(level[..., None, :], stacked)
        by_kind = at_level.reshape(*level.shape[:-2], regions, kinds, -1)
        return np.einsum("...rks,...ks->...rs", by_kind, demand)

    def value_added(self, demand: ByKindRegion, exports: Number) -> ByRegion:
        """Return value added by region, 10⁴ CNY at base-year prices; (r,)."""
        called_for = self.embodied_value_added.reshape(len(self.exported), -1)
        return through(_flat(demand), called_for.T) + self.value_added_exported * exports


def _flat(values: AnyFloats) -> AnyFloats:
    """Return the last two axes as one."""
    return values.reshape(*values.shape[:-2], -1)


def over_groups(values: AnyFloats) -> AnyFloats:
    """Return sums over the last, short axis; (…, g) to (…): a product is faster than `sum`."""
    return values @ np.ones(values.shape[-1])


def collapsed_basis(
    flows: GroupFlows,
    exported: ByRegionGroup,
    value_added: FlowsByCategory,
    value_added_exported: ByRegion,
) -> CollapsedBasis:
    """Return the basis collapsed to kinds of demand.

    Parameters
    ----------
    flows
        Base-year flows by kind, group, emitter and consumer, t; (k, g, r, s).
    exported
        Emitted by group for all exports abroad, t; (r, g).
    value_added
        Value added in r for demand of kind k in s, 10⁴ CNY; (k, r, s).
    value_added_exported
        For all exports abroad, 10⁴ CNY; (r,).
    """
    return CollapsedBasis(
        flows=np.ascontiguousarray(flows.transpose(2, 1, 0, 3)),
        exported=exported,
        own=np.ascontiguousarray(np.einsum("kgrr->krg", flows)),
        embodied_value_added=np.ascontiguousarray(value_added.transpose(1, 0, 2)),
        value_added_exported=value_added_exported,
    )
