"""Outcomes: what each run comes to, in the words rules are compared by."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.economy import Economy
from model.beneficiaries import Beneficiary
from model.inequality import gini, quintile
from model.payoffs import FREE_RIDE

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


@dataclass(frozen=True, slots=True)
class Tables:
    """The tidy tables with what is known of the cities."""

    cities: pd.DataFrame
    national: pd.DataFrame
    reference: str
    """The arm without policy."""

    @property
    def last(self) -> pd.DataFrame:
        """City rows of the last year."""
        return self.cities[self.cities["year"] == self.cities["year"].max()]

    def total(self, column: str) -> pd.Series:
        """Return a national column summed over the years, by run."""
        return self.national.groupby(RUN, observed=True)[column].sum(min_count=1)

    def mean(self, column: str) -> pd.Series:
        """Return a national column's mean over the years that have it, by run."""
        return self.national.groupby(RUN, observed=True)[column].mean()

    def counted(self, column: str, kind: Beneficiary) -> pd.Series:
        """Return the number of cities of a class in the last year, by run."""
        hits = self.last[column] == int(kind)
        return hits.groupby([self.last[name] for name in RUN], observed=True).sum().astype(float)


def tables(
    cities: pd.DataFrame, national: pd.DataFrame, reference: str, economy: Economy
) -> Tables:
    """Join population and affluence quintile (1 is the most affluent) to the cities' rows."""
    players = economy.players
    demand = economy.d.sum(axis=(1, 2))[players] / economy.population[players]
    known = pd.DataFrame(
        {
            "region_code": [economy.regions.codes[r] for r in players],
            "population": economy.population[players],
            "quintile": quintile(demand),
        }
    )
    joined = cities.astype({"region_code": "object"}).merge(known, on="region_code", how="left")
    joined["burden"] = joined[["abatement_cost", "purchase_cost", "penalty"]].sum(axis=1)
    return Tables(joined, national, reference)


def _last_emissions(t: Tables) -> pd.Series:
    return t.last.groupby(RUN, observed=True)["emissions"].sum() / 1e9


def _over_cap(t: Tables) -> pd.Series:
    return (t.total("liability") / t.total("cap") - 1) * 100


def _cost_per_tonne(t: Tables) -> pd.Series:
    emitted = t.total("emissions")
    without = emitted.xs(t.reference, level="arm")
    saved = -emitted.sub(without, level="replication")
    return t.total("abatement_cost") / saved.where(saved > 0)


def _free_riding(t: Tables) -> pd.Series:
    short = t.cities[t.cities["need"] > 0]
    riding = short["action"] == FREE_RIDE
    return riding.groupby([short[name] for name in RUN], observed=True).mean() * 100


def _burden_of_poor(t: Tables) -> pd.Series:
    """Burden ÷ value added of the two poorest fifths of cities, relative to all cities."""

    def rate(rows: pd.DataFrame) -> pd.Series:
        sums = rows.groupby(RUN, observed=True)[["burden", "value_added"]].sum()
        return sums["burden"] / sums["value_added"]

    everyone = rate(t.cities)
    poor = rate(t.cities[t.cities["quintile"] >= 4])
    return poor / everyone.where(everyone > 0)


def _quota_of_poor(t: Tables) -> pd.Series:
    """Quota a head of the two poorest fifths of cities, relative to all cities."""

    def per_head(rows: pd.DataFrame) -> pd.Series:
        sums = rows.groupby(RUN, observed=True)[["quota", "aid_quota", "population"]].sum()
        return (sums["quota"] + sums["aid_quota"]) / sums["population"]

    everyone = per_head(t.cities)
    return per_head(t.cities[t.cities["quintile"] >= 4]) / everyone.where(everyone > 0)


def _footprint_gini(t: Tables) -> pd.Series:
    def of_run(rows: pd.DataFrame) -> float:
        people = rows["population"].to_numpy(dtype=np.float64)
        return gini(rows["footprint"].to_numpy(dtype=np.float64) / people, people)

    runs = t.last.groupby(RUN, observed=True)[["footprint", "population"]]
    return runs.apply(of_run)


OUTCOMES = (
    Outcome("emissions", "Emissions of all cities in the last year", "Gt CO₂", "lower", 3,
            _last_emissions),
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
            _free_riding),
    Outcome("burden_poor", "Equity: burden on value added of the poorest 40 % ÷ of all", "1",
            "lower", 2, _burden_of_poor),
    Outcome("quota_poor", "Equity: quota a head of the poorest 40 % ÷ of all", "1", "higher", 2,
            _quota_of_poor),
    Outcome("gini", "Equity: Gini of footprints a head in the last year", "1", "lower", 4,
            _footprint_gini),
    Outcome("strong_policy", "Strong beneficiaries of the policy (additional)", "cities", "lower",
            1, lambda t: t.counted("class_policy", Beneficiary.STRONG)),
    Outcome("role_models_policy", "Role models under the policy (additional)", "cities", "higher",
            1, lambda t: t.counted("class_policy", Beneficiary.ROLE_MODEL)),
    Outcome("strong_scored", "Strong beneficiaries as scored since the base year", "cities",
            "neither", 1, lambda t: t.counted("class_scored", Beneficiary.STRONG)),
    Outcome("weak_scored", "Weak beneficiaries as scored since the base year", "cities",
            "neither", 1, lambda t: t.counted("class_scored", Beneficiary.WEAK)),
)  # fmt: skip
"""Ranked one by one, never weighted into one number; the poor are the two lowest fifths of cities
by final demand a head."""
