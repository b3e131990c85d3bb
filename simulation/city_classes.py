"""Classes of the cities, year by year: against the base year, five years ago, and no policy."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from model.arrays import PolicyEffect, Whole
from model.classes.beneficiaries import by_intensity, by_policy
from model.footprints.scored_year import Mitigation, abated, mitigation
from model.runs import of
from simulation.economy import ScenarioEconomy
from simulation.forecast import YearOutcome
from simulation.state import ClassHistory

RECENT_YEARS = 5
"""Years that the recent and the rolling readings of the classes look back."""


@dataclass(frozen=True, slots=True)
class CityClasses:
    """Mitigation and classes of a year; classes are positions of `Beneficiary`; (c,)."""

    since: Mitigation
    """Mitigation since the base year, of all regions, t."""
    additional: Mitigation
    """The same less that of the year without policy, t."""
    scored: Whole
    """By mitigation since the base year."""
    rolling: Whole
    """By mitigation since five years ago, or the base year if nearer."""
    policy: Whole
    """By what the policy has done since its first year."""
    policy_recent: Whole
    """By what the policy did in the last five years."""
    history: ClassHistory
    """Accounts that later years are judged by."""

    def reading(self, word: str) -> Whole:
        """Return the classes in a reading that support may follow; (c,)."""
        return {"policy": self.policy, "scored": self.scored, "rolling": self.rolling}[word]


def city_classes(
    economy: ScenarioEconomy,
    t: int,
    history: ClassHistory,
    outcome: YearOutcome,
    *,
    under_quota: bool,
) -> CityClasses:
    """Return the classes of year t, counted from 0.

    A policy is judged over the years since there is one: those before it count as no year at all.
    """
    cities, now = economy.cities, outcome.scored
    without, expected = economy.years.years[t], economy.years.since_base_year[t]
    since = mitigation(economy.prepared.base, now)
    rolling = mitigation(history.scored[0], now)
    policy = abated(without, now)
    parts = (policy.local, without.own, policy.outsourced, without.D_cba - without.own)
    this_year = of(np.stack(np.broadcast_arrays(*parts)), cities)
    if not (under_quota or history.so_far.any()):
        this_year = np.zeros_like(this_year)
    so_far = history.so_far + this_year
    recent = np.concatenate([history.recent[1 - RECENT_YEARS :], this_year[None]])
    return CityClasses(
        since=since,
        additional=Mitigation(since.local - expected.local, since.outsourced - expected.outsourced),
        scored=of(by_intensity(since.local, since.outsourced), cities),
        rolling=of(by_intensity(rolling.local, rolling.outsourced), cities),
        policy=class_by_policy(so_far),
        policy_recent=class_by_policy(reduce(np.add, recent)),
        history=ClassHistory(
            scored=(*history.scored[1 - RECENT_YEARS :], now), recent=recent, so_far=so_far
        ),
    )


def class_by_policy(tonnes: PolicyEffect) -> Whole:
    """Return classes from what policy abated over some years, at home and upstream; (c,).

    Four rows of tonnes: abated at home for own demand, the same flow without policy, abated
    upstream, the same flows without policy.
    """
    local, own, upstream, elsewhere = tonnes
    at_home = np.divide(local, own, out=np.zeros_like(own), where=own > 0)
    return by_policy(
        at_home, np.divide(upstream, elsewhere, out=np.zeros_like(own), where=elsewhere > 0)
    )
