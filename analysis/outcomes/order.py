"""Order of arms that survives: how often the arm with the better mean is the better one."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.outcomes.independent_draws import draws_of, means_by_draw
from analysis.outcomes.outcomes import OutcomeTable

SURVIVES = 0.9
"""Least share of replications in which an order that survives holds, 1."""
COLUMNS = ["outcome", "better", "worse", "replications", "draws", "share"]


def order_held(runs: OutcomeTable) -> pd.DataFrame:
    """Return a row for every ranked outcome and pair of arms with a policy.

    Columns: outcome, better (the arm of the better mean), worse, replications, draws (how many of
    them are independent: drawn economies, or all with the economy as compiled), and share: of the
    replications in which `better` is better, ties counting half, every draw of the same weight.
    Replications differ in chance and, where an experiment has several economies, in what is not
    known of the economy.
    """
    rivals = [arm for arm in runs.arms if arm != runs.reference]
    rows = []
    for outcome in runs.shown:
        if outcome.direction == "neither":
            continue
        sign = 1.0 if outcome.direction == "lower" else -1.0
        table = runs.values(outcome)[rivals]
        values = sign * table.to_numpy(dtype=np.float64).T
        draws = draws_of(table.index.to_numpy(), runs.economies)
        known = ~np.isnan(values)
        for first, second in combinations(range(len(rivals)), 2):
            both = known[first] & known[second]
            if not both.any():
                continue
            gap = values[second, both] - values[first, both]
            better, worse = first, second
            if means_by_draw(gap, draws[both]).mean() < 0:
                gap, better, worse = -gap, second, first
            held = means_by_draw((gap > 0) + 0.5 * (gap == 0), draws[both])
            rows.append(
                (outcome.word, rivals[better], rivals[worse], gap.size, held.size,
                 float(held.mean()))
            )  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def surviving(order: pd.DataFrame, outcome: str) -> tuple[int, int]:
    """Return how many pairs of arms keep their order in nine of ten replications, and of all."""
    own = order[order["outcome"] == outcome]
    return int((own["share"] >= SURVIVES).sum()), len(own)
