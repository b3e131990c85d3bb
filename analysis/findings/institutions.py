"""Where the rule matters: how far rules differ under each institution, in a sentence."""

from collections.abc import Mapping

import pandas as pd

from analysis.figures.headlines import by_institution, capital
from analysis.findings.sentences import Statement
from analysis.findings.tongue import ENGLISH, Tongue
from analysis.outcomes.arms import Arms
from analysis.verdicts.verdict import Verdict

Ways = Mapping[str, list[str]]
"""Arms by institution."""


def where_the_rule_matters(
    verdict: Verdict, arms: Arms, tongue: Tongue = ENGLISH
) -> Statement | None:
    """Return how far rules differ under each institution; None where none stand side by side.

    The institution of the widest range of means comes first, of those where rules are told apart.
    They differ most there if the ends of its range are, and others are narrower by what matters.
    """
    ways = by_institution(list(verdict.groups.order), arms)
    if not ways or not len(verdict.deciding([arm for members in ways.values() for arm in members])):
        return None
    parted = [way for way in ways if verdict.groups.among(ways[way]) > 1]
    if not parted:
        return _nowhere(verdict, ways, arms, tongue)
    widest = max(parted, key=lambda way: _width(verdict, ways[way]))
    rest = {way: members for way, members in ways.items() if way != widest}
    most = _most(verdict, ways[widest], rest)
    rules = {arms.labels[arm].rule for arm in verdict.groups.order}
    parts = [_range(verdict, ways[widest], arms, tongue, unit=True)]
    parts += _each(verdict, rest, arms, tongue)
    text = tongue.say(
        f"{'rules' if len(rules) > 1 else 'arms'}_differ{'_most' if most else ''}",
        head=tongue.outcome(verdict),
        where=tongue.institution(widest),
        parts=tongue.phrases["between"].join(parts),
    )
    held = _wider(verdict, ways, widest) if most else (0, 0)
    return Statement(text, *held, tongue)


def _nowhere(verdict: Verdict, ways: Ways, arms: Arms, tongue: Tongue) -> Statement:
    """Return that rules are told apart under no institution, with the range under each."""
    parts = _each(verdict, ways, arms, tongue, unit=True)
    both = tongue.phrases["between"].join(parts)
    text = tongue.say("alone", Head=capital(tongue.outcome(verdict)), range=both)
    return Statement(text, 0, 0, tongue)


def _most(verdict: Verdict, widest: list[str], rest: Ways) -> bool:
    """Return whether the ends of a range are told apart, and wider apart than of the others."""
    wide = _width(verdict, widest)
    wider = all(wide - _width(verdict, arms) >= verdict.material for arms in rest.values())
    return wider and verdict.groups.apart(*_ends(verdict, widest))


def _wider(verdict: Verdict, ways: Ways, widest: str) -> tuple[int, int]:
    """Return in how many runs the ends of `widest` lie further apart than others, and of how many.

    Ends are the arms of the lowest and highest mean, the same in all runs: the spread of all arms
    in a run would grow with chance, where the range of their means does not.
    """
    ends = {way: _ends(verdict, members) for way, members in ways.items()}
    known = verdict.deciding([arm for two in ends.values() for arm in two])
    gaps = pd.DataFrame({way: known[high] - known[low] for way, (low, high) in ends.items()})
    narrower = gaps.drop(columns=widest).lt(gaps[widest], axis=0)
    return int(narrower.all(axis=1).sum()), len(gaps)


def _each(
    verdict: Verdict, ways: Ways, arms: Arms, tongue: Tongue, *, unit: bool = False
) -> list[str]:
    """Return the range of arms under each institution; the first with its `unit`, if wanted."""
    return [
        tongue.say(
            "elsewhere",
            where=tongue.institution(way),
            range=_range(verdict, members, arms, tongue, unit=unit and not place),
        )
        for place, (way, members) in enumerate(ways.items())
    ]


def _range(verdict: Verdict, arms: list[str], known: Arms, tongue: Tongue, *, unit: bool) -> str:
    """Return the range of some arms, with the rules at its ends where these two are told apart."""
    ends = _ends(verdict, arms)
    shown = [verdict.number(verdict.mean(arm)) for arm in ends]
    if verdict.groups.apart(*ends):
        shown = [
            tongue.say("of", number=number, name=tongue.arm(known.group(arm)))
            for number, arm in zip(shown, ends, strict=True)
        ]
    span = tongue.span(*shown)
    span = tongue.with_unit(span, verdict) if unit else span
    groups = verdict.groups.among(arms)
    return tongue.say("in_groups" if groups > 1 else "in_one_group", range=span, n=groups)


def _width(verdict: Verdict, arms: list[str]) -> float:
    """Return the range of some arms' means, in the outcome's unit."""
    low, high = _ends(verdict, arms)
    return verdict.mean(high) - verdict.mean(low)


def _ends(verdict: Verdict, arms: list[str]) -> tuple[str, str]:
    """Return the arms of the lowest and the highest mean."""
    return min(arms, key=verdict.mean), max(arms, key=verdict.mean)
