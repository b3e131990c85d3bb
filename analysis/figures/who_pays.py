"""Who pays: burden of each fifth of the cities, by law and once prices have moved."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.documents.numbers import fixed
from analysis.figures.courses import course_of
from analysis.figures.panels import panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import DASHED, GREY, PALE, PAPER, SOLID, Look, label
from analysis.outcomes.incidence import FIFTHS

LOOKS = {
    "by_law": Look("By law: abatement, quota, penalties, less what is received", "#8A8A8A", "s",
                   DASHED),
    "after_prices": Look("After prices: less what is passed on, plus what is paid in prices",
                         "#332288", "o", SOLID),
}  # fmt: skip
POOREST_FIRST = tuple(reversed(FIFTHS))
HEIGHT = 1.15


def drawable(table: pd.DataFrame, reference: str) -> bool:
    """Return whether there are cities in every fifth, and any bears anything under a policy."""
    shares = table.loc[table["arm"] != reference, "mean"]
    return bool(shares.notna().all() and (shares != 0).any())


def picture(table: pd.DataFrame, reference: str) -> list[Figure]:
    """Return the finished picture, page by page: a panel an arm, on one scale."""
    rows = table[table["arm"] != reference]
    arms = [str(arm) for arm in pd.unique(rows["arm"])]
    low = float(np.nanmin(rows[["low", "mean"]].to_numpy(dtype=np.float64)))
    high = float(np.nanmax(rows[["high", "mean"]].to_numpy(dtype=np.float64)))
    edge = 0.06 * max(high - low, 1e-9)
    limits = min(low, 0.0) - edge, max(high, 0.0) + edge
    known = rows.set_index(["arm", "burden", "fifth"])

    def draw(ax: Axes, arm: str, leftmost: bool, lowest: bool) -> Axes:
        fifths(ax, course_of(known, arm))
        ax.set_ylim(*limits)
        if leftmost:
            ax.set_ylabel("% of demand")
        else:
            ax.tick_params(labelleft=False)
        if lowest:
            ax.set_xlabel("Fifth of cities by demand a head")
        else:
            ax.tick_params(labelbottom=False)
        return ax

    words = SheetText(
        headline(rows),
        "Burden of the policy on each fifth of the cities over all years, share of final demand",
        (f"{_dots(rows)} Below zero: gains.",),
    )
    return panels(words, arms, HEIGHT, LOOKS.values(), draw)


def _dots(rows: pd.DataFrame) -> str:
    if bool(rows["low"].isna().all()):
        return "Dots are of one replication, without an interval."
    return "Dots are means, lines 95 % intervals of the mean."


def fifths(ax: Axes, rows: pd.DataFrame) -> Axes:
    """Draw one arm: a line a reading of the burden, from the poorest fifth to the richest."""
    places = np.arange(len(POOREST_FIRST))
    ax.axhline(0, color=GREY, linewidth=0.5)
    ax.grid(axis="y", color=PALE, linewidth=0.5)
    ax.set_axisbelow(True)
    for word, look in LOOKS.items():
        one = rows.loc[word].loc[list(POOREST_FIRST)]
        ax.vlines(places, one["low"], one["high"], color=look.colour, linewidth=0.9)
        ax.plot(places, one["mean"], color=look.colour, marker=look.marker, linestyle=look.line,
                linewidth=0.9, markeredgecolor=PAPER, markeredgewidth=0.4)  # fmt: skip
    ax.set_xticks(places, ["poorest", "", "middle", "", "richest"])
    ax.set_xlim(-0.35, len(places) - 0.65)
    ax.yaxis.set_major_locator(MaxNLocator(4))
    return ax


def headline(rows: pd.DataFrame) -> str:
    """Return what the picture says: where the poorest bear most, after prices."""
    last = rows[rows["burden"] == "after_prices"].set_index("arm")
    poorest, richest = (last[last["fifth"] == fifth] for fifth in (FIFTHS[-1], FIFTHS[0]))
    worst = str(poorest["mean"].idxmax())
    share = f"{fixed(float(poorest['mean'].max()), 2)} % of demand"
    if len(poorest) == 1:
        other = f"{fixed(float(richest['mean'].max()), 2)} %"
        return f"The poorest fifth bears {share} after prices, the richest {other}"
    most = f"The poorest fifth bears most under {label(worst)}: {share} after prices"
    surely = int((poorest["low"] > richest["high"]).sum())
    if bool(poorest["low"].isna().all()):
        return most
    return f"{most}; surely more than the richest under {surely} of {len(poorest)} arms"
