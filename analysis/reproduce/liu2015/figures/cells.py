"""The few cells of region and sector that hold what can be saved."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.figures.class_legend import below
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PAPER, RULE_COLOURS
from analysis.figures.typography import TINY, WIDTH

MOST = 20
"""Cells shown by name."""
NOTE = (
    "Best practice: the intensity that the cleanest tenth of a sector's output does not exceed,"
    " among regions with more than 1 % of it. Electricity includes power bought in, so that its"
    " best practice is no technology."
)
LINES = ("solid", (0, (6, 1.5)), (0, (2, 1)), (0, (6, 1.5, 1, 1.5)))


def curves(ax: Axes, saved: Mapping[str, np.ndarray]) -> Axes:
    """Draw the share of a saving held by the cells with most of it, %, a line a target."""
    for number, (name, amounts) in enumerate(saved.items()):
        held = np.sort(amounts, axis=None)[::-1].cumsum()
        share = 100 * held / held[-1] if held[-1] > 0 else held
        half = int(np.searchsorted(share, 50.0))
        ax.plot(np.arange(1, share.size + 1), share, color=RULE_COLOURS[number % 8],
                linestyle=LINES[number % len(LINES)],
                label=f"{name[:1].upper()}{name[1:]} ({half + 1})")  # fmt: skip
    ax.axhline(50.0, color=GREY, linewidth=0.6, linestyle=":")
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(FuncFormatter(lambda count, _: f"{count:,.0f}"))
    ax.set_ylim(0, 100)
    ax.set_xlabel("Cells of region and sector, the largest first (log scale)")
    ax.set_ylabel("Share of reachable reduction, %")
    return ax


def largest(ax: Axes, top: pd.DataFrame) -> Axes:
    """Draw what the first cells of a ranking would save, Mt, in the colour of the first curve."""
    shown = top.head(MOST).iloc[::-1]
    places = np.arange(len(shown))
    ax.barh(places, shown["leverage_mt"], height=0.7, edgecolor=PAPER, linewidth=0.3,
            color=RULE_COLOURS[0])  # fmt: skip
    names = [f"{a}, {b.lower()}" for a, b in zip(shown["region"], shown["sector"], strict=True)]
    ax.set_yticks(places, names, fontsize=TINY)
    ax.tick_params(axis="y", length=0, labelcolor=INK)
    ax.set_ylim(-0.7, len(shown) - 0.3)
    ax.set_xlabel("Saved by best practice, Mt CO₂ a year")
    return ax


def picture(saved: Mapping[str, np.ndarray], top: pd.DataFrame) -> Figure:
    """Return the finished picture; `top` ranks the cells of the first of the targets `saved`."""
    some = int((next(iter(saved.values())) > 0).sum())
    words = SheetText(
        f"{len(top)} of {some:,} cells of region and sector hold half of what best practice would"
        " save",
        "Reachable reduction of emissions at the same output, 2012, under four targets (in"
        " brackets: cells that hold half of it), and the largest cells",
        (NOTE,),
    )
    height = 3.2
    page = sheet(words, height + 0.75)
    ax = curves(page.axes(MARGIN + 0.45, 0.7, 2.75, height), saved)
    largest(page.axes(WIDTH - MARGIN - 2.15, 0.7, 2.1, height), top)
    below(page, ax.get_lines()[: len(saved)])
    return page.figure
