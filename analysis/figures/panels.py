"""Small multiples: one panel an arm, with one legend for all."""

from collections.abc import Callable, Iterable
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.figures.lines_of_text import text_width, wrapped
from analysis.figures.pages import COLUMNS, numbered, pages
from analysis.figures.sheet import MARGIN, Sheet, SheetText, sheet
from analysis.figures.style import PAPER, Look, label
from analysis.figures.typography import SMALL, WIDTH

HANDLE, LINE = 0.5, 0.14
"""Width of a sample in the legend with the space around it, and height of its lines, inches."""
LEFT, BELOW, GAP, ABOVE, LEGEND = 0.5, 0.36, 0.34, 0.3, 0.3
"""Room left of and below a panel, between panels, for a title, and for the legend, inches."""


def panels(
    words: SheetText, arms: list[str], height: float, looks: Iterable[Look], draw: "Draw"
) -> list[Figure]:
    """Return pages with a panel of `height` inches an arm, three in a row."""
    shown, parts, columns = list(looks), pages(arms), min(COLUMNS, len(arms))
    return [
        _page(numbered(words, number, len(parts)), part, columns, height, shown, draw)
        for number, part in enumerate(parts)
    ]


def _page(
    words: SheetText, arms: list[str], columns: int, height: float, looks: list[Look], draw: "Draw"
) -> Figure:
    rows = ceil(len(arms) / columns)
    width = (WIDTH - 2 * MARGIN) / columns - LEFT
    foot = LEGEND + LINE * (_legend_rows(looks) - 1) if looks else MARGIN
    page = sheet(words, rows * (height + BELOW + ABOVE) + foot)
    for number, arm in enumerate(arms):
        row, column = divmod(number, columns)
        left = MARGIN + column * (width + LEFT) + LEFT - MARGIN / 2
        bottom = (rows - 1 - row) * (height + BELOW + ABOVE) + BELOW + foot
        ax = page.axes(left, bottom, width, height)
        draw(ax, arm, column == 0, row == rows - 1 or number + columns >= len(arms))
        ax.set_title("\n".join(wrapped(label(arm), width, SMALL, "bold")), fontsize=SMALL,
                     fontweight="bold")  # fmt: skip
    if looks:
        legend(page, looks)
    return page.figure


Draw = Callable[[Axes, str, bool, bool], Axes]
"""Draws one arm; told whether the panel is leftmost and whether it is lowest."""


def legend(page: Sheet, looks: list[Look]) -> None:
    """Write one legend below all panels, in as many lines as it needs."""
    handles = [
        Line2D([], [], color=look.colour, linestyle=look.line, marker=look.marker,
               markeredgecolor=PAPER, markeredgewidth=0.4, label=look.label)
        for look in looks
    ]  # fmt: skip
    page.figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=max(1, ceil(len(handles) / _legend_rows(looks))), borderaxespad=0,
    )  # fmt: skip


def _legend_rows(looks: list[Look]) -> int:
    """Return how many lines a legend takes: equal columns, as wide as the longest label."""
    widest = max((text_width(look.label, SMALL) for look in looks), default=0.0)
    fit = max(1, int((WIDTH - 2 * MARGIN) / (widest + HANDLE)))
    return max(1, ceil(len(looks) / fit))
