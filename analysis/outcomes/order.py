"""Order of arms that survives: how often the arm with the better mean is the better one."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.outcomes.outcomes import OutcomeTable

SURVIVES = 0.9
"""Least share of replications in which an order that survives holds, 1."""


def order_held(runs: OutcomeTable) -> pd.DataFrame:
    """Return a row for every ranked outcome and pair of arms with a policy.

    Columns: outcome, better (the arm of the better mean), worse, replications, and share: of the
    replications in which `better` is better, ties counting half. Replications differ in chance and,
    where an experiment has several economies, in what is not known of the economy.
    """
    rivals = [arm for arm in runs.arms if arm != runs.reference]
    rows = []
    for outcome in runs.shown:
        if outcome.direction == "neither":
            continue
        sign = 1.0 if outcome.direction == "lower" else -1.0
        values = sign * runs.values(outcome)[rivals].to_numpy(dtype=np.float64).T
        known = ~np.isnan(values)
        for first, second in combinations(range(len(rivals)), 2):
            both = values[[first, second]][:, known[first] & known[second]]
            if not both.size:
                continue
            means = both.mean(axis=1)
            better, worse = (first, second) if means[0] <= means[1] else (second, first)
            gap = both[1] - both[0] if better == first else both[0] - both[1]
            share = float((gap > 0).mean() + 0.5 * (gap == 0).mean())
            rows.append((outcome.word, rivals[better], rivals[worse], gap.size, share))
    return pd.DataFrame(rows, columns=["outcome", "better", "worse", "replications", "share"])


def surviving(order: pd.DataFrame, outcome: str) -> tuple[int, int]:
    """Return how many pairs of arms keep their order in nine of ten replications, and of all."""
    own = order[order["outcome"] == outcome]
    return int((own["share"] >= SURVIVES).sum()), len(own)
