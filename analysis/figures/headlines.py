"""Headlines over the arms of an experiment laid side by side, in words that hold for the data."""

from collections.abc import Callable

import pandas as pd

from analysis.figures.style import institution_words
from analysis.outcomes.arms import Arms

Span = Callable[[float, float], str]
"""Words for a range of values."""


def by_institution(arms: list[str], known: Arms) -> dict[str, list[str]]:
    """Return the arms of each institution; empty unless two institutions have two arms each."""
    groups: dict[str, list[str]] = {}
    for arm in arms:
        groups.setdefault(known.way(arm), []).append(arm)
    complete = "" not in groups and len(groups) > 1
    return groups if complete and min(map(len, groups.values())) > 1 else {}


def extremes(ends: pd.DataFrame, arms: list[str]) -> tuple[float, float]:
    """Return the lowest and the highest mean of some arms."""
    means = ends.loc[arms, "mean"]
    return float(means.min()), float(means.max())


def told_apart(ends: pd.DataFrame, arms: list[str]) -> bool:
    """Return whether the bands of the lowest and the highest arm do not meet."""
    chosen = ends.loc[arms].sort_values(by="mean")
    return bool(chosen["high"].iloc[0] < chosen["low"].iloc[-1])


def where_the_rule_decides(
    ends: pd.DataFrame, arms: list[str], thing: str, span: Span, year: int, known: Arms
) -> str | None:
    """Return a headline where the rule matters twice as much under one institution, or none.

    It is said only of an institution whose lowest and highest arm are `told_apart`.
    """
    groups = by_institution(arms, known)
    if not groups:
        return None
    ranges = {name: extremes(ends, members) for name, members in groups.items()}
    widest, *others = sorted(ranges, key=lambda name: ranges[name][0] - ranges[name][1])
    wide = ranges[widest][1] - ranges[widest][0]
    narrow = max(ranges[name][1] - ranges[name][0] for name in others)
    if wide < 2 * narrow or not told_apart(ends, groups[widest]):
        return None
    where = capital(institution_words(widest))
    against = ", ".join(f"{span(*ranges[name])} {institution_words(name)}" for name in others)
    return f"{where} the rule decides {thing}: {span(*ranges[widest])} in {year}, against {against}"


def range_by_institution(
    ends: pd.DataFrame, arms: list[str], span: Span, known: Arms
) -> str | None:
    """Return the range of means under each institution in words, or none where there are none."""
    groups = by_institution(arms, known)
    parts = [
        f"{span(*extremes(ends, members))} {institution_words(name)}"
        for name, members in groups.items()
    ]
    return ", ".join(parts) or None


def capital(sentence: str) -> str:
    """Return a sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]
