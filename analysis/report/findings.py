"""What the results say in two or three sentences, and how surely; read from ranking and order.

The one place to change what a report says first: a sentence is a key of `words.json` with values.
"""

from typing import Any

import pandas as pd

from analysis.outcomes.arms import NO_TRADE
from analysis.outcomes.order import SURVIVES, surviving
from analysis.report.finished_results import FinishedResults
from analysis.report.packing import plain

LEADING = ("emissions", "abatement_cost")
"""Outcomes that a report speaks of first, where they are ranked."""

Sentence = dict[str, Any]


def findings(results: FinishedResults) -> list[Sentence]:
    """Return the sentences of the first screen, each a key with its values."""
    said = [_by_trade(results), *(_lowest(results, outcome) for outcome in LEADING)]
    return [plain(sentence) for sentence in said if sentence is not None]


def _policies(results: FinishedResults, outcome: str) -> pd.DataFrame:
    """Return the ranked rows of an outcome, the best first."""
    rows = results.ranking[results.ranking["outcome"] == outcome]
    rows = rows[rows["rank"].notna() & rows["mean"].notna()]
    return rows.sort_values("mean", ascending=not (rows["better"] == "higher").any())


def _lowest(results: FinishedResults, outcome: str) -> Sentence | None:
    """Tell the best and the worst arm, and in how many replications the best keeps its place."""
    rows = _policies(results, outcome)
    if len(rows) < 2:
        return _only(rows) if len(rows) else None
    best, worst = rows.iloc[0], rows.iloc[-1]
    order = results.order[results.order["outcome"] == outcome]
    against = order[(order["better"] == best["arm"]) & (order["worse"] == rows.iloc[1]["arm"])]
    kept, pairs = surviving(results.order, outcome)
    return {
        "key": f"finding_{outcome}",
        "outcome": outcome,
        "arm": str(best["arm"]),
        "other": str(worst["arm"]),
        "next": str(rows.iloc[1]["arm"]),
        "value": float(best["mean"]),
        "high": float(worst["mean"]),
        "change": _change(best),
        "share": float(against["share"].iloc[0]) if len(against) else None,
        "kept": kept,
        "pairs": pairs,
        "survives": SURVIVES,
        "unit": str(best["unit"]),
    }


def _only(rows: pd.DataFrame) -> Sentence:
    """Tell what a single policy changes."""
    row = rows.iloc[0]
    return {
        "key": "finding_one",
        "outcome": str(row["outcome"]),
        "value": float(row["mean"]),
        "change": _change(row),
        "unit": str(row["unit"]),
    }


def _change(row: Any) -> list[float]:
    """Return the paired difference from no policy and its interval."""
    return [float(row[f"from_no_policy{end}"]) for end in ("", "_low", "_high")]


def _by_trade(results: FinishedResults) -> Sentence | None:
    """Tell how far rules lie apart in emissions with an exchange and without trade."""
    rows = _policies(results, LEADING[0])
    spans = {}
    for way in ("exchange", NO_TRADE):
        own = rows[[results.arms.way(arm) == way for arm in rows["arm"]]]
        if len(own) < 2:
            return None
        spans[way] = float(own["mean"].max() - own["mean"].min())
    return {
        "key": "finding_trade",
        "outcome": LEADING[0],
        "with": spans["exchange"],
        "without": spans[NO_TRADE],
        "unit": str(rows.iloc[0]["unit"]),
    }
