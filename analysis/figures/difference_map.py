"""Difference map: emissions of each city against no policy, and where chance may explain it."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures.class_map import complete
from analysis.figures.courses import course_of, replications
from analysis.figures.outlines import Outlines, outlines
from analysis.figures.pages import COLUMNS, numbered, pages
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, PALE, PAPER, label
from analysis.figures.typography import SMALL, WIDTH
from analysis.outcomes.city_summary import CitySummary

EDGES = (-30.0, -20.0, -10.0, -1.0, 1.0, 10.0)
"""Borders of the classes of change, %."""
COLOURS = ("#053061", "#2166AC", "#6BAED6", "#C6DCEC", "#F4F1EA", "#F2B48F", "#B2381F")
"""From far less to more, after ColorBrewer's RdBu; told apart by colour-blind readers."""
HATCHED = " Hatched: the 95 % interval of the mean difference spans zero."
NOTE = "Grey: whole provinces, part of the economy and no players."
UNSURE = "//////"
"""Hatch of cities whose interval spans zero."""


def changes_of(cities: CitySummary, reference: str) -> pd.DataFrame:
    """Return change of emissions of the last year by arm and region, %, with its interval."""
    arms = [arm for arm in cities.arms if arm != reference]
    tables = {arm: cities.emissions_changed(arm, reference) for arm in arms}
    return pd.concat(tables, names=["arm"]) if tables else pd.DataFrame()


def drawable(cities: CitySummary, reference: str) -> bool:
    """Return whether there is a policy to be laid beside no policy."""
    return reference in cities.arms and len(cities.arms) > 1


def picture(cities: CitySummary, reference: str, shapes: Outlines | None = None) -> list[Figure]:
    """Return the finished picture, page by page: a map an arm."""
    shapes = shapes or outlines()
    table = changes_of(cities, reference)
    arms = [str(arm) for arm in table.index.unique("arm")]
    words = SheetText(
        headline(table, cities.last_year, reference),
        f"Emissions of each city in {cities.last_year}, difference from"
        f" {label(reference).lower()} under the same luck",
        (
            f"{replications(cities.runs)}.{'' if alone(table) else HATCHED} {NOTE}",
            shapes.note,
        ),
    )
    parts = pages(arms)
    return [
        _page(numbered(words, number, len(parts)), table, part, shapes)
        for number, part in enumerate(parts)
    ]


def alone(table: pd.DataFrame) -> bool:
    """Return whether no difference has an interval: there is one replication."""
    return bool(table["low"].isna().all())


def difference_map(ax: Axes, rows: pd.DataFrame, shapes: Outlines, *, sharp: bool) -> Axes:
    """Draw one map; `rows` has mean, low and high by region code."""
    codes = [str(code) for code in rows.index if str(code) in shapes.areas]
    whole = sorted(shapes.whole_provinces.difference(codes)) if complete(rows, shapes) else []
    known = rows.loc[codes]
    kinds = np.digitize(known["mean"].to_numpy(), EDGES)
    unsure = ((known["low"] <= 0) & (known["high"] >= 0)).to_numpy()
    missing = known["mean"].isna().to_numpy()
    colours = [PALE if no else COLOURS[kind] for kind, no in zip(kinds, missing, strict=True)]
    everything, raster = [shapes.areas[code] for code in [*codes, *whole]], not sharp
    cities = PathCollection(everything, facecolors=[*colours, *[PALE] * len(whole)],
                            edgecolors=PAPER, linewidths=0.2, rasterized=raster)  # fmt: skip
    ax.add_collection(cities)
    hatched = [area for area, spans in zip(everything, unsure, strict=False) if spans]
    if hatched:
        ax.add_collection(PathCollection(hatched, facecolors="none", edgecolors=GREY, linewidths=0,
                                         hatch=UNSURE, rasterized=raster))  # fmt: skip
    everywhere = np.concatenate([shapes.areas[code].vertices for code in [*codes, *whole]])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0] - shapes.margin, high[0] + shapes.margin)
    ax.set_ylim(low[1] - shapes.margin, high[1] + shapes.margin)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def headline(table: pd.DataFrame, year: int, reference: str) -> str:
    """Return what the picture says: how many cities surely emit more in spite of a policy."""
    surely_more = (table["low"] > 0).groupby(level="arm").sum()
    surely_less = (table["high"] < 0).groupby(level="arm").sum()
    number = int(table.groupby(level="arm").size().max())

    def amount(counts: pd.Series) -> str:
        return " to ".join(dict.fromkeys(str(int(end)) for end in (counts.min(), counts.max())))

    than = f"than with {label(reference).lower()}"
    if alone(table):
        less = (table["mean"] < 0).groupby(level="arm").sum()
        return f"{amount(less)} of {number} cities emit less {than} in {year}"
    return (
        f"{amount(surely_less)} of {number} cities surely emit less {than} in {year},"
        f" {amount(surely_more)} surely more"
    )


def _page(words: SheetText, table: pd.DataFrame, arms: list[str], shapes: Outlines) -> Figure:
    columns = 1 if len(arms) == 1 else 2 if len(arms) in (2, 4) else COLUMNS
    width = (WIDTH - 2 * MARGIN) / columns
    height = 0.78 * width + 0.2
    rows = -(-len(arms) // columns)
    page = sheet(words, rows * height + 0.3)
    for number, arm in enumerate(arms):
        row, column = divmod(number, columns)
        place = MARGIN + column * width, (rows - 1 - row) * height + 0.3
        ax = page.axes(*place, width, height - 0.2)
        difference_map(ax, course_of(table, arm), shapes, sharp=columns < COLUMNS)
        ax.set_title(label(arm), fontsize=SMALL, fontweight="bold")
    handles = [*_steps()]
    if not alone(table):
        handles.append(
            Patch(facecolor=PAPER, edgecolor=GREY, hatch=UNSURE, linewidth=0.3, label="not sure")
        )
    page.figure.legend(
        handles=handles, loc="lower center",
        bbox_to_anchor=(0.5, page.share(0, 0)[1]), ncols=len(COLOURS) + 1, borderaxespad=0,
        handlelength=1.8, columnspacing=1.1,
    )  # fmt: skip
    return page.figure


def _steps() -> Iterable[Patch]:
    ends = [f"{edge:+.0f}".replace("-", "−") for edge in EDGES]
    texts = [f"below {ends[0]} %"]
    texts += [f"{low} to {high}" for low, high in pairwise(ends)]
    texts.append(f"above {ends[-1]} %")
    return [
        Patch(facecolor=colour, edgecolor=GREY, linewidth=0.3, label=text)
        for colour, text in zip(COLOURS, texts, strict=True)
    ]
