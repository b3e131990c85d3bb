"""The picture of a search: the front of mixes, and the named rules beside it."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.names_beside import write_names
from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import INK, PALE, PAPER, RULE_COLOURS, label, pale, words
from analysis.figures.typography import WIDTH, our_typography

MIX, NAMED = RULE_COLOURS[0], RULE_COLOURS[1]
PANEL = 2.6
"""Height of a panel, inches."""
NOTE = (
    "Means over worlds. Filled: mixes that no other beats on every objective. Open: named rules of"
    " the experiment, with lines to the ends of nine in ten worlds."
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
        mixes, rules = (table[[first, word]].to_numpy(np.float64) for table in (front, named))
        ends = [named[f"{name}_{end}"] for name in (first, word) for end in ("low", "high")]
        ax.hlines(rules[:, 1], ends[0], ends[1], color=PALE, lw=0.8, zorder=0)
        ax.vlines(rules[:, 0], ends[2], ends[3], color=PALE, lw=0.8, zorder=0)
        ax.scatter(mixes[:, 0], mixes[:, 1], s=9, color=pale(MIX, 0.55), lw=0, zorder=2)
        ax.scatter(rules[:, 0], rules[:, 1], s=20, color=PAPER, edgecolor=NAMED, lw=1.2, zorder=3)
        ax.margins(0.08)
        if number == 0:
            ax.autoscale_view()
            places = dict(zip(map(words, named["arm"]), map(tuple, rules), strict=True))
            write_names(ax, places, mixes)
        ax.set_xlabel(f"{words(first)}, {unit}", color=INK)
        ax.set_ylabel(f"{words(word)}, {own_unit}" if own_unit != "1" else words(word))
    return page.figure
