"""Pairs of arms: paired differences, which of them are told apart, and how wide each is known.

Arms are told apart by Holm's step-down test (1979), whose intervals would not hold together: those
that stand beside are after Bonferroni, all at 5 % ÷ pairs, and do. Where they exclude zero the arms
are told apart; the test is the sharper of the two, so that a pair may be told apart whose interval
still reaches zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import stdtr

from analysis.outcomes.independent_draws import draws_of
from analysis.outcomes.paired import CONFIDENCE, Interval, by_arm, independent, interval_of


@dataclass(frozen=True, slots=True)
class Pair:
    """Two arms, the one of the lower mean first."""

    lower: str
    higher: str
    gap: Interval
    """`higher` − `lower`, paired by replication; the intervals of all pairs hold together in 95 %
    of cases (Bonferroni)."""
    held: int
    """Replications in which `lower` is below `higher`."""
    replications: int
    apart: bool
    """True where Holm's test excludes zero, and the difference is one that matters."""


@dataclass(frozen=True, slots=True)
class _Differences:
    """Two arms, and `higher` − `lower` where both have a value."""

    lower: str
    higher: str
    by_run: np.ndarray
    by_draw: np.ndarray
    """Means over the replications of each independent draw."""


def pairs_of(values: pd.DataFrame, material: float, economies: int = 1) -> list[Pair]:
    """Return all pairs of arms; `values` has a column an arm, a row a replication.

    Replications take drawn `economies` in turn: those of one economy count as one draw (see
    `analysis.outcomes.independent_draws`). Differences are tested from the surest to the least
    sure, the k-th of m at a level of 5 % ÷ (m − k + 1); after the first that may be zero, none is
    told apart.
    """
    known, draws = by_arm(values), draws_of(values.index.to_numpy(), economies)
    found = [one for two in combinations(known, 2) if (one := _differences(known, two, draws))]
    found.sort(key=lambda one: _chance(one.by_draw))
    made, clear = [], True
    for k, one in enumerate(found):
        clear = clear and _chance(one.by_draw) < (1.0 - CONFIDENCE) / (len(found) - k)
        gap = interval_of(one.by_draw, (1.0 - CONFIDENCE) / len(found))
        apart = clear and gap.mean >= material
        held = int((one.by_run > 0).sum())
        made.append(Pair(one.lower, one.higher, gap, held, one.by_run.size, apart))
    return made


def _differences(
    values: Mapping[str, np.ndarray], two: tuple[str, str], draws: np.ndarray
) -> _Differences | None:
    """Return the differences of two arms; None where they never meet."""
    differences = values[two[1]] - values[two[0]]
    finite = np.isfinite(differences)
    if not finite.any():
        return None
    by_run, by_draw = differences[finite], independent(differences, draws)
    if by_draw.mean() >= 0:
        return _Differences(*two, by_run, by_draw)
    return _Differences(two[1], two[0], -by_run, -by_draw)


def _chance(differences: np.ndarray) -> float:
    """Return the two-sided p-value of a mean of zero; 1 for a single difference."""
    n = differences.size
    if n < 2 or not differences.any():
        return 1.0
    error = float(differences.std(ddof=1)) / np.sqrt(n)
    return 0.0 if error == 0 else float(2 * stdtr(n - 1, -abs(differences.mean()) / error))
