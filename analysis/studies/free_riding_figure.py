"""Free-riders against peer pressure: mean-field theory beside the simulation."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, PAPER, RULE_COLOURS
from analysis.figures.typography import SMALL, WIDTH

TITLES = {"logit": "Cities weigh what they expect", "imitate": "Cities imitate a neighbour"}
LOOKS = {1.0: ("all rode free at first", RULE_COLOURS[1], "v"),
         0.5: ("half rode free at first", RULE_COLOURS[3], "o"),
         0.0: ("all complied at first", RULE_COLOURS[2], "^")}  # fmt: skip
"""Label, colour and marker by the share that rode free at first."""


def shares(ax: Axes, found: pd.DataFrame) -> Axes:
    """Draw the share of free-riders by pressure: lines are theory, marks are runs."""
    for start, (label, colour, marker) in LOOKS.items():
        part = found[found["start"] == start]
        ax.plot(part["pressure"], 100 * part["theory"], color=colour, label=f"Theory, {label}")
        ax.plot(
            part["pressure"], 100 * part["simulated"], color=colour, linestyle="none",
            marker=marker, markeredgecolor=PAPER, markeredgewidth=0.4, label=f"Runs, {label}",
        )  # fmt: skip
    ax.axhline(50, color=GREY, linewidth=0.5, zorder=0)
    ax.set_ylim(-3, 103)
    ax.set_xlabel("Peer pressure, share of the price")
    return ax


def picture(found: pd.DataFrame) -> Figure:
    """Return the finished picture: one panel a decision rule."""
    note = (
        "309 cities, one run a mark; all do as told until 2020. Lines: mean-field theory with what"
        " free-riding saves taken from two runs in which everybody complies or rides free."
    )
    words = SheetText(
        "Disapproval holds free-riding back, more easily before it has become usual",
        "Cities that ride free in the last three years, %, where no gap is ever found",
        (note,),
    )
    width, height = (WIDTH - 2 * MARGIN) / 2, 2.9
    page = sheet(words, height)
    for number, (way, title) in enumerate(TITLES.items()):
        ax = page.axes(MARGIN + number * width + 0.4, 0.45, width - 0.55, height - 0.75)
        shares(ax, found[found["way"] == way])
        ax.set_title(title, fontsize=SMALL, fontweight="bold")
        if number == 1:
            ax.legend(loc="center right")
    return page.figure
