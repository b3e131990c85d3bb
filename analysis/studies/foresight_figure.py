"""The picture of foresight: prices by what cities know of the years to come."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, RULE_COLOURS
from analysis.figures.typography import WIDTH
from model.arrays import Vector

LOOKS = {
    "no friction, adaptive": (RULE_COLOURS[1], "-"),
    "no friction, foresight": (RULE_COLOURS[2], "-"),
    "least cost, yearly caps": (RULE_COLOURS[2], "--"),
    "least cost, banking": (GREY, "--"),
}
"""Colour and line of the paths shown."""


def picture(prices: Mapping[str, Vector], years: range) -> Figure:
    """Return the finished picture."""
    note = (
        "Grandfathering with an exchange, no friction, no chance but in choices, no collar."
        " Adaptive: price beliefs follow past prices. Mean of five runs."
    )
    words = SheetText(
        "Cities that foresee the announced path price quota as a planner would",
        "Price of quota, CNY/t; dashed: shadow prices of the least-cost path",
        (note,),
    )
    height = 2.9
    page = sheet(words, height)
    ax = page.axes(MARGIN + 0.4, 0.4, WIDTH - 2 * MARGIN - 0.55, height - 0.6)
    for name, (colour, line) in LOOKS.items():
        ax.plot(list(years), prices[name], color=colour, linestyle=line, label=name)
    ax.legend(loc="upper left")
    ax.set_ylim(0, None)
    ax.set_xlim(years[0], years[-1])
    return page.figure
