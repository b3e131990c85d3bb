"""A sheet with one plot over the years and its legend beside it."""

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.lines_of_text import LEADING, POINT, wrapped
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.typography import SMALL, WIDTH

LEGEND, HANDLE = 2.1, 0.45
"""Width of the legend and of its line samples, inches."""
LEFT, BELOW, HEIGHT = 0.55, 0.36, 3.4


def course_sheet(words: SheetText, names: list[str], draw: Callable[[Axes], Axes]) -> Figure:
    """Return a figure of one plot over the years, tall enough for a legend of these names.

    The legend follows the order of drawing.
    """
    labels = {name: "\n".join(wrapped(name, LEGEND - HANDLE, SMALL)) for name in names}
    lines = sum(text.count("\n") + 1.55 for text in labels.values())
    height = max(HEIGHT, lines * SMALL * LEADING * POINT + 0.1)
    page = sheet(words, height + BELOW)
    ax = draw(page.axes(LEFT, BELOW, WIDTH - LEFT - LEGEND - 2 * MARGIN, height))
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    ax.set_xlabel("Year")
    handles, drawn = ax.get_legend_handles_labels()
    if handles:
        ax.legend(
            handles,
            [labels[name] for name in drawn],
            loc="upper left",
            bbox_to_anchor=(1.02, 1.02),
            borderaxespad=0,
            labelspacing=0.7,
        )
    return page.figure
