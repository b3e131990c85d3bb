"""The picture of a search: the front of mixes, and the named rules beside it."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import GREY, INK, PALE, PAPER, RULE_COLOURS, label, words
from analysis.figures.typography import SMALL, WIDTH, our_typography

MIX, NAMED = RULE_COLOURS[0], RULE_COLOURS[1]
PANEL = 2.6
"""Height of a panel, inches."""
NOTE = (
    "Means over worlds; lines to the ends of nine in ten. Filled: mixes that no other beats on"
    " every objective. Open: named rules of the experiment."
)


def draw_front(
    front: pd.DataFrame, named: pd.DataFrame, objectives: list[tuple[str, str]], folder: Path
) -> list[Path]:
    """Draw the first objective against each of the others, and return the paths.

    `objectives` are words and units.
    """
    with our_typography():
        return save(_front(front, named, objectives), folder, "front")


def _front(front: pd.DataFrame, named: pd.DataFrame, objectives: list[tuple[str, str]]) -> Figure:
    (first, unit), *others = objectives
    rows = -(-len(others) // 2)
    unbeaten = int((named["beaten_by"] == 0).sum())
    page = sheet(
        SheetText(
            f"{unbeaten} of {len(named)} named rules are beaten by no mix on every objective",
            f"{label(first)}, {unit}, against the other objectives",
            (NOTE,),
        ),
        rows * PANEL,
    )
    room = (WIDTH - 2 * MARGIN) / 2
    for number, (word, own_unit) in enumerate(others):
        row, column = divmod(number, 2)
        ax = page.axes(
            MARGIN + column * room + 0.5, (rows - 1 - row) * PANEL + 0.45, room - 0.7, PANEL - 0.6
        )
        for table, colour, filled in ((named, NAMED, False), (front, MIX, True)):
            x, y = (table[name].to_numpy(np.float64) for name in (first, word))
            for low, high, at, across in (
                (table[f"{first}_low"], table[f"{first}_high"], y, True),
                (table[f"{word}_low"], table[f"{word}_high"], x, False),
            ):
                lines = ax.hlines if across else ax.vlines
                lines(at, low, high, color=PALE, lw=0.6, zorder=0)
            ax.scatter(x, y, s=16, color=colour if filled else PAPER, edgecolor=colour, lw=0.9,
                       zorder=3)  # fmt: skip
        if number == 0:
            for arm in named.to_dict("records"):
                ax.annotate(words(str(arm["arm"])), (arm[first], arm[word]), (4, 3),
                            textcoords="offset points", size=SMALL - 1.5, color=GREY)  # fmt: skip
        ax.set_xlabel(f"{words(first)}, {unit}", color=INK)
        ax.set_ylabel(f"{words(word)}, {own_unit}" if own_unit != "1" else words(word))
        ax.margins(0.08)
    return page.figure
