"""Regret and satisficing: how far each rule falls behind the best of its world, and how often."""

from itertools import product

import numpy as np
import pandas as pd

from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.paired import interval_of
from analysis.uncertainty.shares import interval
from analysis.uncertainty.worlds import Worlds

ENDS = ("", "_low", "_high")
"""Of a measure and of its interval, in names of columns."""
WITHIN = 0.1
"""A rule satisfies where its outcome lies within a tenth of the best rule's."""
WEIGHED = ("off_cap", "abatement_cost", "burden_poor", "free_riding", "below_5300")
"""Outcomes that rules are weighed by, one by one."""


def regret(worlds: Worlds) -> pd.DataFrame:
    """Return a row an outcome and rule: how it does against the best of its world and ground.

    Columns: outcome, arm, best (share of worlds in which no rule does better, 1), within (share in
    which it lies within a tenth of the best), regret (mean distance from the best, in the unit of
    the outcome; Savage 1951), each with the ends of its 95 % interval over worlds and their luck
    (`_low`, `_high`), regret_90 (its ninth decile), worlds.
    """
    rows = []
    weighed = [one for one in OUTCOMES if one.word in WEIGHED]
    for outcome, arms in product(weighed, worlds.groups):
        values = worlds.by_arm(outcome.word, arms)
        values = values if outcome.direction == "lower" else -values
        known = ~np.isnan(values).any(axis=1)
        if not known.any():
            continue
        behind = values[known] - values[known].min(axis=1, keepdims=True)
        near = behind <= WITHIN * np.abs(values[known].min(axis=1, keepdims=True))
        for arm, gap, close in zip(arms, behind.T, near.T, strict=True):
            count = int(known.sum())
            best, within = int((gap == 0).sum()), int(close.sum())
            mean = interval_of(gap)
            rows.append(
                (
                    outcome.word, arm, best / count, *interval(best, count), within / count,
                    *interval(within, count), mean.mean, mean.low, mean.high,
                    float(np.quantile(gap, 0.9)), count,
                )
            )  # fmt: skip
    measures = [f"{word}{end}" for word in ("best", "within", "regret") for end in ENDS]
    columns = ["outcome", "arm", *measures, "regret_90", "worlds"]
    return pd.DataFrame(rows, columns=columns)


def satisficing(worlds: Worlds, most: dict[str, float]) -> pd.DataFrame:
    """Return in how many worlds each rule keeps within limits: at most, by outcome; all at once.

    Columns: arm, share with the ends of its interval (low, high), and a share for each outcome
    alone.
    """
    rows = []
    for arm in worlds.rivals:
        kept = {word: worlds.of(word, arm) <= limit for word, limit in most.items()}
        both = np.logical_and.reduce(list(kept.values()))
        alone = {word: float(holds.mean()) for word, holds in kept.items()}
        low, high = interval(int(both.sum()), both.size)
        rows.append({"arm": arm, "share": float(both.mean()), "low": low, "high": high, **alone})
    return pd.DataFrame(rows)
