"""The finding of a comparison: sentences, verdicts on outcomes, and how many runs they need."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.experiment.assessment import Comparison
from analysis.experiment.old_columns import renamed
from analysis.findings.claims import Claim, claims_of
from analysis.findings.institutions import where_the_rule_matters
from analysis.findings.precision import replications_needed
from analysis.findings.sentences import (
    Statement,
    against_no_policy,
    best_and_worst,
)
from analysis.findings.tongue import ENGLISH, Tongue
from analysis.outcomes.arms import Arms
from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.shared_runs import shared_runs
from analysis.verdicts.short_names import MATTER
from analysis.verdicts.verdict import Verdict, verdict
from data.errors import InputError, nearest
from scenarios.experiment import Experiment

LEADS = ("emissions", "abatement_cost")
"""Outcomes that the sentences are about where none are asked for."""
MOST_LEADS = 3
"""Outcomes asked for that sentences are about."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a comparison says."""

    comparison: Comparison
    arms: Arms
    verdicts: tuple[Verdict, ...]
    """On the outcomes that matter, or those asked for."""
    leads: tuple[Verdict, ...]
    """Those of them that the sentences are about."""
    statements: tuple[Statement, ...]
    """Two or three sentences, each with the replications in which it holds."""
    claims: tuple[Claim, ...]
    """Of a study of robustness, where there is one."""

    @property
    def replications(self) -> int:
        """Replications that are done."""
        return int(self.comparison.outcomes["replication"].nunique())

    @property
    def fewest(self) -> int:
        """Replications of the arm that has the fewest: 0 where all runs of one failed."""
        done = self.comparison.outcomes["arm"].value_counts()
        return min(int(done.get(arm.name, 0)) for arm in self.comparison.experiment.arms)

    @property
    def shared(self) -> int:
        """Replications over which means are taken; see `analysis.outcomes.shared_runs`."""
        return max((len(one.compared) for one in self.verdicts), default=self.replications)

    @property
    def whole(self) -> bool:
        """True where every arm that has any run has all replications."""
        return int(self.comparison.outcomes["arm"].value_counts().min()) == self.replications

    @property
    def needed(self) -> dict[str, int]:
        """Replications that know differences to what matters, by outcome; see `precision`."""
        known = {v.outcome.word: replications_needed(v) for v in self.verdicts}
        return {word: number for word, number in known.items() if number is not None}


def finding(comparison: Comparison, outcomes: Sequence[str] = ()) -> Finding:
    """Return what a comparison says, of outcomes asked for, the experiment's, or those that matter.

    Raises
    ------
    InputError
        If there is no such outcome, or none of it in this comparison.
    """
    outcomes = outcomes or _own_outcomes(comparison)
    verdicts = verdicts_of(comparison, outcomes)
    arms = Arms.of(comparison.experiment)
    leads = leads_of(verdicts, outcomes)
    return Finding(
        comparison,
        arms,
        tuple(verdicts),
        tuple(leads),
        tuple(statements_of(leads, arms)),
        claims_of(comparison.folder),
    )


def leads_of(verdicts: Sequence[Verdict], outcomes: Sequence[str] = ()) -> list[Verdict]:
    """Return those verdicts that sentences are about; `outcomes` are those asked for."""
    leads = [one for one in verdicts if outcomes or one.outcome.word in LEADS] or list(verdicts)
    return leads[:MOST_LEADS]


def _own_outcomes(comparison: Comparison) -> list[str]:
    """Return the outcomes that the experiment asks for, as far as any run makes use of them."""
    table = comparison.outcomes
    own = comparison.experiment.outcomes
    return [word for word in own if word in table and table[word].notna().any()]


def check_outcomes(words: Sequence[str]) -> None:
    """Check that there are such outcomes; raises InputError with the nearest one if not."""
    known = [outcome.word for outcome in OUTCOMES]
    for word in words:
        if word not in known:
            hint = renamed(word) or f"{word}: no such outcome; {nearest(word, known)}"
            raise InputError(hint)


def verdicts_of(comparison: Comparison, outcomes: Sequence[str] = ()) -> list[Verdict]:
    """Return the verdict on each outcome asked for, or on those that matter; see `finding`."""
    return verdicts_in(comparison.outcomes, comparison.experiment, outcomes)


def verdicts_in(
    table: pd.DataFrame, experiment: Experiment, outcomes: Sequence[str] = ()
) -> list[Verdict]:
    """Return the verdict on outcomes of a table of runs, such as `outcomes.csv`."""
    known = {outcome.word: outcome for outcome in OUTCOMES}
    check_outcomes(outcomes)
    missing = [word for word in outcomes if word not in table or table[word].isna().all()]
    if missing:
        raise InputError(f"{missing[0]}: no run of this comparison makes use of it; leave it out")
    words = outcomes or [w for w in MATTER if w in table and table[w].notna().any()]
    arms = list(dict.fromkeys(table["arm"]))
    year = experiment.arms[0].scenario.horizon.end
    own, economies = experiment.material, experiment.economies
    shared = shared_runs(zip(table["arm"], table["replication"], strict=True), economies)
    return [
        verdict(
            known[word],
            _by_arm(table, word, arms),
            experiment.reference,
            year,
            own,
            economies,
            shared,
        )
        for word in words
    ]


def statements_of(
    leads: Sequence[Verdict], arms: Arms, tongue: Tongue = ENGLISH
) -> list[Statement]:
    """Return what verdicts say of the arms, in two or three sentences."""
    first = against_no_policy(leads[0], tongue) if leads else None
    rest = list(leads)
    if first is not None and len(leads[0].groups.order) == 1:
        rest = rest[1:]  # the first says all there is to say of one policy
    others = [
        where_the_rule_matters(one, arms, tongue) or best_and_worst(one, tongue) for one in rest
    ]
    return [one for one in (first, *others) if one is not None]


def _by_arm(table: pd.DataFrame, word: str, arms: list[str]) -> pd.DataFrame:
    return table.set_index(["replication", "arm"])[word].unstack()[arms]  # noqa: PD010 - no sums
