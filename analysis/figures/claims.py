"""Pictures of claims: in how many worlds each holds, and the region in which it fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from analysis.figures.lines_of_text import LEADING, POINT, wrapped
from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import CONTEXT, GREY, INK, PALE, PAPER
from analysis.figures.typography import BODY, SMALL, WIDTH, our_typography
from analysis.verdicts.surely_held import SURE, decided_in, surely_held

HOLDS, FAILS = "#332288", "#C8500A"
TEXT, SCALE = 3.5, 2.9
"""Widths of the statements and of the scale beside them, inches."""
OWN_LUCK = (
    "Every world has its own values of what nobody knows, and its own luck, the same for all rules."
)
FOUND = (
    "Found by a classification tree of two levels; shown are regions with more failures than the"
    " same search finds in any of 100 shuffles."
)
PANEL = 1.75
"""Side of a panel, inches."""


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """A region in which a claim fails, in the plane of its bounds."""

    statement: str
    words: str
    labels: tuple[str, ...]
    """Keys of the axes: one or two."""
    points: np.ndarray
    """Values of the worlds; (worlds, axes)."""
    log: tuple[bool, ...]
    """True for an axis of a log-uniform number."""
    fails: np.ndarray
    """True where the claim fails; (worlds,)."""
    bounds: tuple[tuple[int, bool, float], ...]
    """Axis, whether the region lies above, and the value, of each bound."""


def draw_claims(claims: pd.DataFrame, regions: Sequence[DrawnRegion], folder: Path) -> list[Path]:
    """Draw what was decided and return the paths."""
    with our_typography():
        paths = save(_shares(claims), folder, "claims")
        if regions:
            paths += save(_regions(regions), folder, "regions")
    return paths


def _shares(claims: pd.DataFrame) -> Figure:
    ordered = claims.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)
    drawn = int(ordered["drawn"].max())
    lines = [
        wrapped(_with_worlds(str(words), int(worlds), drawn), TEXT - 0.1, BODY)
        for words, worlds in zip(ordered["statement"], ordered["worlds"], strict=True)
    ]
    heights = [max(len(part), 1) * BODY * LEADING * POINT + 0.12 for part in lines]
    body = sum(heights) + 0.45
    sure = sum(map(surely_held, ordered["low"]))
    page = sheet(
        SheetText(
            f"{sure} of {len(ordered)} statements surely hold in at least four of five worlds",
            f"Share of {drawn} drawn worlds in which a statement holds, with 95 % interval",
            (f"{OWN_LUCK} Dotted: four of five; blue where the whole interval lies there.",),
        ),
        body,
    )  # fmt: skip
    ax = page.axes(MARGIN + TEXT, 0.35, SCALE, body - 0.45)
    place, places = sum(heights), []
    for part, height in zip(lines, heights, strict=True):
        centre = place - height / 2
        places.append(centre)
        x, y = page.share(MARGIN, 0.35 + centre)
        page.figure.text(x, y, "\n".join(part), size=BODY, color=INK, va="center",
                         linespacing=LEADING)  # fmt: skip
        place -= height
    ax.set(ylim=(0, sum(heights)), xlim=(0, 1.0), yticks=[], xticks=[0, 0.25, 0.5, 0.75, 1.0])
    ax.set_xticklabels(["0 %", "25 %", "50 %", "75 %", "100 %"])
    ax.spines["left"].set_visible(False)
    ax.axvline(SURE, color=GREY, lw=0.6, ls=":")
    ends = ordered[["share", "low", "high"]].to_numpy(np.float64)
    for centre, (share, low, high) in zip(places, ends, strict=True):
        if np.isnan(share):
            continue
        colour = HOLDS if surely_held(low) else FAILS
        ax.plot([0, 1], [centre, centre], color=PALE, lw=0.6, zorder=0)
        ax.plot([low, high], [centre, centre], color=colour, lw=1.6, solid_capstyle="round")
        ax.plot(share, centre, "o", color=colour, ms=5, clip_on=False)
        ax.annotate(f"{100 * share:.0f} %", (1.0, centre), (6, 0), textcoords="offset points",
                    size=SMALL, color=colour, va="center", annotation_clip=False)  # fmt: skip
    return page.figure


def _with_worlds(statement: str, worlds: int, drawn: int) -> str:
    """Return a statement; with the worlds that decide it where not all do."""
    decided = decided_in(worlds, drawn)
    return f"{statement} ({decided})" if decided else statement


def _regions(regions: Sequence[DrawnRegion]) -> Figure:
    columns = 2
    rows = -(-len(regions) // columns)
    room = (WIDTH - 2 * MARGIN) / columns
    texts = [wrapped(region.statement, room - 0.3, BODY, "bold") for region in regions]
    heading = max(map(len, texts)) * BODY * LEADING * POINT + 0.1
    step = PANEL + heading + 0.65
    page = sheet(
        SheetText(
            "Where statements fail",
            "Each point a world: orange where the statement fails; shaded: the region found",
            (FOUND,),
        ),
        rows * step,
    )  # fmt: skip
    for number, (region, lines) in enumerate(zip(regions, texts, strict=True)):
        row, column = divmod(number, columns)
        left, foot = MARGIN + column * room, (rows - 1 - row) * step
        x, y = page.share(left, foot + step - 0.1)
        page.figure.text(x, y, "\n".join(lines), size=BODY, weight="bold", color=INK, va="top",
                         linespacing=LEADING)  # fmt: skip
        _region(page.axes(left + 0.45, foot + 0.45, room - 0.75, PANEL), region)
    return page.figure


def _region(ax: Axes, region: DrawnRegion) -> None:
    x = region.points[:, 0]
    flat = len(region.labels) == 1
    y = np.random.default_rng(0).random(x.size) if flat else region.points[:, 1]
    for fails, colour, size in ((False, CONTEXT, 7), (True, FAILS, 11)):
        chosen = region.fails == fails
        ax.scatter(x[chosen], y[chosen], s=size, color=colour, edgecolor=PAPER, linewidth=0.3)
    ax.set_xlabel(region.labels[0])
    sides = ((ax.set_xscale, ax.xaxis), (ax.set_yscale, ax.yaxis))
    for log, (scale, side) in zip(region.log, sides, strict=False):
        if log:
            scale("log")
            side.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
            side.set_minor_locator(NullLocator())
            side.set_major_formatter(StrMethodFormatter("{x:g}"))
    if flat:
        ax.set_yticks([])
    else:
        ax.set_ylabel(region.labels[1])
    ends = [list(ax.get_xlim()), list(ax.get_ylim())]
    box = [list(end) for end in ends]
    for axis, above, value in region.bounds:
        box[axis][0 if above else 1] = value
    ax.fill_between(box[0], box[1][0], box[1][1], color=FAILS, alpha=0.10, lw=0, zorder=0)
    ax.set(xlim=ends[0], ylim=ends[1])
