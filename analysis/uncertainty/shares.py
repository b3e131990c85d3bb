"""In how many worlds a claim holds, with its interval."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from analysis.uncertainty.claims import Decided

LEVEL = 0.95
"""Of intervals."""


def interval(holds: int, count: int) -> tuple[float, float]:
    """Return the interval of a share, 1 (Clopper and Pearson 1934); no world tells nothing."""
    if count == 0:
        return 0.0, 1.0
    found = binomtest(holds, count).proportion_ci(LEVEL, "exact")
    return float(found.low), float(found.high)


def claim_shares(decided: Iterable[Decided]) -> pd.DataFrame:
    """Return a row a claim: statement, holds (how), share, low, high, worlds, drawn.

    `worlds` are those that decide it, `drawn` those of the study; the share is of the former.
    """
    rows = []
    for one in decided:
        known = one.holds[~np.isnan(one.holds)]
        yes = int(known.sum())
        low, high = interval(yes, known.size)
        share = yes / known.size if known.size else np.nan
        counts = known.size, one.holds.size
        rows.append((one.claim.says, one.claim.holds, share, low, high, *counts))
    columns = ["statement", "holds", "share", "low", "high", "worlds", "drawn"]
    return pd.DataFrame(rows, columns=columns)
