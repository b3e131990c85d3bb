"""Sentences of a finding: what an outcome says of the arms, and in how many replications."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures.headlines import by_institution, capital
from analysis.figures.style import institution_words, label
from analysis.outcomes.arms import Arms
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict, spreads

NAMED = 3
"""Arms that a sentence names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that holds of the means, and the replications in which it holds one by one."""

    text: str
    held: int
    replications: int
    """0 where it orders nothing, so that it cannot fail one by one."""

    @property
    def share(self) -> float | None:
        """Share of the replications in which it holds, 1; None where it orders nothing."""
        return self.held / self.replications if self.replications else None

    def __str__(self) -> str:
        """Return the sentence with the replications in which it holds."""
        if self.replications < 2:
            return f"{self.text}."
        return f"{self.text} ({self.held} of {self.replications} runs)."


def against_no_policy(verdict: Verdict) -> Statement | None:
    """Return what every policy does against none; None where no policy has nothing to compare."""
    reference, policies = verdict.reference, list(verdict.groups.order)
    if reference not in verdict.values or not policies:
        return None
    without = verdict.mean(reference)
    lower = all(verdict.mean(arm) < without for arm in policies)
    higher = all(verdict.mean(arm) > without for arm in policies)
    if not (lower or higher):
        return None
    gaps = verdict.values[policies].sub(verdict.values[reference], axis=0)
    held = ((gaps < 0) if lower else (gaps > 0)).all(axis=1)
    who = "Every policy" if len(policies) > 1 else "The policy"
    verb = "lowers" if lower else "raises"
    text = f"{who} {verb} {verdict.head}: {_range(verdict, policies)}, {verdict.number(without)}"
    return Statement(f"{text} without", int(held.sum()), len(held))


def where_the_rule_matters(verdict: Verdict, arms: Arms) -> Statement | None:
    """Return how far rules differ under each institution; None where none stand side by side."""
    ways = by_institution(list(verdict.groups.order), arms)
    if not ways:
        return None
    by_run = {way: spreads(verdict, members) for way, members in ways.items()}
    widest, *others = sorted(ways, key=lambda way: -float(by_run[way].mean()))
    held = sum(
        all(spread > by_run[other][run] for other in others)
        for run, spread in enumerate(by_run[widest])
    )
    if all(verdict.groups.among(members) == 1 for members in ways.values()):
        return not_told_apart(verdict)
    parts = [_rules(verdict, ways[widest], arms, unit_of(verdict.outcome))]
    parts += [f"{institution_words(way)} {_rules(verdict, ways[way], arms)}" for way in others]
    rules = {arms.labels[arm].rule for arm in verdict.groups.order}
    who = "Rules" if len(rules) > 1 else "Arms"
    head = f"{who} differ most in {verdict.head} {institution_words(widest)}"
    return Statement(f"{head}, {'; '.join(parts)}", held, len(verdict.values))


def best_and_worst(verdict: Verdict) -> Statement | None:
    """Return which arms come first and last, as far as they can be told apart."""
    groups, values, policies = verdict.groups, verdict.values, list(verdict.groups.order)
    if not policies:
        return None
    if len(policies) == 1:
        return Statement(f"{capital(verdict.head)}: {_range(verdict, policies)}", 0, 0)
    if len(groups.members) == 1:
        return not_told_apart(verdict)
    first, last = list(groups.leading), list(groups.trailing)
    ends = ("lowest", "highest")
    low, high = first, last
    if verdict.outcome.direction == "higher":
        ends, low, high = ends[::-1], last, first
    held = int((values[low].max(axis=1) < values[high].min(axis=1)).sum())
    parts = [
        f"{end}, {_range(verdict, arms)}, under {listed(arms)}"
        for end, arms in zip(ends, (first, last), strict=True)
    ]
    return Statement(f"{capital(verdict.head)}: {'; '.join(parts)}", held, len(values))


def not_told_apart(verdict: Verdict) -> Statement:
    """Return that no two arms are told apart where rules stand side by side, or at all."""
    amount = _range(verdict, list(verdict.groups.order))
    return Statement(f"{capital(verdict.head)}: {amount}, not told apart", 0, 0)


def name(arm: str) -> str:
    """Return an arm as it stands within a sentence."""
    text = label(arm)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def listed(arms: Sequence[str]) -> str:
    """Return arms in words: some by name, the rest counted."""
    names = [name(arm) for arm in arms]
    if len(names) > NAMED + 1:
        names = [*names[:NAMED], f"{len(names) - NAMED} others"]
    return " and ".join(filter(None, ("; ".join(names[:-1]), names[-1])))


def _range(verdict: Verdict, arms: list[str]) -> str:
    means = [verdict.mean(arm) for arm in arms]
    return verdict.amount(min(means), max(means))


def _rules(verdict: Verdict, arms: list[str], known: Arms, unit: str = "") -> str:
    """Return the range of some arms, with the rules at its ends where they are told apart."""
    ends = [f(arms, key=verdict.mean) for f in (min, max)]
    numbers = [verdict.number(verdict.mean(arm)) for arm in ends]
    groups = verdict.groups.among(arms)
    if groups == 1:
        return " ".join(filter(None, (*_apart(numbers), unit))) + ", not told apart"
    low, high = (
        f"{number} ({name(known.group(arm))})" for number, arm in zip(numbers, ends, strict=True)
    )
    return " ".join(filter(None, (f"{low} to {high}", unit, f"in {groups} groups")))


def _apart(numbers: list[str]) -> list[str]:
    """Return both ends of a range, or one where they read alike."""
    return [" to ".join(dict.fromkeys(numbers))]
