"""Lorenz curves of footprints and of final demand per head."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.figures.sheet import MARGIN, Sheet, SheetText, sheet
from analysis.figures.style import DASHED, GREY, PAPER, RULE_COLOURS, SOLID, Look
from analysis.figures.typography import SMALL, WIDTH
from analysis.reproduce.zheng2023.figures.words import YEAR
from model.arrays import LorenzPoints
from model.classes.inequality import gini, lorenz

LOOKS = {
    "footprint_t_per_head": Look("Footprint", RULE_COLOURS[1], "o", SOLID),
    "demand_usd_per_head": Look("Final demand", RULE_COLOURS[0], "s", DASHED, "//////"),
}
"""By column of the table of cities."""
TENTHS = np.linspace(0.0, 1.0, 11)
SIZE, LEFT, BELOW, ABOVE, LEGEND = 2.9, 0.42, 0.36, 0.22, 0.24
"""Of the square; room for its axes, a title and the legend, inches."""
ALIKE = 0.02
"""Difference of two Gini coefficients below which the two are called alike."""


@dataclass(frozen=True, slots=True)
class LorenzCurve:
    """Spread of one quantity among people, each counted with the mean of their city."""

    look: Look
    people: LorenzPoints
    """Shares of the people, lowest per head first, 1."""
    amount: LorenzPoints
    """Shares of the amount, 1."""
    gini: float


def curves_of(cities: pd.DataFrame) -> list[LorenzCurve]:
    """Return both curves of the table of cities."""
    population = cities["population"].to_numpy(dtype=np.float64)
    curves = []
    for column, look in LOOKS.items():
        per_head = cities[column].to_numpy(dtype=np.float64)
        curves.append(LorenzCurve(look, *lorenz(per_head, population), gini(per_head, population)))
    return curves


def lorenz_curves(ax: Axes, curves: list[LorenzCurve]) -> Axes:
    """Draw the curves, marked at every tenth of the people, and the line of equality."""
    ax.plot([0, 100], [0, 100], color=GREY, linewidth=0.7)
    for curve in curves:
        look = curve.look
        ax.plot(100 * curve.people, 100 * curve.amount, color=look.colour, linestyle=look.line)
        inner = slice(1, -1)
        ax.plot(100 * TENTHS[inner], 100 * _held(curve)[inner], linestyle="", marker=look.marker,
                color=look.colour, markeredgecolor=PAPER, markeredgewidth=0.4)  # fmt: skip
    ax.set(xlim=(0, 100), ylim=(0, 100), xlabel="People, least per head first, %")
    ax.set_ylabel("Share of the total, %")
    return ax


def tenths(ax: Axes, curves: list[LorenzCurve]) -> Axes:
    """Draw what each tenth of the people holds."""
    number = np.arange(1, 11)
    width = 0.8 / len(curves)
    for turn, curve in enumerate(curves):
        ax.bar(number + (turn - (len(curves) - 1) / 2) * width, 100 * np.diff(_held(curve)), width,
               color=curve.look.colour, hatch=curve.look.hatch, edgecolor=PAPER,
               linewidth=0.3)  # fmt: skip
    ax.axhline(10, color=GREY, linewidth=0.7)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    ax.set(xticks=number, xlabel="Tenth of the people, least per head first")
    ax.set_ylabel("Share of the total, %")
    return ax


def _held(curve: LorenzCurve) -> np.ndarray:
    return np.interp(TENTHS, curve.people, curve.amount)


def headline(curves: list[LorenzCurve]) -> str:
    """Return what the picture says: which of the two is spread less evenly, or that none is."""
    footprint, demand = (curve.gini for curve in curves)
    numbers = f"Gini {footprint:.2f} against {demand:.2f}"
    if abs(footprint - demand) < ALIKE:
        return f"Footprints are about as unequal among people as demand: {numbers}"
    word = "less" if footprint < demand else "more"
    return f"Footprints are {word} unequal among people than demand: {numbers}"


def picture(cities: pd.DataFrame) -> Figure:
    """Return the finished picture of the table of cities."""
    curves = curves_of(cities)
    note = (
        "Everyone is counted with the mean of their city, so inequality within cities is left out"
        " and the whole is larger. Markers: every tenth of the people."
    )
    about = f"Footprint per head and final demand per head, {len(cities)} cities, {YEAR}"
    page = sheet(SheetText(headline(curves), about, (note,)), LEGEND + BELOW + SIZE + ABOVE)
    bottom, right = LEGEND + BELOW, MARGIN + SIZE + 2 * LEFT + 0.2
    left = lorenz_curves(page.axes(MARGIN + LEFT, bottom, SIZE, SIZE), curves)
    left.set_title("a  Lorenz curves", fontsize=SMALL, fontweight="bold")
    bars = tenths(page.axes(right, bottom, WIDTH - MARGIN - right, SIZE), curves)
    bars.set_title("b  What each tenth holds", fontsize=SMALL, fontweight="bold")
    _legend(page, curves)
    return page.figure


def _legend(page: Sheet, curves: list[LorenzCurve]) -> None:
    """Write what a curve and what a bar of each quantity looks like."""
    samples: list[Any] = [
        (
            Patch(facecolor=look.colour, hatch=look.hatch, edgecolor=PAPER, linewidth=0.3),
            Line2D([], [], color=look.colour, linestyle=look.line, marker=look.marker,
                   markeredgecolor=PAPER, markeredgewidth=0.4),
        )
        for look in (curve.look for curve in curves)
    ]  # fmt: skip
    samples.append(Line2D([], [], color=GREY, linewidth=0.7))
    labels = [f"{curve.look.label} per head: Gini {curve.gini:.2f}" for curve in curves]
    page.figure.legend(
        samples,
        [*labels, "Everyone alike: Gini 0"],
        handler_map={tuple: HandlerTuple(ndivide=None, pad=0.3)},
        handlelength=4.6,
        loc="lower center",
        bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=3,
        borderaxespad=0,
    )
