"""Emissions embodied in exports: provinces beside the nation, and what makes the difference."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.class_legend import below
from analysis.figures.lines_of_text import wrapped
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PAPER, RULE_COLOURS
from analysis.figures.typography import SMALL, TINY, WIDTH

TONNES = 1e6
"""Tonnes in a million tonnes."""
FACTORS = {
    "volume": ("Export volume", RULE_COLOURS[5], ""),
    "mix": ("Product mix", RULE_COLOURS[3], "......"),
    "intensity": ("Emission intensity", RULE_COLOURS[4], "//////"),
}
"""By word: name, colour and hatch."""
PUBLISHED = "Named as dirtiest by Liu et al."
NOTE = (
    "Effects are Shapley values, absolute sums over provinces. Imports are taken as made with the"
    " intensities of the world in six key sectors and those of China in others."
)


def provinces(ax: Axes, effects: pd.DataFrame, exports: np.ndarray, named: list[str]) -> Axes:
    """Draw each province's intensity of exports less the nation's, by mix and intensity.

    `effects` is the decomposition against the nation's exports of the same volume, Mt; `exports`
    the volume by the same provinces, 10⁴ CNY.
    """
    per = TONNES / exports
    table = effects.assign(mix=effects["mix_mt"] * per, intensity=effects["intensity_mt"] * per)
    table = table.assign(total=table["mix"] + table["intensity"]).sort_values("total")
    places = np.arange(len(table))
    rises, falls = np.zeros(len(table)), np.zeros(len(table))
    for word in ("mix", "intensity"):
        size = table[word].to_numpy(dtype=np.float64)
        ax.barh(places, size, left=np.where(size > 0, rises, falls), height=0.7,
                color=FACTORS[word][1], hatch=FACTORS[word][2], edgecolor=PAPER,
                linewidth=0.3)  # fmt: skip
        rises, falls = rises + np.maximum(size, 0.0), falls + np.minimum(size, 0.0)
    total = table["total"].to_numpy(dtype=np.float64)
    ax.plot(total, places, linestyle="none", marker="D", markersize=3.4, color=INK,
            markeredgecolor=PAPER, markeredgewidth=0.5)  # fmt: skip
    ax.axvline(0.0, color=GREY, linewidth=0.7)
    names = [f"▸ {name}" if name in named else str(name) for name in table["place"]]
    for tick, name in zip(ax.set_yticks(places), table["place"], strict=True):
        tick.label1.set_fontweight("bold" if name in named else "normal")
    ax.set_yticklabels(names, fontsize=TINY)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.7, len(table) - 0.3)
    ax.set_xlabel("Emissions per value of exports less the nation's, t CO₂ per 10⁴ CNY")
    return ax


def provinces_picture(effects: pd.DataFrame, exports: np.ndarray, named: list[str]) -> Figure:
    """Return the finished picture of `provinces`."""
    sizes = effects[["mix_mt", "intensity_mt"]].abs().sum()
    share = 100 * float(sizes["intensity_mt"] / sizes.sum())
    words = SheetText(
        f"Emission intensity makes {share:.0f} % and product mix {100 - share:.0f} % of what sets"
        " provinces' exports apart",
        "Emissions embodied in a unit of exports abroad, by province of the shipper, 2012",
        (f"▸ {PUBLISHED} Emissions anywhere in the country count. Effects are Shapley values.",),
    )
    height = 0.145 * len(effects) + 0.2
    page = sheet(words, height + 0.75)
    provinces(
        page.axes(MARGIN + 1.05, 0.7, WIDTH - 2 * MARGIN - 1.15, height), effects, exports, named
    )
    handles: list[Patch | Line2D] = [_patch(word) for word in ("mix", "intensity")]
    handles.append(
        Line2D([], [], color=INK, linestyle="none", marker="D", markersize=4, label="Together")
    )
    below(page, handles)
    return page.figure


def factors(ax: Axes, weights: Mapping[str, Mapping[str, float]]) -> Axes:
    """Draw the share of each factor in the absolute effects, %, a bar a reading."""
    places = np.arange(len(weights))[::-1]
    base = np.zeros(len(weights))
    for word, (_, colour, hatch) in FACTORS.items():
        part = np.array([100 * each[word] for each in weights.values()])
        ax.barh(places, part, left=base, height=0.66, color=colour, hatch=hatch,
                edgecolor=PAPER, linewidth=0.4)  # fmt: skip
        for place, start, size in zip(places, base, part, strict=True):
            if size >= 6:
                ax.text(start + size / 2, float(place), f"{size:.0f} %", ha="center", va="center",
                        fontsize=SMALL, bbox={"facecolor": PAPER, "alpha": 0.85, "pad": 1.0,
                                              "linewidth": 0})  # fmt: skip
        base = base + part
    names = ["\n".join(wrapped(name, 1.9, SMALL)) for name in weights]
    ax.set_yticks(places, names)
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(0, 100)
    ax.set_xlabel("Share in the sum of absolute effects, %")
    return ax


def factors_picture(weights: Mapping[str, Mapping[str, float]]) -> Figure:
    """Return the finished picture of `factors`, readings from top to bottom."""
    led = sum(max(each, key=lambda word: each[word]) == "intensity" for each in weights.values())
    words = SheetText(
        f"Emission intensity leads in {led} of {len(weights)} readings of what makes emissions"
        " embodied in exports",
        "What exports are compared with, and the factors that make the difference",
        (NOTE,),
    )
    height = 0.46 * len(weights)
    page = sheet(words, height + 0.75)
    factors(page.axes(MARGIN + 2.05, 0.7, WIDTH - 2 * MARGIN - 2.15, height), weights)
    below(page, [_patch(word) for word in FACTORS])
    return page.figure


def _patch(word: str) -> Patch:
    name, colour, hatch = FACTORS[word]
    return Patch(facecolor=colour, hatch=hatch, edgecolor=PAPER, label=name)
