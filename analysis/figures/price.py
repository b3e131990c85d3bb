"""Clearing price of a tonne by arm."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.documents.numbers import span
from analysis.figures.course_sheet import course_sheet
from analysis.figures.courses import draw_course, national_courses, replications_note
from analysis.figures.headlines import extremes, told_apart
from analysis.figures.quantities import listing
from analysis.figures.rule_panels import RulePanels, crowded, rule_panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import GREY, Look, arm_looks, label
from analysis.outcomes.arms import NO_TRADE, Arms
from analysis.outcomes.shown_money import in_money


@dataclass(frozen=True, slots=True)
class Prices:
    """Clearing prices, CNY/t."""

    courses: pd.DataFrame
    """By arm and year: mean, low, high; years without a trade in any replication are missing."""
    ends: pd.DataFrame
    """The same in the last year, by arm, from the highest to the lowest mean."""
    looks: dict[str, Look]
    """Of the arms with a price."""
    silent: tuple[str, ...]
    """Arms without any price."""
    year: int
    """The last."""
    swing: float
    """Standard deviation of the price over the years of a run, mean over runs, share of the mean.
    """
    luck: float
    """Standard deviation of a year's price between replications, mean over years, likewise."""


LARGE = 0.2
"""Swing or luck from which the title speaks of it."""


def prices_of(national: pd.DataFrame, known: Arms) -> Prices:
    """Return what the picture needs of the national table."""
    arms = [str(arm) for arm in pd.unique(national["arm"])]
    looks = arm_looks(arms, known)
    traded = national[national["price"].notna()]
    priced = [arm for arm in arms if (traded["arm"] == arm).any()]
    table = national_courses(national[national["arm"].isin(priced)], "price")
    year = int(national["year"].max())
    in_last = table.index.get_level_values("year") == year
    ends = table[in_last].droplevel("year").sort_values(by="mean", ascending=False)
    silent = tuple(arm for arm in arms if arm not in priced)
    swing, luck = (_spread(traded, by) for by in (["arm", "replication"], ["arm", "year"]))
    return Prices(table, ends, {arm: looks[arm] for arm in priced}, silent, year, swing, luck)


def _spread(traded: pd.DataFrame, by: list[str]) -> float:
    """Return the mean standard deviation of prices within groups over the mean price, 1."""
    within = traded.groupby(by, observed=True)["price"].std().mean()
    return float(within / traded["price"].mean()) if len(traded) else 0.0


def dispersion(data: Prices) -> str:
    """Return standard deviations of prices over their mean, where they are much; else nothing."""
    said = [
        f"{what} {100 * share:.0f} %"
        for share, what in ((data.swing, "over the years"), (data.luck, "between replications"))
        if share >= LARGE
    ]
    return f"; standard deviation {' and '.join(said)} of the mean" if said else ""


def price(ax: Axes, data: Prices) -> Axes:
    """Draw the mean clearing price with its band by arm; say so where there is none."""
    for turn, arm in enumerate(data.ends.index):
        draw_course(ax, data.courses.loc[arm], data.looks[arm], turn)
    if data.looks:
        ax.set_ylim(bottom=0)
    else:
        note = "Nothing was traded in any arm,\nso that no price formed."
        ax.text(0.5, 0.5, note, ha="center", va="center", color=GREY, transform=ax.transAxes)
        ax.set_yticks([])
    ax.set_ylabel(in_money("Clearing price, CNY per t CO₂"))
    return ax


def headline(data: Prices) -> str:
    """Return what the picture says; a rise or fall only where the bands do not meet."""
    if not data.looks:
        return "No price: nothing was traded"
    ends = data.ends.dropna(subset=["mean"])
    if ends.empty:
        return f"No price in {data.year}: trading had ended by then"
    arms = list(ends.index)
    firsts = {arm: data.courses.loc[arm].dropna() for arm in arms}
    starts = pd.DataFrame({arm: rows.iloc[0] for arm, rows in firsts.items()}).T
    begun = {int(rows.index[0]) for rows in firsts.values()}
    now = f"{span(*extremes(ends, arms))} {in_money('CNY/t')} in {data.year}"
    if len(begun) == 1 and begun != {data.year}:
        then = f"{span(*extremes(starts, arms))} {in_money('CNY/t')} in {begun.pop()}"
        every = " in every arm" if len(arms) > 1 else ""
        if bool((ends["low"] > starts["high"]).all()):
            return f"The price of a tonne rises{every}: {then}, {now}"
        if bool((ends["high"] < starts["low"]).all()):
            return f"The price of a tonne falls{every}: {then}, {now}"
        return f"The price of a tonne: {then}, {now}"
    if len(arms) > 1 and told_apart(ends, arms):
        return f"The price of a tonne depends on the arm: {now}"
    return f"The price of a tonne: {now}"


def left_out(silent: tuple[str, ...], priced: list[str], known: Arms) -> str:
    """Return which arms have no price, all those without trade in one word."""
    without = [arm for arm in silent if known.way(arm) == NO_TRADE]
    names = [label(arm) for arm in silent if arm not in without]
    if len(without) > 1:
        names.append(f"{len(without)} arms without trade")
    else:
        names += [label(arm) for arm in without]
    return f"Not drawn, because nothing was traded: {listing(names)}." if priced and names else ""


def picture(national: pd.DataFrame, known: Arms) -> list[Figure]:
    """Return the finished picture: one plot, or one panel a rule where the arms are many."""
    data = prices_of(national, known)
    notes = (replications_note(national), left_out(data.silent, list(data.looks), known))
    words = SheetText(
        headline(data) + dispersion(data), "Clearing price of a tonne of quota, by arm", notes
    )
    if crowded(list(data.looks)):
        arms, every = list(data.looks), [str(arm) for arm in pd.unique(national["arm"])]
        return rule_panels(
            words, RulePanels(data.courses, arms, known, every, in_money("CNY per t CO₂"))
        )
    names = [look.label for look in data.looks.values()]
    return [course_sheet(words, names, lambda ax: price(ax, data))]
