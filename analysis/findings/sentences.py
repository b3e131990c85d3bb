"""Sentences of a finding: what an outcome says of the arms, and in how many replications."""

from dataclasses import dataclass

from analysis.figures.headlines import capital
from analysis.findings.tongue import ENGLISH, Tongue
from analysis.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that holds of the means, and the replications in which it holds one by one."""

    text: str
    held: int
    replications: int
    """0 where it orders nothing, so that it cannot fail one by one."""
    tongue: Tongue = ENGLISH

    @property
    def share(self) -> float | None:
        """Share of the replications in which it holds, 1; None where it orders nothing."""
        return self.held / self.replications if self.replications else None

    @property
    def sentence(self) -> str:
        """The statement alone, as a sentence."""
        return self.tongue.say("told", text=self.text)

    def __str__(self) -> str:
        """Return the sentence with the replications in which it holds."""
        if self.replications < 2:
            return self.sentence
        return self.tongue.say("held", text=self.text, held=self.held, runs=self.replications)


def against_no_policy(verdict: Verdict, tongue: Tongue = ENGLISH) -> Statement | None:
    """Return what every policy does against none; None where no policy has nothing to compare."""
    reference, policies = verdict.reference, list(verdict.groups.order)
    if reference not in verdict.values or not policies:
        return None
    without = verdict.mean(reference)
    lower = all(verdict.mean(arm) < without for arm in policies)
    higher = all(verdict.mean(arm) > without for arm in policies)
    if not (lower or higher):
        return None
    known = verdict.deciding([*policies, reference])
    gaps = known[policies].sub(known[reference], axis=0)
    held = ((gaps < 0) if lower else (gaps > 0)).all(axis=1)
    key = f"{'lowers' if lower else 'raises'}_{'all' if len(policies) > 1 else 'one'}"
    head, amount = tongue.outcome(verdict), _range(verdict, policies, tongue)
    text = tongue.say(key, head=head, range=amount, without=verdict.number(without))
    return Statement(text, int(held.sum()), len(held), tongue)


def best_and_worst(verdict: Verdict, tongue: Tongue = ENGLISH) -> Statement | None:
    """Return which arms come first and last, as far as they can be told apart."""
    groups, policies = verdict.groups, list(verdict.groups.order)
    if not policies:
        return None
    head = capital(tongue.outcome(verdict))
    if len(policies) == 1:
        text = tongue.say("alone", Head=head, range=_range(verdict, policies, tongue))
        return Statement(text, 0, 0, tongue)
    if len(groups.members) == 1:
        return not_told_apart(verdict, tongue)
    if not groups.apart(policies[0], policies[-1]):
        amount, number = _range(verdict, policies, tongue), len(groups.members)
        text = tongue.say("ends_alike", Head=head, range=amount, n=number)
        return Statement(text, 0, 0, tongue)
    first, last = list(groups.leading), list(groups.trailing)
    ends = ("lowest", "highest")
    low, high = first, last
    if verdict.outcome.direction == "higher":
        ends, low, high = ends[::-1], last, first
    known = verdict.deciding([*low, *high])
    held = int((known[low].max(axis=1) < known[high].min(axis=1)).sum())
    told = [
        tongue.say(end, range=_range(verdict, arms, tongue), arms=_named(verdict, arms, tongue))
        for end, arms in zip(ends, (first, last), strict=True)
    ]
    return Statement(
        tongue.say("ends", Head=head, first=told[0], last=told[1]), held, len(known), tongue
    )


def not_told_apart(verdict: Verdict, tongue: Tongue = ENGLISH) -> Statement:
    """Return that no two arms are told apart."""
    amount = _range(verdict, list(verdict.groups.order), tongue)
    text = tongue.say("not_apart", Head=capital(tongue.outcome(verdict)), range=amount)
    return Statement(text, 0, 0, tongue)


def _named(verdict: Verdict, arms: list[str], tongue: Tongue) -> str:
    """Return arms of the same letters in words, and how many more are not told apart from them."""
    others = len(set(verdict.groups.beside(arms[0])) - set(arms))
    listed = tongue.listed(arms)
    return tongue.say("and_alike", arms=listed, n=others) if others else listed


def _range(verdict: Verdict, arms: list[str], tongue: Tongue) -> str:
    means = [verdict.mean(arm) for arm in arms]
    ends = [verdict.number(value) for value in (min(means), max(means))]
    return tongue.with_unit(tongue.span(*ends), verdict)
