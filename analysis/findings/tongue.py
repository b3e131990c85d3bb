"""Tongue: a language that a finding is told in: its phrases, and its names of what there is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analysis.figures.style import institution_words, label
from analysis.verdicts.short_names import unit_of
from analysis.verdicts.verdict import Verdict

NAMED = 3
"""Arms that a sentence names before it counts the rest."""
PHRASES = {
    "lowers_all": "Every policy lowers {head}: {range}, {without} without",
    "lowers_one": "The policy lowers {head}: {range}, {without} without",
    "raises_all": "Every policy raises {head}: {range}, {without} without",
    "raises_one": "The policy raises {head}: {range}, {without} without",
    "rules_differ_most": "Rules differ most in {head} {where}, {parts}",
    "arms_differ_most": "Arms differ most in {head} {where}, {parts}",
    "rules_differ": "Rules differ in {head} {where}, {parts}",
    "arms_differ": "Arms differ in {head} {where}, {parts}",
    "elsewhere": "{where} {range}",
    "alone": "{Head}: {range}",
    "not_apart": "{Head}: {range}, all in one group",
    "ends_alike": "{Head}: {range} in {n} groups, lowest and highest not told apart",
    "ends": "{Head}: {first}; {last}",
    "lowest": "lowest, {range}, under {arms}",
    "highest": "highest, {range}, under {arms}",
    "and_alike": "{arms} ({n} more not told apart)",
    "in_groups": "{range} in {n} groups",
    "in_one_group": "{range} in one group",
    "of": "{number} ({name})",
    "span": "{low} to {high}",
    "with_unit": "{amount} {unit}",
    "several": "{first} and {last}",
    "others": "{n} others",
    "between": "; ",
    "told": "{text}.",
    "held": "{text} ({held} of {runs} runs).",
    "precise": "With about {n} {draws} the interval of every difference between two arms is"
    " within ±{amount}{more}.",
    "precise_too": ", with about {n} within ±{amount}",
    "replications": "replications",
    "economies": "drawn economies",
    "one_run": "One replication says nothing of chance: take --replications 5 or more.",
}
"""Every phrase of a finding, in English; another tongue has the same keys."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a finding is put into words."""

    phrases: Mapping[str, str]
    arm: Callable[[str], str]
    """Name of an arm, or of a rule alone, within a sentence."""
    institution: Callable[[str], str]
    """Name of an institution within a sentence: "without trade"."""
    outcome: Callable[[Verdict], str]
    """Name of what a verdict is on, within a sentence."""
    unit: Callable[[str], str] = str

    def say(self, key: str, **values: object) -> str:
        """Return a phrase with its values."""
        return self.phrases[key].format(**values)

    def span(self, low: str, high: str) -> str:
        """Return a range of numbers, or one number where both ends read alike."""
        return low if low == high else self.say("span", low=low, high=high)

    def with_unit(self, amount: str, verdict: Verdict) -> str:
        """Return an amount with the unit of an outcome."""
        unit = self.unit(unit_of(verdict.outcome))
        return self.say("with_unit", amount=amount, unit=unit) if unit else amount

    def listed(self, arms: Sequence[str]) -> str:
        """Return arms in words: some by name, the rest counted."""
        names = [self.arm(arm) for arm in arms]
        if len(names) > NAMED + 1:
            names = [*names[:NAMED], self.say("others", n=len(names) - NAMED)]
        if len(names) < 2:
            return "".join(names)
        first = self.phrases["between"].join(names[:-1])
        return self.say("several", first=first, last=names[-1])


def _arm(name: str) -> str:
    text = label(name)
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


ENGLISH = Tongue(PHRASES, _arm, institution_words, lambda verdict: verdict.head)
