"""Auction revenue, to the public budget."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.documents.numbers import span
from analysis.figures.course_sheet import course_sheet
from analysis.figures.courses import course_of, draw_course, national_courses, replications_note
from analysis.figures.rule_panels import RulePanels, crowded, rule_panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import Look, arm_looks
from analysis.outcomes.arms import Arms
from analysis.outcomes.shown_money import in_money

QUANTITY = "bn CNY per year"


def earning(national: pd.DataFrame) -> list[str]:
    """Return the arms with any revenue, in their order."""
    most = national.groupby("arm", observed=True)["auction_revenue"].max()
    return [str(arm) for arm in pd.unique(national["arm"]) if most[arm] > 0]


def drawable(national: pd.DataFrame) -> bool:
    """Return whether any arm earns by auction."""
    return bool(earning(national))


def revenue(ax: Axes, table: pd.DataFrame, looks: dict[str, Look]) -> Axes:
    """Draw the mean revenue with its band by arm; `table` by arm and year, bn CNY."""
    for turn, (arm, look) in enumerate(looks.items()):
        draw_course(ax, course_of(table, arm), look, turn)
    ax.set_ylim(bottom=0)
    ax.set_ylabel(in_money(f"Auction revenue, {QUANTITY}"))
    return ax


def picture(national: pd.DataFrame, known: Arms) -> list[Figure]:
    """Return the finished picture: one plot, or one panel a rule where the arms are many."""
    arms = earning(national)
    own = national[national["arm"].isin(arms)]
    table = national_courses(own, "auction_revenue") / 1e9
    year = table["mean"].groupby(level="arm", observed=True).mean()
    words = SheetText(
        f"Auctions bring in {span(float(year.min()), float(year.max()))}"
        f" {in_money('bn CNY')} a year",
        "Auction revenue, to the public budget, by arm",
        (f"{replications_note(own)} The headline has means over the years.",),
    )
    every = [str(arm) for arm in pd.unique(national["arm"])]
    if crowded(arms):
        data = RulePanels(table, arms, known, every, in_money(QUANTITY), from_zero=True)
        return rule_panels(words, data)
    all_looks = arm_looks(every, known)
    looks = {arm: all_looks[arm] for arm in arms}
    names = [look.label for look in looks.values()]
    return [course_sheet(words, names, lambda ax: revenue(ax, table, looks))]
