"""Verdict on one outcome: every arm's mean with its interval, all pairs, and groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isnan, log10

import numpy as np
import pandas as pd

from analysis.documents.numbers import fixed
from analysis.outcomes.independent_draws import draws_of, mean_over_draws
from analysis.outcomes.outcome import Outcome
from analysis.outcomes.outcomes import OutcomeTable
from analysis.outcomes.paired import Interval, interval_of
from analysis.verdicts.groups import Groups, groups_of
from analysis.verdicts.material import material
from analysis.verdicts.pairs import Pair, pairs_of
from analysis.verdicts.short_names import MATTER, head_of
from scenarios.experiment import Experiment

FINEST = 9
"""Decimals at most: tonnes where the unit is Gt, and yuan where it is bn CNY."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One outcome over all arms of an experiment."""

    outcome: Outcome
    head: str
    """Its short name, with the last year where that is meant."""
    values: pd.DataFrame
    """A column an arm, a row a replication."""
    compared: pd.DataFrame
    """The rows over which means are taken; see `analysis.outcomes.shared_runs`."""
    reference: str
    material: float
    """Smallest difference that matters, in the outcome's unit."""
    pairs: tuple[Pair, ...]
    """Of the arms with a policy, from the surest difference to the least sure."""
    groups: Groups
    """Of the arms with a policy."""
    economies: int = 1
    """Drawn economies that replications take in turn; those of one count together."""

    @property
    def replications(self) -> int:
        """Replications in which any arm has a value."""
        return int(self.values.notna().any(axis=1).sum())

    @property
    def alike(self) -> bool:
        """True where the means of all arms that have any are over the same runs."""
        known = self.compared.notna()
        known = known.loc[:, known.any()]
        return bool((known.all(axis=1) | ~known.any(axis=1)).all())

    @property
    def digits(self) -> int:
        """Decimals in which a difference that matters has two figures, at most the outcome's own.

        If these show nothing of it, as of the cost of a few towns in bn CNY, as many as show one.
        """
        if self.material <= 0:
            return self.outcome.digits
        first = max(0, ceil(-log10(self.material)))
        if self.material < 10.0**-self.outcome.digits:
            return min(first, FINEST)
        return min(self.outcome.digits, first + 1)

    def mean(self, arm: str) -> float:
        """Return an arm's mean over the runs compared; not a number where it has none."""
        return self._interval(arm).mean

    def half(self, arm: str) -> float:
        """Return half the 95 % interval of the mean; not a number for one replication."""
        interval = self._interval(arm)
        return (interval.high - interval.low) / 2

    def _interval(self, arm: str) -> Interval:
        draws = draws_of(self.compared.index.to_numpy(), self.economies)
        return interval_of(self.compared[arm].to_numpy(dtype=np.float64), draws=draws)

    def deciding(self, arms: Sequence[str]) -> pd.DataFrame:
        """Return the rows of some arms in which all have a value: those that decide on them."""
        values = self.values[list(arms)]
        return values[values.notna().all(axis=1)]

    def number(self, value: float) -> str:
        """Return a value as it is written."""
        return fixed(value, self.digits)

    def cell(self, arm: str, *, interval: bool = True) -> str:
        """Return "8.75±0.03 c": mean, half of its interval, groups; a dash for no value."""
        mean, half = self.mean(arm), self.half(arm)
        if isnan(mean):
            return fixed(mean, 0)
        shown = interval and not isnan(half)
        text = self.number(mean) + (f"±{self.number(half)}" if shown else "")
        letters = self.groups.in_short(arm) if self.pairs and self.replications > 1 else ""
        return f"{text} {letters}".rstrip()


def verdict(
    outcome: Outcome,
    values: pd.DataFrame,
    reference: str,
    year: int,
    own: Mapping[str, float] | None = None,
    economies: int = 1,
    shared: Sequence[int] | None = None,
) -> Verdict:
    """Return what replications say of an outcome; `values` has a column an arm, `year` the last.

    `own` holds smallest differences that matter, by word, instead of those of `material`.
    Replications, which the index of `values` tells, take `economies` in turn. Means, and the order
    of arms, are over those of them that are `shared`, or all.
    """
    compared = values if shared is None else values.loc[list(shared)]
    policies = [arm for arm in values.columns if arm != reference and values[arm].notna().any()]
    means = mean_over_draws(compared, economies)
    least = material(outcome, means, own or {})
    found = pairs_of(values[policies], least, economies)
    ranked = means[policies].sort_values(ascending=outcome.direction != "higher", kind="stable")
    grouped = groups_of([str(arm) for arm in ranked.index], found)
    head = head_of(outcome, year)
    pairs = tuple(found)
    return Verdict(outcome, head, values, compared, reference, least, pairs, grouped, economies)


def verdicts_by_word(table: OutcomeTable, experiment: Experiment) -> dict[str, Verdict]:
    """Return the verdict on each outcome that matters and that any run makes use of, by word."""
    year, reference = experiment.arms[0].scenario.horizon.end, experiment.reference
    own, economies = experiment.material, experiment.economies
    shown = {outcome.word: outcome for outcome in table.shown}
    found = {word: (shown[word], table.values(shown[word])) for word in MATTER if word in shown}
    return {
        word: verdict(outcome, values, reference, year, own, economies, table.shared)
        for word, (outcome, values) in found.items()
        if values.notna().any(axis=None)
    }
