"""Sentences of a finding: what an outcome says of the arms, and in how many replications."""

from dataclasses import dataclass

from analysis.figures.headlines import by_institution, capital
from analysis.findings.tongue import ENGLISH, Tongue
from analysis.outcomes.arms import Arms
from analysis.verdicts.verdict import Verdict, spreads


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


def where_the_rule_matters(
    verdict: Verdict, arms: Arms, tongue: Tongue = ENGLISH
) -> Statement | None:
    """Return how far rules differ under each institution; None where none stand side by side."""
    ways = by_institution(list(verdict.groups.order), arms)
    if not ways:
        return None
    members_of_all = [arm for members in ways.values() for arm in members]
    known = verdict.deciding(members_of_all)
    if not len(known):
        return None
    by_run = {way: spreads(known, members) for way, members in ways.items()}
    widest, *others = sorted(ways, key=lambda way: -float(by_run[way].mean()))
    held = sum(
        all(spread > by_run[other][run] for other in others)
        for run, spread in enumerate(by_run[widest])
    )
    if all(verdict.groups.among(members) == 1 for members in ways.values()):
        return not_told_apart(verdict, tongue, "rules_alike")
    parts = [_rules(verdict, ways[widest], arms, tongue, unit=True)]
    parts += [
        tongue.say(
            "elsewhere",
            where=tongue.institution(way),
            range=_rules(verdict, ways[way], arms, tongue),
        )
        for way in others
    ]
    rules = {arms.labels[arm].rule for arm in verdict.groups.order}
    text = tongue.say(
        "rules_differ" if len(rules) > 1 else "arms_differ",
        head=tongue.outcome(verdict),
        where=tongue.institution(widest),
        parts=tongue.phrases["between"].join(parts),
    )
    return Statement(text, held, len(known), tongue)


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
    first, last = list(groups.leading), list(groups.trailing)
    ends = ("lowest", "highest")
    low, high = first, last
    if verdict.outcome.direction == "higher":
        ends, low, high = ends[::-1], last, first
    known = verdict.deciding([*low, *high])
    held = int((known[low].max(axis=1) < known[high].min(axis=1)).sum())
    told = [
        tongue.say(end, range=_range(verdict, arms, tongue), arms=tongue.listed(arms))
        for end, arms in zip(ends, (first, last), strict=True)
    ]
    return Statement(
        tongue.say("ends", Head=head, first=told[0], last=told[1]), held, len(known), tongue
    )


def not_told_apart(
    verdict: Verdict, tongue: Tongue = ENGLISH, phrase: str = "not_apart"
) -> Statement:
    """Return that no two arms are told apart, where rules stand side by side or at all."""
    amount = _range(verdict, list(verdict.groups.order), tongue)
    text = tongue.say(phrase, Head=capital(tongue.outcome(verdict)), range=amount)
    return Statement(text, 0, 0, tongue)


def _range(verdict: Verdict, arms: list[str], tongue: Tongue) -> str:
    means = [verdict.mean(arm) for arm in arms]
    ends = [verdict.number(value) for value in (min(means), max(means))]
    return tongue.with_unit(tongue.span(*ends), verdict)


def _rules(
    verdict: Verdict, arms: list[str], known: Arms, tongue: Tongue, *, unit: bool = False
) -> str:
    """Return the range of some arms, with the rules at its ends where they are told apart."""
    ends = [f(arms, key=verdict.mean) for f in (min, max)]
    shown = [verdict.number(verdict.mean(arm)) for arm in ends]
    groups = verdict.groups.among(arms)
    if groups > 1:
        shown = [
            tongue.say("of", number=number, name=tongue.arm(known.group(arm)))
            for number, arm in zip(shown, ends, strict=True)
        ]
    span = tongue.span(*shown)
    span = tongue.with_unit(span, verdict) if unit else span
    return tongue.say("in_groups" if groups > 1 else "in_one_group", range=span, n=groups)
