"""Branches: the parts of abatement groups whose intensities a scenario moves apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats, BranchMask, OfBranch, OfSector, SectorMask


@dataclass(frozen=True, slots=True)
class Branches:
    """A partition of the sectors that is finer than the abatement groups, or as fine.

    All sectors of a branch are of one group and change their intensity by one factor. Branches
    stand in the order of their groups, then of their first sectors; a group without any sector has
    one branch without any.
    """

    of_sector: OfSector
    """Position of each sector's branch; (i,)."""
    group: OfBranch
    """Position of each branch's group; (b,)."""

    @property
    def key(self) -> tuple[int, ...]:
        """The partition as a value to look up by."""
        return tuple(self.of_sector.tolist())

    @property
    def _whole(self) -> bool:
        return bool(self.group[-1] + 1 == self.group.size)

    def named(self, sectors: SectorMask) -> BranchMask:
        """Return which branches have a sector among some; (b,)."""
        return np.bincount(self.of_sector[sectors], minlength=self.group.size) > 0

    def sums(self, of_branches: AnyFloats) -> AnyFloats:
        """Return what the branches of each group add up to; (…, b) to (…, g)."""
        if self._whole:
            return of_branches
        first = np.flatnonzero(np.diff(self.group, prepend=-1))
        return np.asarray(np.add.reduceat(of_branches, first, axis=-1))

    def spread(self, of_groups: AnyFloats) -> AnyFloats:
        """Return for each branch what its group has; (…, g) to (…, b)."""
        return of_groups if self._whole else of_groups[..., self.group]

    def means(self, of_branches: AnyFloats, weights: AnyFloats) -> AnyFloats:
        """Return weighted means over the branches of each group; (…, b) to (…, g).

        The plain mean where no branch of a group has weight.
        """
        if self._whole:
            return of_branches
        total = self.sums(weights)
        plain = self.sums(of_branches) / self.sums(np.ones_like(of_branches))
        return np.divide(self.sums(of_branches * weights), total, out=plain, where=total > 0)


def branches(group: OfSector, groups: int, named: Sequence[SectorMask] = ()) -> Branches:
    """Return the coarsest branches of which each lies in or outside of every set named.

    Parameters
    ----------
    group
        Abatement group of each sector; (i,).
    groups
        How many there are.
    named
        Sets of sectors that a scenario moves, each by a factor of its own.
    """
    sectors = np.column_stack([group, *named]).astype(np.int64)
    empty = np.zeros((groups, sectors.shape[1]), dtype=np.int64)
    empty[:, 0] = np.arange(groups)
    missing = ~np.isin(empty[:, 0], group)
    found, first, branch = np.unique(
        np.concatenate([sectors, empty[missing]]), axis=0, return_index=True, return_inverse=True
    )
    order = np.lexsort((first, found[:, 0]))
    position = np.argsort(order)[branch.reshape(-1)]
    return Branches(of_sector=position[: group.size], group=found[order, 0])
