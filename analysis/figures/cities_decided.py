"""Picture of what decides cities: how often each answers yes, and with which number that goes."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures.class_legend import below
from analysis.figures.class_map import drawable
from analysis.figures.outlines import Outlines, outlines
from analysis.figures.sheet import MARGIN, Sheet, SheetText, save, sheet
from analysis.figures.style import GREY, INK, PALE, PAPER, RULE_COLOURS, SHARES, words
from analysis.figures.typography import SMALL, TINY, WIDTH, our_typography
from analysis.outcomes.city_evidence import CORRELATION, Evidence

Colour = str | tuple[float, float, float, float]
MOST, LINES = 4, 30
"""Numbers told apart by colour, and cities of a list."""
OTHER, NOTHING = "another number", "none stands out"
STEPS = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)
"""Lower ends of the shares that a map tells apart."""
EDGE = "#BDBDBD"
"""Of a city on the map."""
LINE, LIST = 0.15, 2.2
"""Height of a line and width of the names of a list, inches."""


def draw_cities(
    rows: pd.DataFrame,
    question: str,
    folder: Path,
    shapes: Outlines | None = None,
    by: Evidence = CORRELATION,
) -> list[Path]:
    """Draw the answers of cities to a question under one arm, and return the paths.

    `rows` are those of `analysis.uncertainty.city_decisions` or `city_indices` for the arm and
    question: two maps where the economy has outlines, otherwise the cities that are decided most,
    as dots.
    """
    with our_typography():
        chosen = shapes or outlines()
        if drawable(rows["region_code"], chosen):
            return save(_maps(rows, question, chosen, by), folder, "cities")
        return save(_dots(rows, question, by), folder, "cities")


def colours_of(rows: pd.DataFrame) -> dict[str, str]:
    """Return a colour for each of the numbers that decide most cities, one for all others."""
    counted = rows.loc[rows["decided_by"] != "", "decided_by"].value_counts()
    colours = dict(zip(map(str, counted.index[:MOST]), RULE_COLOURS, strict=False))
    return colours | ({OTHER: GREY} if len(counted) > MOST else {})


def headline(rows: pd.DataFrame) -> str:
    """Return what the picture says."""
    counted = rows.loc[rows["decided_by"] != "", "decided_by"].value_counts()
    if counted.empty:
        return f"No single number decides any of {len(rows)} cities"
    return f"{counted.index[0]} decides {counted.iloc[0]} of {len(rows)} cities"


def _text(rows: pd.DataFrame, question: str, about: str, by: Evidence, note: str = "") -> SheetText:
    arm, worlds = str(rows["arm"].iloc[0]), int(rows["worlds"].iloc[0])
    return SheetText(
        f"{headline(rows)} under {words(arm)}",
        f"{question}, {worlds} {by.worlds}: {about}",
        tuple(filter(None, (by.guard, note))),
    )


def _maps(rows: pd.DataFrame, question: str, shapes: Outlines, by: Evidence) -> Figure:
    width = (WIDTH - 2 * MARGIN) / 2
    height = 0.78 * width
    about = "share of worlds, and the number that decides"
    page = sheet(_text(rows, question, about, by, shapes.note), height + 0.75)
    scale = LinearSegmentedColormap.from_list("shares", SHARES)
    steps = [scale(place / (len(STEPS) - 1)) for place in range(len(STEPS))]
    places = np.digitize(rows["share"], STEPS) - 1
    colours = colours_of(rows)
    keys = rows["decided_by"].astype(str)
    fills = [PALE if not key else colours.get(key, GREY) for key in keys]
    sides = (("Share of worlds", [steps[place] for place in places]), ("Decided by", fills))
    for column, (title, chosen) in enumerate(sides):
        ax = page.axes(MARGIN + column * width, 0.5, width, height)
        _shade(ax, dict(zip(rows["region_code"], chosen, strict=True)), shapes)
        ax.set_title(title, fontsize=SMALL, fontweight="bold")
    ends = [*(f"{100 * end:.0f}" for end in STEPS), "100"]
    texts = [f"{low} to {high} %" for low, high in pairwise(ends)]
    _key(page, [_sample(*pair) for pair in zip(steps, texts, strict=True)])
    below(page, [_sample(shade, name) for name, shade in colours.items()]
          + [_sample(PALE, NOTHING)])  # fmt: skip
    return page.figure


def _shade(ax: Axes, colours: dict[str, Colour], shapes: Outlines) -> None:
    shown = [str(code) for code in colours if str(code) in shapes.areas]
    ax.add_collection(
        PathCollection(
            [shapes.areas[code] for code in shown], facecolors=[colours[code] for code in shown],
            edgecolors=EDGE, linewidths=0.15, rasterized=True,
        )
    )  # fmt: skip
    everywhere = np.concatenate([shapes.areas[code].vertices for code in shown])
    low, high = everywhere.min(axis=0) - shapes.margin, everywhere.max(axis=0) + shapes.margin
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    ax.axis("off")


def _sample(colour: Colour, text: str) -> Patch:
    return Patch(facecolor=colour, edgecolor=GREY, linewidth=0.3, label=text)


def _key(page: Sheet, samples: list[Patch]) -> None:
    page.figure.legend(
        handles=samples, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0.22)[1]),
        ncols=len(samples), borderaxespad=0,
    )  # fmt: skip


def _dots(rows: pd.DataFrame, question: str, by: Evidence) -> Figure:
    known = rows[rows["decided_by"] != ""]
    order = known[by.column].abs().sort_values(ascending=False).index[:LINES]
    shown, colours = known.loc[order], colours_of(rows)
    tall = len(shown) * LINE
    page = sheet(_text(rows, question, by.label, by), tall + 0.6)
    ax = page.axes(MARGIN + LIST, 0.45, WIDTH - 2 * MARGIN - LIST, tall)
    heights = np.arange(len(shown))[::-1]
    fills = [colours.get(str(key), GREY) for key in shown["decided_by"]]
    ax.axvline(0, color=INK, linewidth=0.6)
    ax.hlines(heights, shown[by.low], shown[by.high], color=fills)
    ax.scatter(shown[by.column], heights, s=14, color=fills, zorder=3, edgecolor=PAPER)
    ax.set_yticks(heights, shown["city"], fontsize=TINY)
    ax.set(ylim=(-0.6, len(shown) - 0.4))
    if by.most is not None:
        ax.set(xlim=(-by.most, by.most))
    below(page, [_sample(shade, name) for name, shade in colours.items()])
    return page.figure
