"""Restatement: liability of past years as if a later year's coverage had held in them."""

from collections.abc import Callable

import numpy as np

from model.arrays import ByCity, ByYearCity, GroupMask


class Restatement:
    """What cities would answer for without policy, base year included, by coverage."""

    def __init__(
        self, covered: tuple[GroupMask, ...], liability: Callable[[GroupMask], ByYearCity]
    ) -> None:
        self._covered = covered
        apart = {groups.tobytes(): groups for groups in covered}
        self._liability = {key: liability(groups) for key, groups in apart.items()}

    def base_year(self, t: int) -> ByCity:
        """Return the base year's liability under year t's coverage, t; (c,)."""
        return self._under(t)[0]

    def without_policy(self, year: int, t: int) -> ByCity:
        """Return a year's liability without policy under year t's coverage, t; (c,).

        Years are counted from 0; −1 is the base year.
        """
        return self._under(t)[year + 1]

    def baseline(self) -> ByYearCity:
        """Return liability without policy, each year under its own coverage, t; (t, c)."""
        return np.stack([self._under(t)[t + 1] for t in range(len(self._covered))])

    def restated(self, known: ByCity, year: int, t: int) -> ByCity:
        """Return a past year's liability, or quota, under year t's coverage, t; (c,).

        What joined since then is added, and what left is taken off, as it would have been without
        policy: joining groups had no price to abate at. Never below zero.

        Parameters
        ----------
        known
            Of the past year, under its own coverage, t; (c,).
        year
            The past year, counted from 0; −1 is the base year, under the first year's coverage.
        """
        before, now = self._under(max(year, 0)), self._under(t)
        if before is now:
            return known
        return np.maximum(known + now[year + 1] - before[year + 1], 0.0)

    def _under(self, t: int) -> ByYearCity:
        return self._liability[self._covered[t].tobytes()]
