"""What decides a city: how often it answers yes, and with which uncertain number that goes."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import beta, norm, rankdata

from analysis.outcomes.city_evidence import CORRELATION, Evidence
from analysis.outcomes.city_outcomes import CITY_OUTCOMES
from analysis.uncertainty.failure_trees import FEW
from analysis.uncertainty.regions import SHUFFLES
from analysis.uncertainty.shares import LEVEL
from analysis.uncertainty.worlds import Worlds

COLUMNS = (
    "region_code", "city", "arm", "outcome", "share", "low", "high", "worlds", "decided_by",
    "correlation", "correlation_low", "correlation_high",
)  # fmt: skip
LABELS = {outcome.word: outcome.label for outcome in CITY_OUTCOMES}
FIELLER = 1.06
"""Variance of the inverse hyperbolic tangent of a rank correlation, times worlds − 3."""


def city_decisions(worlds: Worlds) -> pd.DataFrame:
    """Return a row a city, arm with a policy, and question of `CITY_OUTCOMES`.

    Columns: region_code, city, arm, outcome, share of worlds in which the city answers yes, with
    its interval (low, high; Clopper and Pearson 1934), worlds; decided_by, the uncertain number of
    the highest rank correlation with the answer, or with its share of years, and that correlation
    with its interval (Fieller et al. 1957), wide enough for the strongest cities of many (Benjamini
    and Yekutieli 2005). It is told only where it is higher than that of any number with any city of
    the same arm and question in 100 shuffles of the worlds (Westfall and Young 1993). The
    correlation itself, of the strongest, is rather too high. Every world has its own luck,
    so that the intervals span luck too.
    """
    numbers = _ranked(worlds.shares)
    parts = [part for arm in worlds.rivals for part in _of_arm(worlds, arm, numbers)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def decided(table: pd.DataFrame, by: Evidence = CORRELATION) -> pd.DataFrame:
    """Return a row an arm, outcome and number that decides: in how many cities, of how many.

    Columns: arm, outcome, key, cities, strongest (names of the cities that it decides most).
    """
    known = table[table["decided_by"] != ""].assign(size=lambda t: t[by.column].abs())
    rows = []
    for (arm, outcome, key), own in known.groupby(["arm", "outcome", "decided_by"], sort=False):
        names = own.nlargest(3, "size")["city"].tolist()
        rows.append((arm, outcome, key, len(own), ", ".join(names)))
    counted = pd.DataFrame(rows, columns=["arm", "outcome", "key", "cities", "strongest"])
    return counted.sort_values("cities", ascending=False, kind="stable", ignore_index=True)


def shown(table: pd.DataFrame, by: Evidence = CORRELATION) -> tuple[str, pd.DataFrame]:
    """Return the question worth a picture, in words, and its rows under one arm.

    The arm in which most cities are decided; by who rides free, if any city is.
    """
    counted = decided(table, by)
    if counted.empty:
        return "", table.iloc[:0]
    free = counted[counted["outcome"] == "rides_free"]
    first = (counted if free.empty else free).iloc[0]
    chosen = table[(table["arm"] == first["arm"]) & (table["outcome"] == first["outcome"])]
    return LABELS[str(first["outcome"])], chosen


def _of_arm(worlds: Worlds, arm: str, numbers: np.ndarray) -> Iterator[pd.DataFrame]:
    place, cities = worlds.arms.index(arm), worlds.cities
    for outcome in CITY_OUTCOMES if cities.codes else ():
        answers = cities.of(outcome.word, place)
        yes, count = (answers > 0).sum(axis=0), len(answers)
        low, high = _intervals(yes, count)
        best, correlation, tail = _strongest(numbers, answers)
        keys = np.array(["", *worlds.keys], dtype=object)[best + 1]
        lower, higher = _fieller(correlation, count, tail)
        yield pd.DataFrame(
            {
                "region_code": cities.codes, "city": cities.names, "arm": arm,
                "outcome": outcome.word, "share": yes / count, "low": low, "high": high,
                "worlds": count, "decided_by": keys, "correlation": correlation,
                "correlation_low": lower, "correlation_high": higher,
            }
        )  # fmt: skip


def _strongest(numbers: np.ndarray, answers: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return the place of the number that decides each city, −1 for none, and its correlation.

    Last the probability with which an interval may miss its correlation, so that 95 % of those told
    hold: 5 % times the share of cities that are told (Benjamini and Yekutieli 2005).
    """
    usual = np.median(answers, axis=0)
    asked = np.flatnonzero((answers != usual).sum(axis=0) >= FEW)
    best = np.full(usual.size, -1)
    found = np.full(usual.size, np.nan)
    if not asked.size or not numbers.shape[1]:
        return best, found, 1 - LEVEL
    said = _ranked(answers[:, asked])
    all_of = numbers.T @ said
    rng = np.random.default_rng(0)
    by_chance = max(
        float(np.abs(numbers.T @ said[rng.permutation(len(said))]).max()) for _ in range(SHUFFLES)
    )
    strongest = np.abs(all_of).argmax(axis=0)
    own = all_of[strongest, np.arange(asked.size)]
    sure = np.abs(own) > by_chance
    best[asked[sure]], found[asked[sure]] = strongest[sure], own[sure]
    return best, found, (1 - LEVEL) * int(sure.sum()) / asked.size


def _ranked(values: np.ndarray) -> np.ndarray:
    """Return ranks by column, centred and of length 1: their products are rank correlations."""
    ranks = rankdata(values, axis=0)
    ranks -= ranks.mean(axis=0)
    size = np.sqrt((ranks**2).sum(axis=0))
    return np.divide(ranks, size, out=np.zeros_like(ranks), where=size > 0)


def _intervals(yes: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the interval of each share (Clopper and Pearson 1934)."""
    tail = (1 - LEVEL) / 2
    low = np.where(yes > 0, beta.ppf(tail, np.maximum(yes, 1), count - yes + 1), 0.0)
    high = np.where(yes < count, beta.ppf(1 - tail, yes + 1, np.maximum(count - yes, 1)), 1.0)
    return low, high


def _fieller(correlation: np.ndarray, count: int, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of the interval of rank correlations (Fieller et al. 1957).

    `tail` is the probability that it does not hold the correlation, 1.
    """
    middle = np.arctanh(np.clip(correlation, -0.9999, 0.9999))
    reach = norm.isf(tail / 2) * np.sqrt(FIELLER / max(count - 3, 1))
    return np.tanh(middle - reach), np.tanh(middle + reach)
