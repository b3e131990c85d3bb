"""Regions of the uncertain numbers in which a claim fails, found by a tree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.uncertainty.claims import Decided
from analysis.uncertainty.cross_fitting import cross_fitted
from analysis.uncertainty.failure_trees import FEW, FailureLeaf, failure_leaf
from analysis.uncertainty.worlds import Worlds
from scenarios.uncertainty import Uncertainty

SHUFFLES = RESAMPLES = 100
ENOUGH = 100
"""Worlds that a search needs: with 48 and fifty numbers it finds one region in eight of those that
are there (a true share of 0.8 within, 0.1 outside), those which luck makes look worst."""


@dataclass(frozen=True, slots=True)
class Bound:
    """One side of a region."""

    uncertainty: Uncertainty
    above: bool
    value: float

    def __str__(self) -> str:
        unit = "" if self.uncertainty.unit in ("", "1") else f" {self.uncertainty.unit}"
        return f"{self.uncertainty.key} {'>' if self.above else '<'} {self.value:.3g}{unit}"


@dataclass(frozen=True, slots=True)
class Region:
    """Where a claim fails most."""

    bounds: tuple[Bound, ...]
    inside: np.ndarray
    """True for a world within; (worlds,)."""
    failing: float
    """Share of the worlds within in which the claim fails, 1; as all shares here by worlds that had
    no say in where the region lies, see `analysis.uncertainty.cross_fitting`."""
    failing_low: float
    failing_high: float
    coverage: float
    """Share of all failures that lie within, 1."""
    elsewhere: float
    """Share of the worlds outside in which it fails, 1."""
    spans: tuple[tuple[float, float], ...] = ()
    """Ends of each bound over resamples of the worlds in which the same region is found."""
    again: int = 0
    """Resamples, of a hundred, in which a region with the same bounds is found."""

    @property
    def surety(self) -> str:
        """How sure the region itself is, in words."""
        told = [
            f"{bound.uncertainty.key} {low:.3g} to {high:.3g}"
            for bound, (low, high) in zip(self.bounds, self.spans, strict=True)
        ]
        return (
            f"a region of the same numbers in {self.again} of {RESAMPLES} resamples, bounds"
            f" {', '.join(told)}"
        )

    def within(self, one: Uncertainty) -> Uncertainty | None:
        """Return an uncertain number as it is within; none where one value is left."""
        low, high = one.low, one.high
        for bound in self.bounds:
            if bound.uncertainty.key == one.key:
                low, high = (bound.value, high) if bound.above else (low, bound.value)
        if not low < high:
            return None
        mode = None if one.mode is None else min(max(one.mode, low), high)
        return one.model_copy(update={"low": low, "high": high, "mode": mode})

    def __str__(self) -> str:
        where = " and ".join(map(str, self.bounds))
        return (
            f"fails in {100 * self.failing:.0f} % of worlds"
            f" ({100 * self.failing_low:.0f} to {100 * self.failing_high:.0f}) where {where},"
            f" {100 * self.coverage:.0f} % of all its failures; elsewhere in"
            f" {100 * self.elsewhere:.0f} %"
        )


def failing_region(one: Decided, worlds: Worlds) -> Region | None:
    """Return the region in which a claim fails most; none where no region stands out.

    A classification tree of two levels splits the worlds; the leaf of the most failures in excess
    of chance is the region. It counts if it has more of them than the region that the same search
    finds in any of 100 shuffles of the failures, and if worlds that had no say in it fail more
    often within than elsewhere. Fewer than 100 worlds tell none.
    """
    known = ~np.isnan(one.holds)
    fails = one.holds[known] == 0
    if fails.size < ENOUGH or min(fails.sum(), (~fails).sum()) < FEW:
        return None
    shares = worlds.shares[known]
    found, rng = failure_leaf(shares, fails), np.random.default_rng(0)
    if any(
        failure_leaf(shares, rng.permutation(fails)).excess >= found.excess for _ in range(SHUFFLES)
    ):
        return None
    bounds = _bounds(found, worlds.uncertainties)
    again = [
        each
        for rows in rng.integers(fails.size, size=(RESAMPLES, fails.size))
        if 0 < fails[rows].sum() < fails.size
        and _sides(each := _bounds(failure_leaf(shares[rows], fails[rows]), worlds.uncertainties))
        == _sides(bounds)
    ]
    told = cross_fitted(shares, fails, rng)
    if told is None or told.failing <= told.elsewhere:
        return None
    inside = np.zeros(len(worlds), dtype=bool)
    inside[known] = found.holds(shares)
    return Region(
        bounds=bounds,
        inside=inside,
        failing=told.failing,
        failing_low=told.failing_low,
        failing_high=told.failing_high,
        coverage=told.coverage,
        elsewhere=told.elsewhere,
        spans=tuple(_span([each[place].value for each in again], bound.value)
                    for place, bound in enumerate(bounds)),
        again=len(again),
    )  # fmt: skip


def _sides(bounds: Sequence[Bound]) -> list[tuple[str, bool]]:
    return [(bound.uncertainty.key, bound.above) for bound in bounds]


def _span(values: Sequence[float], own: float) -> tuple[float, float]:
    """Return the middle nine tenths of values; the one of the region where there is none."""
    low, high = np.quantile(values or [own], [0.05, 0.95])
    return float(low), float(high)


def _bounds(found: FailureLeaf, uncertainties: Sequence[Uncertainty]) -> tuple[Bound, ...]:
    """Return the splits on the way to the leaf, the tighter where two are of one key."""
    tree = found.tree.tree_
    left, right = np.asarray(tree.children_left), np.asarray(tree.children_right)
    path, node = [], found.leaf
    while node != 0:
        above = bool((right == node).any())
        node = int(np.flatnonzero((right if above else left) == node)[0])
        path.append((int(tree.feature[node]), above, float(tree.threshold[node])))
    tightest: dict[tuple[int, bool], float] = {}
    for feature, above, threshold in path:  # from the leaf up: the first of a kind is the tightest
        tightest.setdefault((feature, above), threshold)
    return tuple(
        Bound(uncertainties[feature], above, float(uncertainties[feature].value(share)))
        for (feature, above), share in sorted(tightest.items())
    )
