"""Xia et al. 2024: how many cities are in each class, and how that depends on what is chosen."""

import numpy as np
import pandas as pd

from analysis.economy.pair import Pair
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.xia2024.certainty import counts_by_draw
from analysis.reproduce.xia2024.classes import classes_of
from analysis.reproduce.xia2024.figures.counts import GROUPS
from model.classes.beneficiaries import DEFAULT_READING, Beneficiary

DEFAULT_PRICES = "sector"
"""Word for the deflator of the pair itself: producer prices by sector."""


def add_counts(
    chapter: Chapter, pair: Pair, readings: pd.DataFrame, certainty: pd.DataFrame | None
) -> None:
    """Add the counts that the paper publishes, each with its range over other choices."""
    number = np.bincount(classes_of(pair), minlength=len(Beneficiary))
    estimated = int(pair.later.co2_estimated[pair.cities].sum())
    strong, weak = {Beneficiary.STRONG}, {Beneficiary.WEAK}
    for quantity, what, kinds in (
        ("n_beneficiaries", "beneficiaries: outsourced mitigation above local", strong | weak),
        (
            "n_strong_beneficiaries",
            "strong: intensity raised local emissions",
            strong,
        ),
        ("n_weak_beneficiaries", "weak: it did not", weak),
        ("n_non_beneficiaries", "all other cities", set(Beneficiary) - strong - weak),
    ):
        why = (
            f"{_elsewhere(readings, kinds, certainty)}; the authors publish no classification"
            f" code; CO₂ of {estimated} of {pair.cities.size} cities is no inventory of"
            f" {pair.later.year}; provinces are brought to national totals here"
        )
        chapter.add(quantity, what, sum(int(number[kind]) for kind in kinds), "cities", why=why)
    share = 100 * float(number[[Beneficiary.STRONG, Beneficiary.WEAK]].sum()) / pair.cities.size
    chapter.add("beneficiary_share", "share of beneficiaries", share, "percent")


def groups_by_draw(certainty: pd.DataFrame) -> pd.DataFrame:
    """Return the counts of `GROUPS` over draws, a row a draw and a column a quantity."""
    counts = counts_by_draw(certainty).rename(columns={int(k): k.label for k in Beneficiary})
    return pd.DataFrame(
        {quantity: counts[list(labels)].sum(axis=1) for quantity, (_, labels) in GROUPS.items()}
    )


def _elsewhere(
    readings: pd.DataFrame, kinds: set[Beneficiary], certainty: pd.DataFrame | None
) -> str:
    """Return the same count under other deflators, readings and draws, in words."""
    chosen = readings[readings["class"].isin([kind.label for kind in kinds])]
    totals = chosen.groupby(["deflator", "reading"], sort=False)["cities"].sum()
    default = totals.xs(DEFAULT_READING.name, level="reading").drop(DEFAULT_PRICES)
    parts = [f"{count} with the deflator {word!r}" for word, count in default.items()]
    parts.append(f"{totals.min()} to {totals.max()} over all deflators and readings")
    if certainty is not None:
        drawn = counts_by_draw(certainty)[[int(kind) for kind in kinds]].sum(axis=1)
        low, high = drawn.quantile([0.05, 0.95])
        parts.append(f"{low:.0f} to {high:.0f} in 90 % of {len(drawn)} draws")
    return ", ".join(parts)
