"""Links of strong beneficiaries to upstream cities, and where outsourced footprints come from."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import INK, PALE, PAPER, RULE_COLOURS, label
from analysis.figures.typography import SMALL, TINY, WIDTH

MT = 1e6
"""Tonnes in a million tonnes."""
CLUSTERS = {
    "heavy_manufacturing": (RULE_COLOURS[4], "//////"),
    "energy": (RULE_COLOURS[3], "......"),
    "light_manufacturing": (RULE_COLOURS[5], ""),
    "high_tech": (RULE_COLOURS[0], ""),
    "agriculture": (RULE_COLOURS[6], ""),
    "whole province": (PALE, ""),
}
"""Colour and hatch by cluster of the emitting city, upstream clusters first."""
NOTE = (
    "A city's cluster is that of its value added (K-means). Percentages are the share of heavy"
    " industry and energy cities together."
)


def largest_links(ax: Axes, largest: pd.DataFrame, years: tuple[int, int]) -> Axes:
    """Draw the flow of the later year as a bar and that of the earlier as a mark, Mt."""
    places = np.arange(len(largest))[::-1]
    before, after = (largest[f"flow_{year}_t"].to_numpy() / MT for year in years)
    colours = [CLUSTERS[word][0] for word in largest["from_cluster"]]
    bars = ax.barh(places, after, height=0.68, color=colours, edgecolor=PAPER, linewidth=0.4)
    for bar, word in zip(bars, largest["from_cluster"], strict=True):
        bar.set_hatch(CLUSTERS[word][1])
    ax.plot(before, places, linestyle="none", marker="|", markersize=7, markeredgewidth=1.4,
            color=INK)  # fmt: skip
    names = [f"{a} → {b}" for a, b in zip(largest["from"], largest["to"], strict=True)]
    ax.set_yticks(places, names, fontsize=TINY)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.6, len(largest) - 0.4)
    ax.set_xlabel(f"Embodied flow, Mt CO₂: bars {years[1]}, ticks {years[0]}")
    return ax


def origins(ax: Axes, table: pd.DataFrame, year: int) -> Axes:
    """Draw the share of each cluster of emitters in the outsourced footprint of each class."""
    flows = table.pivot_table(
        index="class", columns="cluster", values=f"flow_{year}_t", aggfunc="sum", sort=False
    )
    shares = 100 * flows.div(flows.sum(axis=1), axis=0)
    places = np.arange(len(shares))
    base = np.zeros(len(shares))
    for word, (colour, hatch) in CLUSTERS.items():
        if word in shares.columns:
            part = shares[word].to_numpy(dtype=np.float64)
            ax.bar(places, part, bottom=base, width=0.66, color=colour, hatch=hatch,
                   edgecolor=PAPER, linewidth=0.4)  # fmt: skip
            base = base + part
    upstream = shares.reindex(columns=["heavy_manufacturing", "energy"], fill_value=0.0).sum(axis=1)
    paper = {"facecolor": PAPER, "alpha": 0.85, "pad": 1.0, "linewidth": 0}
    for place, height in zip(places, upstream, strict=True):
        ax.text(float(place), height - 1.5, f"{height:.0f} %", ha="center", va="top",
                fontsize=SMALL, bbox=paper)  # fmt: skip
    names = [label(str(name)).replace(" ", "\n", 1) for name in shares.index]
    ax.set_xticks(places, names)
    ax.tick_params(axis="x", length=0)
    ax.set_ylim(0, 100)
    ax.set_ylabel(f"Share of outsourced footprint {year}, %")
    return ax


def picture(largest: pd.DataFrame, table: pd.DataFrame, years: tuple[int, int]) -> Figure:
    """Return the finished picture of `CityLinks`."""
    words = SheetText(
        _headline(table, years[1]),
        "Largest flows from cities of heavy industry and energy into strong beneficiaries, and"
        " emitters of the outsourced footprint by class",
        (NOTE,),
    )
    height = max(2.2, 0.155 * len(largest))
    page = sheet(words, height + 0.85)
    largest_links(page.axes(MARGIN + 1.55, 0.75, 2.5, height), largest, years)
    origins(page.axes(WIDTH - MARGIN - 2.2, 0.75, 2.15, height), table, years[1])
    shown = [word for word in CLUSTERS if word in set(table["cluster"])]
    handles: list[Patch | Line2D] = [
        Patch(facecolor=CLUSTERS[word][0], hatch=CLUSTERS[word][1], edgecolor=PAPER,
              label=label(word))
        for word in shown
    ]  # fmt: skip
    page.figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=len(handles), borderaxespad=0, columnspacing=1.2, handlelength=1.8,
    )  # fmt: skip
    return page.figure


def _headline(table: pd.DataFrame, year: int) -> str:
    flow = f"flow_{year}_t"
    parts = []
    for word in ("strong beneficiary", "weak beneficiary"):
        own = table[table["class"] == word]
        upstream = own["cluster"].isin(["heavy_manufacturing", "energy"])
        if not own.empty:
            share = 100 * own.loc[upstream, flow].sum() / own[flow].sum()
            parts.append(f"{share:.0f} % of what is emitted elsewhere for {word[:-1]}ies")
    if not parts:
        return "No city is a beneficiary"
    return f"Heavy industry and energy cities emit {' and '.join(parts)}"
