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

    A world in which a rule lacks one of the outcomes, such as a price without trade, tells nothing
    about it.

    Columns: arm, share with the ends of its interval (low, high), worlds (in which the rule has
    all outcomes), drawn (worlds of the study), and a share for each outcome alone, of the worlds
    that have it. A share of no world is not a number.
    """
    rows = []
    for arm in worlds.rivals:
        values = np.stack([worlds.of(word, arm) for word in most])
        known = ~np.isnan(values)
        kept = values <= np.array(list(most.values()))[:, None]
        complete = known.all(axis=0)
        both = np.logical_and.reduce(kept[:, complete])
        low, high = interval(int(both.sum()), both.size)
        alone = {
            word: _mean(own[there]) for word, own, there in zip(most, kept, known, strict=True)
        }
        rows.append(
            {
                "arm": arm, "share": _mean(both), "low": low, "high": high,
                "worlds": both.size, "drawn": complete.size, **alone,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _mean(holds: np.ndarray) -> float:
    return float(holds.mean()) if holds.size else np.nan
