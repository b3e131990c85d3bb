"""Ranking arms outcome by outcome, with intervals of paired differences."""

from collections.abc import Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.outcomes.independent_draws import draws_of, mean_over_draws
from analysis.outcomes.outcome import Outcome
from analysis.outcomes.outcomes import OutcomeTable
from analysis.outcomes.paired import by_arm, paired

Wins = set[tuple[str, str]]
"""Pairs (a, b) in which a is clearly better than b."""


def ranking(runs: OutcomeTable) -> pd.DataFrame:
    """Return a row for every outcome and arm: mean, paired differences, rank, who dominates it.

    Differences are paired by replication, from the arm without policy and from the best arm; means
    are over the runs that all arms share. The rank is one more than the number of arms that are
    clearly better (their paired interval excludes zero), so equals share a rank. An arm is
    dominated by another that is clearly better in some ranked outcome and clearly worse in none.
    The arm without policy is the reference and not ranked. Replications of one drawn economy count
    together, as in `independent_draws`.
    """
    arms, reference = runs.arms, runs.reference
    rivals = [arm for arm in arms if arm != reference]
    tables = {outcome.word: runs.values(outcome) for outcome in runs.shown}
    values = {word: by_arm(table) for word, table in tables.items()}
    draws = {
        word: draws_of(table.index.to_numpy(), runs.economies) for word, table in tables.items()
    }
    wins = {
        outcome.word: _wins(values[outcome.word], outcome, rivals, draws[outcome.word])
        for outcome in runs.shown
    }
    rows: list[dict[str, object]] = []
    shared = list(runs.shared)
    for outcome in runs.shown:
        of, won = values[outcome.word], wins[outcome.word]
        over = mean_over_draws(tables[outcome.word].loc[shared], runs.economies)
        means = {str(arm): float(mean) for arm, mean in over.items()}
        by = draws[outcome.word]
        rows += [_row(outcome, arm, of, by, means, won, rivals, reference) for arm in arms]
    table = pd.DataFrame(rows)
    dominated = {arm: ", ".join(_dominators(arm, rivals, list(wins.values()))) for arm in rivals}
    table["dominated_by"] = [dominated.get(arm, "") for arm in table["arm"]]
    return table


def never_binding(national: pd.DataFrame) -> list[str]:
    """Return the arms whose cap lies above the liability without policy in every year."""
    capped = national[national["cap"].notna()]
    bites = (capped["cap"] < capped["baseline"]).groupby(capped["arm"], observed=True).any()
    return [str(arm) for arm, bitten in bites.items() if not bitten]


def _wins(
    values: Mapping[str, np.ndarray], outcome: Outcome, arms: list[str], draws: np.ndarray
) -> Wins:
    if outcome.direction == "neither":
        return set()
    sign = -1.0 if outcome.direction == "lower" else 1.0
    gaps = {(a, b): paired(values, a, b, draws) for a, b in combinations(arms, 2)}
    clear = {pair: sign * gap.mean > 0 for pair, gap in gaps.items() if gap.clear}
    return {(a, b) if better else (b, a) for (a, b), better in clear.items()}


def _dominators(arm: str, arms: list[str], wins: list[Wins]) -> list[str]:
    return [
        other
        for other in arms
        if any((other, arm) in pairs for pairs in wins)
        and not any((arm, other) in pairs for pairs in wins)
    ]


def _row(
    outcome: Outcome,
    arm: str,
    values: Mapping[str, np.ndarray],
    draws: np.ndarray,
    means: dict[str, float],
    wins: Wins,
    rivals: list[str],
    reference: str,
) -> dict[str, object]:
    known = {rival: means[rival] for rival in rivals if means[rival] == means[rival]}
    ranked = outcome.direction != "neither" and arm in known
    row: dict[str, object] = {
        "outcome": outcome.word,
        "label": outcome.label,
        "unit": outcome.unit,
        "better": outcome.direction,
        "arm": arm,
        "mean": means[arm],
        "rank": 1 + sum(loser == arm for _, loser in wins) if ranked else np.nan,
    }
    best = reference
    if ranked:
        best = (min if outcome.direction == "lower" else max)(known, key=lambda one: known[one])
    for name, other in (("from_no_policy", reference), ("from_best", best)):
        gap = paired(values, arm, other, draws)
        shown = name == "from_no_policy" or ranked
        row |= {
            name: gap.mean if shown else np.nan,
            f"{name}_low": gap.low if shown else np.nan,
            f"{name}_high": gap.high if shown else np.nan,
        }
    return row
