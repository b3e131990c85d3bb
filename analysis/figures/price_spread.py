"""Spread of the prices of one year where no single price clears the market."""

import pandas as pd
from matplotlib.figure import Figure

from analysis.documents.numbers import span
from analysis.figures.courses import replications
from analysis.figures.rule_panels import RulePanels, rule_panels
from analysis.figures.sheet import SheetText
from analysis.outcomes.arms import Arms
from analysis.outcomes.shown_money import in_money


def drawable(national: pd.DataFrame) -> bool:
    """Return whether prices differ within a year in any arm."""
    return bool((national["price_spread"].fillna(0.0) > 0).any())


def spreads_of(national: pd.DataFrame) -> pd.DataFrame:
    """Return price and the band of one standard deviation around it, by arm and year.

    Means over replications, of arms with a price; the band does not go below zero.
    """
    means = national.groupby(["arm", "year"], observed=True)[["price", "price_spread"]].mean()
    around = means["price_spread"].where(means["price"].notna())
    table = pd.DataFrame(
        {
            "mean": means["price"],
            "low": (means["price"] - around).clip(lower=0.0),
            "high": means["price"] + around,
        }
    )
    priced = table["mean"].groupby(level="arm", observed=True).transform("count") > 0
    return table[priced]


def picture(national: pd.DataFrame, known: Arms) -> list[Figure]:
    """Return the finished picture: one panel a rule, the institutions in colour."""
    table = spreads_of(national)
    present = set(table.index.get_level_values("arm"))
    every = [str(arm) for arm in pd.unique(national["arm"])]
    arms = [arm for arm in every if arm in present]
    mean = national.groupby("arm", observed=True)["price_spread"].mean()
    apart = mean[mean > 0]
    note = (
        f"{replications(national)}, of which means are drawn. Bands: one standard deviation by"
        " volume to either side, not below zero. The headline has means over the years."
    )
    words = SheetText(
        "Not one price for all: prices of a year spread by"
        f" {span(float(apart.min()), float(apart.max()))} {in_money('CNY/t')} (standard deviation)",
        "Price of a tonne of quota and its spread among the deals of a year, by rule and"
        " institution",
        (note,),
    )
    return rule_panels(
        words, RulePanels(table, arms, known, every, in_money("CNY per t CO₂"), from_zero=True)
    )
