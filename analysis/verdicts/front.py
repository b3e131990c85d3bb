"""The front of emissions and abatement cost: arms that no other beats on both."""

from collections.abc import Mapping

import pandas as pd

from analysis.verdicts.verdict import Verdict

ACROSS, UP, SHADE = "emissions", "abatement_cost", "borne_poorest"
"""Outcomes by word: the two that are traded off, and the one shown by colour."""


def shared_arms(verdicts: Mapping[str, Verdict]) -> list[str]:
    """Return the arms with a policy that have both outcomes, from the lowest emissions."""
    both = [verdicts[word].groups.order for word in (ACROSS, UP)]
    return [arm for arm in both[0] if arm in both[1]]


def has_trade_off(verdicts: Mapping[str, Verdict]) -> bool:
    """Return whether there are at least three policies to choose from, with both outcomes."""
    return {ACROSS, UP} <= verdicts.keys() and len(shared_arms(verdicts)) > 2


def front(verdicts: Mapping[str, Verdict]) -> list[str]:
    """Return the arms that no other beats: told apart as better on one, and on none as worse."""
    arms = shared_arms(verdicts)
    lower = [
        {(pair.lower, pair.higher) for pair in verdicts[word].pairs if pair.apart}
        for word in (ACROSS, UP)
    ]

    def beats(this: str, that: str) -> bool:
        better = [(this, that) in pairs for pairs in lower]
        worse = [(that, this) in pairs for pairs in lower]
        return any(better) and not any(worse)

    return [arm for arm in arms if not any(beats(other, arm) for other in arms)]


def trade_off_of(verdicts: Mapping[str, Verdict]) -> pd.DataFrame:
    """Return a row an arm: means and halves of their 95 % intervals, and whether on the front."""
    arms, unbeaten = shared_arms(verdicts), front(verdicts)
    columns = {}
    for word in (ACROSS, UP, SHADE):
        if word in verdicts:
            columns[word] = [verdicts[word].mean(arm) for arm in arms]
            columns[f"{word}_half"] = [verdicts[word].half(arm) for arm in arms]
    index = pd.Index(arms, name="arm")
    return pd.DataFrame(columns, index=index).assign(front=[arm in unbeaten for arm in arms])
