"""Outcomes: what each run comes to, in the words rules are compared by."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

RUN = ["arm", "replication"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure of a run."""

    word: str
    label: str
    unit: str
    better: str
    """`lower`, `higher`, or `neither` where the outcome is shown and not ranked."""
    digits: int
    of: Callable[["Tables"], pd.Series]
    """Return the value of every run, indexed by arm and replication."""
    always: bool = True
    """Whether it is shown too where it is zero or missing in every run."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What outcomes are made of."""

    city_outcomes: pd.DataFrame
    """Outcomes of `analysis.outcomes.city_outcomes`, by arm and replication."""
    national: pd.DataFrame
    """Tidy."""
    reference: str
    """The arm without policy."""

    def total(self, column: str) -> pd.Series:
        """Return a national column summed over the years, by run."""
        return self.national.groupby(RUN, observed=True)[column].sum(min_count=1)

    def last(self, column: str) -> pd.Series:
        """Return a national column in the last year, by run."""
        return self.national.groupby(RUN, observed=True)[column].last()

    def mean(self, column: str) -> pd.Series:
        """Return a national column's mean over the years that have it, by run."""
        return self.national.groupby(RUN, observed=True)[column].mean()


def _over_cap(t: Tables) -> pd.Series:
    return (t.total("liability") / t.total("cap") - 1) * 100


def _cost_per_tonne(t: Tables) -> pd.Series:
    emitted = t.total("emissions")
    reference = emitted.index.get_level_values("arm") == t.reference
    without = emitted[reference].droplevel("arm")
    saved = -emitted.sub(without, level="replication")
    return t.total("abatement_cost") / saved.where(saved > 0)


def _public_budget(t: Tables) -> pd.Series:
    """Return what the budget holds at the end, bn CNY; missing where all flows are fines."""
    flows = ["auction_revenue", "reserve_revenue", "compensation", "support", "bonus"]
    more_than_fines = (t.national[flows].fillna(0.0) != 0).to_numpy().any()
    return t.last("budget") / 1e9 if more_than_fines else t.last("budget") * float("nan")


def _of_cities(word: str) -> Callable[[Tables], pd.Series]:
    return lambda t: t.city_outcomes[word]


OUTCOMES = (
    Outcome("emissions", "Emissions of all cities in the last year", "Gt CO₂", "lower", 3,
            _of_cities("emissions")),
    Outcome("over_cap", "Emissions above the cap, all years", "%", "lower", 2, _over_cap),
    Outcome("abatement_cost", "Abatement cost, all years", "bn CNY", "lower", 0,
            lambda t: t.total("abatement_cost") / 1e9),
    Outcome("cost_per_tonne", "Abatement cost per tonne below no policy", "CNY/t", "lower", 1,
            _cost_per_tonne),
    Outcome("price", "Clearing price, mean over years", "CNY/t", "neither", 1,
            lambda t: t.mean("price")),
    Outcome("volume", "Quota traded a year", "Mt CO₂", "neither", 0,
            lambda t: t.mean("volume") / 1e6),
    Outcome("compliance", "Compliance: emissions covered by quota", "%", "higher", 2,
            lambda t: t.mean("compliance") * 100),
    Outcome("free_riding", "Free-riders among cities short of quota", "%", "lower", 1,
            _of_cities("free_riding")),
    Outcome("burden_poor", "Equity: burden on value added of the poorest 40 % ÷ of all", "1",
            "lower", 2, _of_cities("burden_poor")),
    Outcome("quota_poor", "Equity: quota a head of the poorest 40 % ÷ of all", "1", "higher", 2,
            _of_cities("quota_poor")),
    Outcome("gini", "Equity: Gini of footprints a head in the last year", "1", "lower", 4,
            _of_cities("gini")),
    Outcome("strong_policy", "Strong beneficiaries of the policy (additional)", "cities", "lower",
            1, _of_cities("strong_policy")),
    Outcome("role_models_policy", "Role models under the policy (additional)", "cities", "higher",
            1, _of_cities("role_models_policy")),
    Outcome("strong_scored", "Strong beneficiaries as scored since the base year", "cities",
            "neither", 1, _of_cities("strong_scored")),
    Outcome("weak_scored", "Weak beneficiaries as scored since the base year", "cities",
            "neither", 1, _of_cities("weak_scored")),
    Outcome("price_spread", "Spread of prices within a year, mean over years", "CNY/t", "neither",
            1, lambda t: t.mean("price_spread"), always=False),
    Outcome("auction_revenue", "Auction revenue, all years", "bn CNY", "neither", 1,
            lambda t: t.total("auction_revenue") / 1e9, always=False),
    Outcome("public_budget", "Public budget at the end, fines included (negative: owed)", "bn CNY",
            "neither", 1, _public_budget, always=False),
    Outcome("support", "Support and bonus paid, all years", "bn CNY", "neither", 1,
            lambda t: (t.total("support") + t.total("bonus")) / 1e9, always=False),
    Outcome("compensation", "Compensation for freed quota, all years", "bn CNY", "neither", 1,
            lambda t: t.total("compensation") / 1e9, always=False),
    Outcome("freed_quota", "Quota freed for aid, all years", "Mt CO₂", "neither", 1,
            _of_cities("freed_quota"), always=False),
    Outcome("beneficiary_payment", "Paid by beneficiaries to their suppliers, all years", "bn CNY",
            "neither", 1, _of_cities("beneficiary_payment"), always=False),
    Outcome("catch_up_poor", "Equity: demand above baseline that aid covers, poorest 40 %, last"
            " year", "%", "higher", 2, _of_cities("catch_up_poor"), always=False),
    Outcome("demand_lost", "Final demand lost to shortage of quota in the last year", "%", "lower",
            2, _of_cities("demand_lost"), always=False),
    Outcome("demand_shifted", "Final demand moved to consumption in the last year", "%", "neither",
            2, _of_cities("demand_shifted"), always=False),
)  # fmt: skip
"""Ranked one by one, never weighted into one number; the poor are the two lowest fifths of cities
by final demand a head."""


def shown(tables: Tables) -> list[Outcome]:
    """Return the outcomes worth a table: those of institutions only where one makes use of them."""
    return [
        outcome
        for outcome in OUTCOMES
        if outcome.always or bool((outcome.of(tables).fillna(0.0) != 0).any())
    ]
