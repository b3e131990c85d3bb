"""Dominated rules, as they are printed; and what it means that none is."""

from collections.abc import Sequence
from itertools import permutations

from analysis.experiment.assessment import Comparison
from analysis.figures.style import label
from analysis.verdicts.verdict import Verdict


def domination(comparison: Comparison, verdicts: Sequence[Verdict]) -> list[str]:
    """Return a line a dominated arm, or one that there is none; nothing of a single replication."""
    pairs = comparison.ranking[["arm", "dominated_by"]].drop_duplicates()
    dominated = pairs[pairs["dominated_by"] != ""]
    rivals = [str(arm) for arm in pairs["arm"] if arm != comparison.experiment.reference]
    if dominated.empty and len(rivals) > 1 and comparison.experiment.replications > 1:
        return [undominated(verdicts, rivals)]
    lines = []
    for _, row in dominated.iterrows():
        others = " and ".join(label(arm) for arm in str(row["dominated_by"]).split(", "))
        lines.append(
            f"dominated: {label(str(row['arm']))}, by {others} (clearly better in some ranked"
            " outcome, clearly worse in none)"
        )
    return lines


def undominated(verdicts: Sequence[Verdict], arms: Sequence[str]) -> str:
    """Return that no arm is dominated, and why: arms may each be better somewhere, or just alike.

    `verdicts` are those on all outcomes; such as are not ranked tell nothing of better.
    """
    better = {pair for one in verdicts for pair in _better(one)}
    if better.issuperset(permutations(arms, 2)):
        return "No rule is dominated: each is told apart from any other as better in some outcome."
    return (
        "No rule is dominated: none is clearly better than another in some ranked outcome without"
        " being clearly worse in some."
    )


def _better(verdict: Verdict) -> list[tuple[str, str]]:
    """Return the pairs of arms that are told apart, the better one first."""
    apart = [(pair.lower, pair.higher) for pair in verdict.pairs if pair.apart]
    if verdict.outcome.direction == "lower":
        return apart
    return [(high, low) for low, high in apart] if verdict.outcome.direction == "higher" else []
