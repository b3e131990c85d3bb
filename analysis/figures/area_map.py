"""A map of the cities in ordered classes, and the key of the classes below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.patches import Patch, Rectangle

from analysis.figures.class_map import complete
from analysis.figures.names_beside import write_names
from analysis.figures.outlines import outlines
from analysis.figures.scales import ink_on
from analysis.figures.style import GREY, INK, PALE, PAPER
from analysis.figures.typography import TINY

NO_CITY: dict[str, Any] = {
    "facecolor": PALE,
    "edgecolor": "#C4C4C4",
    "hatch": "/////",
    "linewidth": 0.3,
}
"""Look of a province that is kept undivided."""
NO_CITY_LABEL = "Whole province: part of the economy, no city"


@dataclass(frozen=True, slots=True)
class Steps:
    """Cities in ordered classes."""

    kinds: pd.Series
    """Number of the class, 0 the lowest, by region code."""
    colours: Sequence[str]
    inside: Sequence[str]
    """Text in the box of each class."""
    between: Sequence[str]
    """Text where one class ends and the next begins; one fewer."""
    quantity: str
    """With its unit."""


def area_map(ax: Axes, steps: Steps, *, names: bool = True) -> Axes:
    """Draw the cities by class; whole provinces hatched once no city of the study is missing."""
    shapes = outlines()
    ax.axis("off")
    ax.set_aspect("equal")
    shown = steps.kinds[[code in shapes.areas for code in steps.kinds.index]]
    if shown.empty:
        ax.text(0.5, 0.5, "None of the cities is on the map.", ha="center", color=GREY)
        return ax
    whole = sorted(shapes.whole_provinces.difference(shown.index)) if complete(shown) else []
    everywhere = np.concatenate([shapes.areas[code].vertices for code in [*shown.index, *whole]])
    ax.add_collection(PathCollection([shapes.areas[code] for code in whole], **NO_CITY))
    for kind, colour in enumerate(steps.colours):
        areas = [shapes.areas[code] for code in shown.index[shown == kind]]
        ax.add_collection(
            PathCollection(areas, facecolors=colour, edgecolors=PAPER, linewidths=0.2)
        )
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0] - 60, high[0] + 60)
    ax.set_ylim(low[1] - 60, high[1] + 60)
    if names:
        seats = np.array(list(shapes.seats.values()))
        ax.plot(*seats.T, linestyle="", marker="o", markersize=1.8, color=INK,
                markeredgecolor=PAPER, markeredgewidth=0.3)  # fmt: skip
        write_names(ax, shapes.seats)
    return ax


def no_city_handle() -> Patch:
    """Return the sample of a whole province for a legend."""
    return Patch(**NO_CITY, label=NO_CITY_LABEL)


def key(ax: Axes, steps: Steps) -> Axes:
    """Draw the classes as a row of boxes from low to high, their borders written below."""
    number = len(steps.colours)
    for kind, (colour, text) in enumerate(zip(steps.colours, steps.inside, strict=True)):
        ax.add_patch(Rectangle((kind, 0), 1, 1, facecolor=colour, edgecolor=PAPER, linewidth=0.6))
        ax.text(kind + 0.5, 0.47, text, ha="center", va="center", size=TINY, color=ink_on(colour))
    for border, text in enumerate(steps.between, start=1):
        ax.plot([border, border], [-0.15, 0.0], color=GREY, linewidth=0.5, clip_on=False)
        ax.text(border, -0.25, text, ha="center", va="top", size=TINY, linespacing=1.1)
    ax.text(0, 1.15, steps.quantity, ha="left", va="bottom", size=TINY)
    ax.set_xlim(0, number)
    ax.set_ylim(0, 1)
    ax.axis("off")
    return ax
