"""Causes of the change of footprints: intensity, structure and final demand."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.documents.numbers import fixed, rounded
from analysis.figures.class_legend import below
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import CLASSES, GREY, INK, PAPER, RULE_COLOURS
from analysis.figures.typography import SMALL, WIDTH

MT = 1e6
"""Tonnes in a million tonnes."""
EFFECTS = {
    "dE_t": ("Emission intensity, dE", RULE_COLOURS[2], "//////"),
    "dL_t": ("Production structure, dL", RULE_COLOURS[5], ""),
    "dF_t": ("Final demand, dF", RULE_COLOURS[0], ""),
}
"""By column: name, colour and hatch."""
ALL = "All cities"
NOTE = (
    "Mean of the two polar decompositions, at prices of 2012; no residual. A footprint counts"
    " emissions anywhere in the country for the city's final demand."
)


def effects_of(cities: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of each effect, Mt CO₂, by class and over all cities."""
    sums = cities.groupby("kind")[list(EFFECTS)].sum() / MT
    number = cities["kind"].value_counts()
    sums.index = pd.Index(
        [
            f"{CLASSES[kind].label}\n({number[kind]} {'city' if number[kind] == 1 else 'cities'})"
            for kind in sums.index
        ]
    )
    sums.loc[ALL] = cities[list(EFFECTS)].sum() / MT
    return sums


def effects(ax: Axes, sums: pd.DataFrame) -> Axes:
    """Draw the effects side by side from zero, falls to the left, and the net change."""
    places = np.arange(len(sums))[::-1]
    rises, falls = np.zeros(len(sums)), np.zeros(len(sums))
    for column, (_, colour, hatch) in EFFECTS.items():
        size = sums[column].to_numpy(dtype=np.float64)
        starts = np.where(size > 0, rises, falls)
        ax.barh(places, size, left=starts, height=0.62, color=colour, hatch=hatch,
                edgecolor=PAPER, linewidth=0.4)  # fmt: skip
        rises, falls = rises + np.maximum(size, 0.0), falls + np.minimum(size, 0.0)
    net = sums.sum(axis=1).to_numpy(dtype=np.float64)
    ax.plot(net, places, linestyle="none", marker="D", markersize=5, color=INK,
            markeredgecolor=PAPER, markeredgewidth=0.6)  # fmt: skip
    room = 0.01 * (rises.max() - falls.min())
    for place, change, end in zip(places, net, rises, strict=True):
        ax.text(end + room, place, f"net {fixed(change, 0, sign=True)}", va="center",
                fontsize=SMALL)  # fmt: skip
    ax.axvline(0.0, color=GREY, linewidth=0.6)
    ax.set_xlim(falls.min() - 3 * room, rises.max() + 14 * room)
    ax.set_yticks(places, list(sums.index))
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("Change of footprints, Mt CO₂")
    return ax


def picture(cities: pd.DataFrame) -> Figure:
    """Return the finished picture; columns kind, dE_t, dL_t and dF_t."""
    sums = effects_of(cities)
    words = SheetText(
        _headline(sums),
        "Change of the footprints of cities from 2012 to 2017, decomposed, by class",
        (NOTE,),
    )
    height = 0.42 * len(sums) + 0.2
    page = sheet(words, height + 0.75)
    effects(page.axes(MARGIN + 1.05, 0.7, WIDTH - 2 * MARGIN - 1.15, height), sums)
    handles: list[Patch | Line2D] = [
        Patch(facecolor=colour, hatch=hatch, edgecolor=PAPER, label=name)
        for name, colour, hatch in EFFECTS.values()
    ]
    handles.append(
        Line2D([], [], color=INK, linestyle="none", marker="D", markersize=5, label="Net change")
    )
    below(page, handles)
    return page.figure


def _headline(sums: pd.DataFrame) -> str:
    dE, dL, dF = (float(sums.loc[ALL].to_dict()[column]) for column in EFFECTS)
    verb = "raised" if dF > 0 else "lowered"
    return (
        f"Final demand {verb} footprints by {rounded(abs(dF))} Mt; production structure"
        f" {_took(dL)} and emission intensity {_took(dE)}"
    )


def _took(effect: float) -> str:
    return f"{'added' if effect > 0 else 'saved'} {rounded(abs(effect))} Mt"
