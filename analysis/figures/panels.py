"""Small multiples: one panel an arm, with one legend for all."""

from collections.abc import Callable, Iterable
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.lines_of_text import wrapped
from analysis.figures.sheet import MARGIN, Sheet, Words, sheet
from analysis.figures.style import PAPER, Look, label
from analysis.figures.typography import SMALL, WIDTH

COLUMNS = 3
LEFT, BELOW, GAP, ABOVE, LEGEND = 0.5, 0.36, 0.34, 0.3, 0.3
"""Room left of and below a panel, between panels, for a title, and for the legend, inches."""


def panels(
    words: Words, arms: list[str], height: float, looks: Iterable[Look], draw: "Draw"
) -> Figure:
    """Return a figure with a panel of `height` inches an arm, three in a row."""
    columns = min(COLUMNS, len(arms))
    rows = ceil(len(arms) / columns)
    width = (WIDTH - 2 * MARGIN) / columns - LEFT
    page = sheet(words, rows * (height + BELOW + ABOVE) + LEGEND)
    for number, arm in enumerate(arms):
        row, column = divmod(number, columns)
        left = MARGIN + column * (width + LEFT) + LEFT - MARGIN / 2
        bottom = (rows - 1 - row) * (height + BELOW + ABOVE) + BELOW + LEGEND
        ax = page.axes(left, bottom, width, height)
        draw(ax, arm, column == 0, row == rows - 1 or number + columns >= len(arms))
        ax.set_title("\n".join(wrapped(label(arm), width, SMALL, "bold")), fontsize=SMALL,
                     fontweight="bold")  # fmt: skip
    legend(page, looks)
    return page.figure


Draw = Callable[[Axes, str, bool, bool], Axes]
"""Draws one arm; told whether the panel is leftmost and whether it is lowest."""


def legend(page: Sheet, looks: Iterable[Look]) -> None:
    """Write one legend below all panels."""
    handles = [
        Line2D([], [], color=look.colour, linestyle=look.line, marker=look.marker,
               markeredgecolor=PAPER, markeredgewidth=0.4, label=look.label)
        for look in looks
    ]  # fmt: skip
    page.figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=len(handles), borderaxespad=0,
    )  # fmt: skip
