"""A city under one arm: means over replications in the last year, actions, class and its dates."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.one_city.quota_account import quota_account
from analysis.outcomes.class_dates import PROBABILITIES
from analysis.outcomes.independent_draws import draws_of
from analysis.outcomes.paired import Interval, interval_of

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class ClassOfCity:
    """Class of a city over the last five years, and when it changes."""

    word: str
    """The likeliest in the last year."""
    probability: float
    """Share of replications in which it is, 1."""
    becomes_strong: int | None
    """Year in which it most often becomes a strong beneficiary; None if never."""
    stops: int | None
    """Year in which it then most often stops being one; None if it most often does not."""
    changes: float
    """Changes of class, mean over replications."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a city does under an arm."""

    arm: str
    replications: int
    emissions: Interval
    """In the last year, Mt CO₂; not a number for the ends where there is one replication."""
    quota: Interval
    """Allocated in the last year, Mt CO₂."""
    bought: Interval
    """Bought less sold in the last year, on auction too, Mt CO₂."""
    price: Interval
    """Paid in the last year for a tonne bought, or received for one sold, fees included, CNY/t;
    where it traded."""
    actions: Mapping[str, float]
    """Share of the replications by action of the last year, 1; the most frequent first."""
    class_: ClassOfCity
    accounts: tuple[pd.DataFrame, ...]
    """Quota account of every replication."""


def course(arm: str, rows: pd.DataFrame, kinds: pd.DataFrame, economies: int = 1) -> Course:
    """Return the course of a city from its rows of an arm, and its row of `classes.csv`.

    `economies` is the number of drawn economies that replications take in turn; 1 for none.
    """
    last = rows[rows["year"] == rows["year"].max()].set_index("replication").sort_index()
    bought = last["net_purchase"] + last["auction_quota"]
    price = (last["purchase_cost"] / bought).where(bought != 0)
    quota = last["quota"]
    actions = last["action"].astype(str).value_counts(normalize=True)
    governed = bool(quota.notna().any())
    runs = [run for _, run in rows.groupby("replication")]
    return Course(
        arm,
        len(last),
        _mean(last["emissions"] / MILLION, economies),
        _mean(quota / MILLION, economies),
        _mean(bought.where(quota.notna()) / MILLION, economies),
        _mean(price, economies),
        {str(word): float(share) for word, share in actions.items()} if governed else {},
        _class_of(kinds.iloc[0]),
        tuple(quota_account(run) for run in runs) if governed else (),
    )


def _mean(values: pd.Series, economies: int) -> Interval:
    draws = draws_of(values.index.to_numpy(), economies)
    return interval_of(values.to_numpy(dtype=np.float64), draws=draws)


def _class_of(kinds: pd.Series) -> ClassOfCity:
    dates = {name: kinds[name] for name in ("becomes_strong", "stops")}
    years = {name: None if pd.isna(year) else int(year) for name, year in dates.items()}
    word = str(kinds["likely"])
    shares = {kind.label: float(kinds[name]) for kind, name in PROBABILITIES.items()}
    return ClassOfCity(
        word, shares[word], years["becomes_strong"], years["stops"], float(kinds["changes"])
    )


def known(value: float) -> float | None:
    """Return a number, or None where there is none."""
    return None if np.isnan(value) else float(value)
