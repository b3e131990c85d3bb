"""Supply chain: the largest cuts of one city for the footprint of another, as arcs and in order."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from analysis.documents.numbers import percent
from analysis.figures.class_map import complete
from analysis.figures.lines_of_text import text_width
from analysis.figures.names_beside import write_names
from analysis.figures.outlines import Outlines, outlines
from analysis.figures.pages import numbered
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PALE, PAPER, RULE_COLOURS, label
from analysis.figures.typography import SMALL, TINY, WIDTH
from analysis.outcomes.embodied_cuts import EmbodiedCuts

MOST = 15
"""Pairs that are drawn."""
KEPT = 200
"""Pairs in the table beside the picture."""
ON_A_PAGE = 2
LINE, TITLE_ROOM = 0.165, 0.3
"""Height of a pair in the list, and room above a panel, inches."""
MT = 1e6
COLOUR = RULE_COLOURS[0]
NOTE = (
    "Arrows and numbers lead from the city that abates to the city whose final demand it is for, at"
    " the demand of the year. What policy abates for whole provinces and for exports is not shown."
)


def drawable(cuts: EmbodiedCuts | None) -> bool:
    """Return whether any city abates for another."""
    return cuts is not None and any(len(cuts.largest(arm, 1)) for arm in cuts.pairs)


def supply_chain_of(cuts: EmbodiedCuts) -> pd.DataFrame:
    """Return the largest pairs of each arm, t CO₂; columns as of `EmbodiedCuts.largest`."""
    return pd.concat([cuts.largest(arm, KEPT) for arm in cuts.pairs], ignore_index=True)


def picture(cuts: EmbodiedCuts, shapes: Outlines | None = None) -> list[Figure]:
    """Return the finished picture, page by page: a map and a list an arm."""
    shapes = shapes or outlines()
    arms = [arm for arm in cuts.pairs if len(cuts.largest(arm, 1))]
    runs = cuts.replications
    words = SheetText(
        headline(cuts, arms[0]),
        f"Emissions that policy abates in one city for another's final demand in {cuts.year}, the"
        f" {MOST} largest pairs, Mt CO₂",
        (f"Mean of the first {runs} replications. {NOTE}" if runs > 1 else
         f"First replication. {NOTE}", shapes.note),
    )  # fmt: skip
    shown = {arm: cuts.largest(arm, MOST) for arm in arms}
    parts = [arms[start : start + ON_A_PAGE] for start in range(0, len(arms), ON_A_PAGE)]
    return [
        _page(numbered(words, number, len(parts)), cuts, part, shown, shapes)
        for number, part in enumerate(parts)
    ]


def headline(cuts: EmbodiedCuts, arm: str) -> str:
    """Return what the picture says: whose footprints fall by what cities abate."""
    pairs, all_of_it = cuts.pairs[arm], cuts.abated[arm]
    own = np.trace(pairs) / all_of_it
    others = (pairs.sum() - np.trace(pairs)) / all_of_it
    return (
        f"{100 * own:.0f} % of what cities abate under {label(arm).lower()} lowers their own"
        f" footprints, {100 * others:.0f} % those of other cities"
    )


def arcs(
    ax: Axes, rows: pd.DataFrame, known: tuple[str, ...], shapes: Outlines, most: float
) -> Axes:
    """Draw the cities, and an arrow a pair, as wide as its share of `most`, t CO₂.

    `rows` are as of `EmbodiedCuts.largest`.
    """
    codes = [code for code in known if code in shapes.areas]
    everybody = pd.Series(0, index=pd.Index(codes))
    whole = sorted(shapes.whole_provinces.difference(codes)) if complete(everybody, shapes) else []
    areas = [shapes.areas[code] for code in [*codes, *whole]]
    ax.add_collection(PathCollection(areas, facecolors=PALE, edgecolors=PAPER, linewidths=0.2))
    everywhere = np.concatenate([area.vertices for area in areas])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0] - shapes.margin, high[0] + shapes.margin)
    ax.set_ylim(low[1] - shapes.margin, high[1] + shapes.margin)
    ax.set_aspect("equal")
    ax.axis("off")
    named: dict[str, tuple[float, float]] = {}
    for row in rows.to_dict("records"):
        if row["cutter_code"] not in shapes.areas or row["beneficiary_code"] not in shapes.areas:
            continue
        both = row["cutter_code"], row["beneficiary_code"]
        start, end = (_middle(shapes.areas[str(code)]) for code in both)
        named |= {str(row["cutter"]): start, str(row["beneficiary"]): end}
        ax.add_patch(
            FancyArrowPatch(
                start, end, connectionstyle="arc3,rad=0.3", arrowstyle="-|>", mutation_scale=5,
                linewidth=0.4 + 1.2 * row["abated"] / most, color=COLOUR,
                shrinkA=0, shrinkB=0, alpha=0.9, zorder=3,
            )
        )  # fmt: skip
    write_names(ax, named, opacity=0.75)
    return ax


def ranked(ax: Axes, rows: pd.DataFrame, most: float) -> Axes:
    """Draw the pairs from the largest down: a dot each, its cities and its amount beside it.

    The axis reaches to `most`, t CO₂, so that lengths of several arms can be compared.
    """
    heights = np.arange(len(rows))[::-1]
    amounts = rows["abated"].to_numpy() / MT
    ax.hlines(heights, 0, amounts, color=PALE, linewidth=1.0, zorder=0)
    ax.scatter(amounts, heights, s=14, color=COLOUR, zorder=3)
    for height, amount in zip(heights, amounts, strict=True):
        text = f"{amount:,.2f}" if amount < 10 else f"{amount:,.1f}"
        ax.annotate(text, (amount, height), (4, 0), textcoords="offset points", va="center",
                    size=TINY, color=INK)  # fmt: skip
    ax.set_yticks(heights, _pairs(rows), fontsize=TINY)
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.set_xticks([])
    ax.set_xlim(0, 1.22 * most / MT)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    return ax


def _page(
    words: SheetText,
    cuts: EmbodiedCuts,
    arms: list[str],
    shown: dict[str, pd.DataFrame],
    shapes: Outlines,
) -> Figure:
    tall = MOST * LINE
    most = max(float(rows["abated"].max()) for rows in shown.values())
    widest = max(text_width(pair, TINY) for rows in shown.values() for pair in _pairs(rows))
    page = sheet(words, len(arms) * (tall + TITLE_ROOM))
    for number, arm in enumerate(arms):
        rows = shown[arm]
        bottom = (len(arms) - 1 - number) * (tall + TITLE_ROOM)
        mapped = bool(set(rows["cutter_code"]) & set(shapes.areas))
        left = WIDTH * 0.52 if mapped else 0.0
        if mapped:
            arcs(page.axes(MARGIN, bottom, left - MARGIN, tall), rows, cuts.codes, shapes, most)
        names = left + widest + 0.15 + MARGIN
        ax = page.axes(names, bottom, WIDTH - names - MARGIN, len(rows) * LINE)
        ranked(ax, rows, most)
        page.figure.text(
            *page.share(MARGIN, bottom + tall + 0.08), label(arm), size=SMALL, weight="bold"
        )
        page.figure.text(
            *page.share(WIDTH - MARGIN, bottom + tall + 0.08),
            told_of(rows, cuts.abated[arm]), size=TINY, color=GREY, ha="right",
        )  # fmt: skip
    return page.figure


def told_of(rows: pd.DataFrame, abated: float) -> str:
    """Return what share of all that cities abate, t CO₂, some pairs are."""
    own = float(rows["abated"].sum())
    return (
        f"these {len(rows)}: {own / MT:,.0f} Mt, {percent(own / abated, 1)} of the"
        f" {abated / MT:,.0f} Mt that cities abate"
    )


def _pairs(rows: pd.DataFrame) -> list[str]:
    return [f"{a} → {b}" for a, b in zip(rows["cutter"], rows["beneficiary"], strict=True)]


def _middle(area: Path) -> tuple[float, float]:
    """Return the centre of the largest ring of an area."""
    best, largest = (0.0, 0.0), -1.0
    for ring in area.to_polygons():
        x, y = np.asarray(ring).T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        size = abs(float(cross.sum())) / 2
        if size > largest:
            scale = 3.0 * float(cross.sum())
            centre = ((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum()
            largest, best = size, (float(centre[0]) / scale, float(centre[1]) / scale)
    return best
