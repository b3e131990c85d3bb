"""The map of the cities by class."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from analysis.figures.class_legend import legend_of_areas
from analysis.figures.courses import replications
from analysis.figures.outlines import Outlines, outlines
from analysis.figures.pages import COLUMNS, numbered, pages
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import CLASSES, INK, PALE, PAPER, label, pale
from analysis.figures.typography import SMALL, TINY, WIDTH
from analysis.outcomes.city_summary import CitySummary
from model.classes.beneficiaries import Beneficiary

SURE = 0.9
"""Least share of replications or draws in which a city that is sure of its class is in it, 1."""
NAMED_LEFT = ("Chongqing",)
"""Cities named to the left of their seat, to keep clear of a neighbour's name."""


def drawable(codes: Iterable[str], shapes: Outlines | None = None) -> bool:
    """Return whether any region code is on the map: ours, or the one given."""
    return bool(set(codes) & (shapes or outlines()).areas.keys())


def complete(kinds: pd.Series | pd.DataFrame, shapes: Outlines | None = None) -> bool:
    """Return whether every city of the study has a class: only then are whole provinces drawn."""
    shapes = shapes or outlines()
    return shapes.areas.keys() - shapes.whole_provinces <= set(kinds.index)


def class_map(
    ax: Axes,
    kinds: pd.Series,
    sure: pd.Series | None = None,
    *,
    names: bool = True,
    sharp: bool = True,
    shapes: Outlines | None = None,
) -> Axes:
    """Draw the cities by class, `kinds` by region code; whole provinces in pale grey.

    Cities that are not `sure` of their class, by region code, have its colour pale. A `sharp` map
    stays so at any size; another is drawn in dots, small in bytes. With `names`, a few large cities
    are named.
    """
    shapes = shapes or outlines()
    shown = [str(code) for code in kinds.index if str(code) in shapes.areas]
    whole = sorted(shapes.whole_provinces.difference(shown)) if complete(kinds, shapes) else []
    groups = [(whole, PALE, "")]
    for kind, look in CLASSES.items():
        own = [code for code in shown if kinds[code] == kind]
        firm = [code for code in own if sure is None or sure[code]]
        groups.append((firm, look.colour, look.hatch))
        groups.append(([code for code in own if code not in set(firm)], pale(look.colour), ""))
    for codes, colour, hatch in groups:
        areas = PathCollection(
            [shapes.areas[code] for code in codes],
            facecolors=colour,
            edgecolors=PAPER,
            linewidths=0.2,
            hatch=hatch,
            rasterized=not sharp,
        )
        ax.add_collection(areas)
    for name, (x, y) in shapes.seats.items() if names else ():
        ax.plot([x], [y], marker="o", markersize=1.8, color=INK, markeredgecolor=PAPER,
                markeredgewidth=0.3)  # fmt: skip
        paper = {"facecolor": PAPER, "alpha": 0.65, "pad": 0.4, "linewidth": 0}
        side, edge = (-2.5, "right") if name in NAMED_LEFT else (2.5, "left")
        ax.annotate(name, (x, y), (side, 1.5), textcoords="offset points", fontsize=TINY, ha=edge,
                    bbox=paper)  # fmt: skip
    everywhere = np.concatenate([shapes.areas[code].vertices for code in [*shown, *whole]])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0] - shapes.margin, high[0] + shapes.margin)
    ax.set_ylim(low[1] - shapes.margin, high[1] + shapes.margin)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def picture(cities: CitySummary, reference: str, shapes: Outlines | None = None) -> list[Figure]:
    """Return the finished picture, page by page: one map an arm, by the policy's own effect."""
    shapes = shapes or outlines()
    arms = [arm for arm in cities.arms if arm != reference] or cities.arms
    kinds = cities.majority("class_policy", arms)
    sure = cities.agreement("class_policy", arms) >= SURE
    year = cities.last_year
    several = int(cities.runs["replication"].nunique()) > 1
    strong = (
        f"Strong colour: in {100 * SURE:.0f} % of them, {_share_sure(sure)}; pale: in fewer."
        if several
        else ""
    )
    ties = "; ties go to the class named first" if several else ""
    words = SheetText(
        headline(kinds, arms, year),
        f"Cities by class in {year}, by what the policy alone has done"
        f"{' (class in most replications)' if several else ''}",
        (
            f"{replications(cities.runs)}{ties}.",
            strong,
            shapes.note,
        ),
    )
    columns = 1 if len(arms) == 1 else 2 if len(arms) in (2, 4) else COLUMNS
    parts = pages(arms)
    return [
        _page(numbered(words, number, len(parts)), kinds, sure, part, columns, shapes)
        for number, part in enumerate(parts)
    ]


def _share_sure(sure: pd.Series) -> str:
    """Return how many cities are sure, in words: of every arm, or from least to most."""
    by_arm = sure.groupby(level="arm").sum()
    least, most = int(by_arm.min()), int(by_arm.max())
    of = len(sure) // len(by_arm)
    return f"{least} of {of} cities" if least == most else f"{least} to {most} of {of} cities"


def _page(
    words: SheetText,
    kinds: pd.Series,
    sure: pd.Series,
    arms: list[str],
    columns: int,
    shapes: Outlines,
) -> Figure:
    width = (WIDTH - 2 * MARGIN) / columns
    height = 0.78 * width + 0.2
    rows = -(-len(arms) // columns)
    page = sheet(words, rows * height + 0.3)
    for number, arm in enumerate(arms):
        row, column = divmod(number, columns)
        ax = page.axes(
            MARGIN + column * width, (rows - 1 - row) * height + 0.3, width, height - 0.2
        )
        class_map(ax, kinds.loc[arm], sure.loc[arm], names=number == 0, sharp=columns < COLUMNS,
                  shapes=shapes)  # fmt: skip
        ax.set_title(label(arm), fontsize=SMALL, fontweight="bold")
    whole = bool(shapes.whole_provinces) and complete(kinds.loc[arms[0]], shapes)
    legend_of_areas(page, sorted({int(kind) for kind in kinds}), whole=whole)
    return page.figure


def headline(kinds: pd.Series, arms: list[str], year: int) -> str:
    """Return what the picture says."""
    strong = {arm: int((kinds.loc[arm] == Beneficiary.STRONG).sum()) for arm in arms}
    most = max(strong, key=strong.__getitem__)
    if strong[most] == 0:
        return f"No city is a strong beneficiary of the policy in {year}"
    total = len(kinds.loc[most])
    if len(arms) == 1:
        return f"{strong[most]} of {total} cities gain from the policy without much own effort"
    few = min(strong.values())
    return (
        f"Strong beneficiaries of the policy: from {few} to {strong[most]} of {total} cities in"
        f" {year}, most under {label(most)}"
    )
