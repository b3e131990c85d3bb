"""Regions of the uncertain numbers in which a claim fails, found by a tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.uncertainty.claims import Decided
from analysis.uncertainty.libraries import library
from analysis.uncertainty.shares import interval
from analysis.uncertainty.worlds import Worlds
from scenarios.uncertainty import Uncertainty

DEPTH = 2
"""Bounds of a region at most: what can be said in a sentence."""
LEAST = 0.05
"""Smallest region, share of worlds."""
SHUFFLES = RESAMPLES = 100
FEW = 5
"""Worlds of a region at least, and failures that a search needs."""


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
    """Share of the worlds within in which the claim fails, 1."""
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

    A classification tree of two levels (Breiman et al. 1984, by scikit-learn) splits the worlds;
    the leaf of the most failures in excess of chance is the region. It counts if it has more of
    them than the region that the same search finds in any of 100 shuffles of the failures.
    """
    known = ~np.isnan(one.holds)
    fails = one.holds[known] == 0
    if min(fails.sum(), (~fails).sum()) < FEW:
        return None
    shares = worlds.shares[known]
    found, rng = _search(shares, fails), np.random.default_rng(0)
    by_chance = [_search(shares, rng.permutation(fails)).excess for _ in range(SHUFFLES)]
    if found.excess <= max(by_chance):
        return None
    bounds = _bounds(found, worlds.uncertainties)
    again = [
        each
        for rows in rng.integers(fails.size, size=(RESAMPLES, fails.size))
        if 0 < fails[rows].sum() < fails.size
        and _sides(each := _bounds(_search(shares[rows], fails[rows]), worlds.uncertainties))
        == _sides(bounds)
    ]
    within = found.leaves == found.leaf
    low, high = interval(int(fails[within].sum()), int(within.sum()))
    inside = np.zeros(len(worlds), dtype=bool)
    inside[known] = within
    return Region(
        bounds=bounds,
        inside=inside,
        failing=float(fails[within].mean()),
        failing_low=low,
        failing_high=high,
        coverage=float(fails[within].sum() / fails.sum()),
        elsewhere=float(fails[~within].mean()) if not within.all() else 0.0,
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A tree, and its leaf of the most failures in excess of chance."""

    tree: Any
    leaves: np.ndarray
    leaf: int
    excess: float


def _search(shares: np.ndarray, fails: np.ndarray) -> _Found:
    tree = library("sklearn.tree").DecisionTreeClassifier(
        max_depth=DEPTH,
        min_samples_leaf=max(FEW, int(LEAST * fails.size)),
        class_weight="balanced",
        random_state=0,
    )
    leaves = tree.fit(shares, fails).apply(shares)
    excess = {
        int(leaf): float((fails - fails.mean())[leaves == leaf].sum()) for leaf in np.unique(leaves)
    }
    leaf = max(excess, key=excess.__getitem__)
    return _Found(tree.tree_, leaves, leaf, excess[leaf])


def _bounds(found: _Found, uncertainties: Sequence[Uncertainty]) -> tuple[Bound, ...]:
    """Return the splits on the way to the leaf, the tighter where two are of one key."""
    left, right = np.asarray(found.tree.children_left), np.asarray(found.tree.children_right)
    path, node = [], found.leaf
    while node != 0:
        above = bool((right == node).any())
        node = int(np.flatnonzero((right if above else left) == node)[0])
        path.append((int(found.tree.feature[node]), above, float(found.tree.threshold[node])))
    tightest: dict[tuple[int, bool], float] = {}
    for feature, above, threshold in path:  # from the leaf up: the first of a kind is the tightest
        tightest.setdefault((feature, above), threshold)
    return tuple(
        Bound(uncertainties[feature], above, float(uncertainties[feature].value(share)))
        for (feature, above), share in sorted(tightest.items())
    )
