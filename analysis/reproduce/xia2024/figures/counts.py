"""Number of cities in each class: published, and ours by deflator, reading and draw."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.class_legend import below
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, PAPER, RULE_COLOURS
from analysis.figures.typography import WIDTH

GROUPS = {
    "n_beneficiaries": ("Beneficiaries", ("strong beneficiary", "weak beneficiary")),
    "n_strong_beneficiaries": ("of these strong", ("strong beneficiary",)),
    "n_weak_beneficiaries": ("of these weak", ("weak beneficiary",)),
    "n_non_beneficiaries": ("All other cities", ("role model", "neither")),
}
"""By quantity: name in the picture and classes counted."""
OURS, PUBLISHED = RULE_COLOURS[0], RULE_COLOURS[1]
DEFLATORS = ("o", "s", "^", "D")
"""Mark of each deflator in turn."""
DEFAULT = "at producer prices of sectors, where intensity at home decides who is strong"


def counts_of(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the count of each of `GROUPS`, a column, by deflator and reading."""
    table = readings.set_index(["deflator", "reading", "class"])["cities"].unstack("class")  # noqa: PD010 # one count a cell
    return pd.DataFrame(
        {quantity: table[list(classes)].sum(axis=1) for quantity, (_, classes) in GROUPS.items()}
    ).reindex(readings.set_index(["deflator", "reading"]).index.unique())


def counts(
    ax: Axes, table: pd.DataFrame, published: Mapping[str, float], drawn: pd.DataFrame | None
) -> Axes:
    """Draw each group's counts in a row; the first of `table` is the default."""
    deflators = list(dict.fromkeys(str(name) for name, _ in table.index))
    for place, quantity in zip(range(len(GROUPS) - 1, -1, -1), GROUPS, strict=True):
        if drawn is not None:
            low, high = drawn[quantity].quantile([0.05, 0.95])
            ax.plot([low, high], [place, place], color=GREY, linewidth=5, alpha=0.35, zorder=1,
                    solid_capstyle="butt")  # fmt: skip
        for number, (key, count) in enumerate(zip(table.index, table[quantity], strict=True)):
            turn = deflators.index(str(key[0]))
            first = number == 0
            ax.plot([count], [place + 0.16 * (turn - (len(deflators) - 1) / 2)], color=OURS,
                    marker=DEFLATORS[turn % 4], markersize=7 if first else 4.5,
                    markerfacecolor=OURS if first else PAPER, zorder=4 if first else 3)  # fmt: skip
        if quantity in published:
            ax.plot([published[quantity]] * 2, [place - 0.32, place + 0.32], color=PUBLISHED,
                    linewidth=2.4, zorder=2)  # fmt: skip
    ax.set_yticks(np.arange(len(GROUPS))[::-1], [name for name, _ in GROUPS.values()])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.6, len(GROUPS) - 0.4)
    ax.set_xlim(left=0)
    ax.set_xlabel("Cities")
    return ax


def picture(
    readings: pd.DataFrame, published: Mapping[str, float], drawn: pd.DataFrame | None
) -> Figure:
    """Return the finished picture; `drawn` has a row a draw and a column a quantity of `GROUPS`."""
    table = counts_of(readings)
    ours = table["n_beneficiaries"]
    span = f"{ours.min()} to {ours.max()} cities"
    grounds = "depending on deflator and reading"
    if drawn is not None:
        low, high = drawn["n_beneficiaries"].quantile([0.05, 0.95])
        span = f"{low:.0f} to {high:.0f} cities"
        grounds = f"in 90 % of {len(drawn)} drawn economies"
    words = SheetText(
        f"{span} benefit more from others' mitigation {grounds};"
        f" {published['n_beneficiaries']:.0f} are published",
        "Counts of classes under every deflator of 2017 and reading of the paper",
        (f"Filled: the default, {DEFAULT}. The authors publish no classification code.",),
    )
    height = 0.5 * len(GROUPS)
    page = sheet(words, height + 0.75)
    counts(page.axes(MARGIN + 1.0, 0.7, WIDTH - 2 * MARGIN - 1.1, height), table, published, drawn)
    names = list(dict.fromkeys(str(name) for name, _ in table.index))
    handles = [Line2D([], [], color=PUBLISHED, linewidth=2.4, label="Published")]
    handles += [
        Line2D([], [], color=OURS, linestyle="none", marker=DEFLATORS[n % 4], markersize=5,
               markerfacecolor=PAPER, label=f"Ours, deflator by {name}")
        for n, name in enumerate(names)
    ]  # fmt: skip
    if drawn is not None:
        label = f"90 % of {len(drawn)} draws"
        handles.append(Line2D([], [], color=GREY, linewidth=5, alpha=0.35, label=label))
    handles.append(
        Line2D([], [], color=OURS, linestyle="none", marker="o", markersize=6, label="Default")
    )
    below(page, handles)
    return page.figure
