"""The picture of a search: the front of mixes, and the named rules beside it."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.lines_of_text import POINT
from analysis.figures.names_beside import write_names
from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import INK, PALE, PAPER, RULE_COLOURS, label, pale, words
from analysis.figures.typography import TINY, WIDTH, our_typography

MIX, NAMED = RULE_COLOURS[0], RULE_COLOURS[1]
PANEL = 2.6
"""Height of a panel, inches."""
LINE = 0.155
"""Height of a rule in the key, inches."""
NOTE = (
    "Means over worlds. Small dots: mixes that no other beats on every objective. With numbers:"
    " named rules of the experiment, with lines to the ends of nine in ten worlds; rings where no"
    " mix beats them on every objective, crosses where one does."
)
PURE = {"burden_poor": "burden, poorest 40 % ÷ all"}
"""Axes of objectives without a unit that say what they are a ratio of."""


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
    rows = -(-(len(others) + 1) // 2)
    beaten = named["beaten_by"].to_numpy() > 0
    unbeaten = int((~beaten).sum())
    page = sheet(
        SheetText(
            f"{unbeaten} of {len(named)} named rules are beaten by no mix on every objective",
            f"{label(first)}, {unit}, against the other objectives",
            (NOTE,),
        ),
        rows * PANEL,
    )
    for number, (word, own_unit) in enumerate(others):
        ax = page.axes(*_place(number, rows))
        mixes, rules = (table[[first, word]].to_numpy(np.float64) for table in (front, named))
        ends = [named[f"{name}_{end}"] for name in (first, word) for end in ("low", "high")]
        ax.hlines(rules[:, 1], ends[0], ends[1], color=PALE, lw=0.8, zorder=0)
        ax.vlines(rules[:, 0], ends[2], ends[3], color=PALE, lw=0.8, zorder=0)
        ax.scatter(mixes[:, 0], mixes[:, 1], s=9, color=pale(MIX, 0.55), lw=0, zorder=2)
        free, met = rules[~beaten], rules[beaten]
        ax.scatter(free[:, 0], free[:, 1], s=20, color=PAPER, edgecolor=NAMED, lw=1.2, zorder=3)
        ax.scatter(met[:, 0], met[:, 1], s=20, marker="x", color=NAMED, lw=1.4, zorder=3)
        ax.margins(0.1)
        ax.autoscale_view()
        numbers = [str(place) for place in range(1, len(rules) + 1)]
        write_names(ax, dict(zip(numbers, map(tuple, rules), strict=True)), rules)
        ax.set_xlabel(_axis(first, unit), color=INK)
        ax.set_ylabel(_axis(word, own_unit))
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:,g}".replace("-", "−"))
    key(page.axes(*_place(len(others), rows)), named)
    return page.figure


def key(ax: Axes, named: pd.DataFrame) -> Axes:
    """Write the named rules with their numbers, and how many mixes beat each."""
    ax.axis("off")
    step = min(LINE, (PANEL - 0.6) / len(named)) / POINT
    for place, row in enumerate(named.to_dict("records"), start=1):
        by = int(row["beaten_by"])
        told = f", beaten by {by} mix{'es' if by > 1 else ''}" if by else ""
        ax.annotate(f"{place}  {words(str(row['arm']))}{told}", (0, 1), (0, -step * place),
                    xycoords="axes fraction", textcoords="offset points", size=TINY,
                    color=INK)  # fmt: skip
    return ax


def _place(number: int, rows: int) -> tuple[float, float, float, float]:
    row, column = divmod(number, 2)
    room = (WIDTH - 2 * MARGIN) / 2
    return MARGIN + column * room + 0.5, (rows - 1 - row) * PANEL + 0.45, room - 0.7, PANEL - 0.6


def _axis(word: str, unit: str) -> str:
    return PURE.get(word, words(word)) if unit == "1" else f"{words(word)}, {unit}"
