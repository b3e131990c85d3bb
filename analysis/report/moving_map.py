"""The moving picture: the cities of one policy year by year, beside the nation's path so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.figures.area_map import NO_CITY
from analysis.figures.outlines import Outlines
from analysis.figures.style import CAP_LINE, CONTEXT, GREY, INK, PAPER, RULE_COLOURS
from analysis.figures.typography import BODY, SMALL, TINY, TITLE

SIZE, DPI = (9.6, 5.4), 100
"""Inches, and dots to an inch."""
NO_DATA = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Movement:
    """What moves."""

    headline: str
    quantity: str
    """What the colours show, with its unit."""
    years: list[int]
    shapes: Outlines
    codes: list[str]
    """Of the regions, as in `kinds`."""
    kinds: np.ndarray
    """Class of colour by year and city, -1 for none; (t, c)."""
    colours: list[str]
    """Of the classes, the lowest first."""
    between: list[str]
    """What is written between two classes."""
    unit: str
    """Of the paths."""
    paths: dict[str, np.ndarray]
    """National emissions by arm; (t,) each."""
    cap: np.ndarray
    """Of the arm shown; not a number where there is none; (t,)."""
    arm: str
    reference: str


def frames(movement: Movement) -> Iterator[np.ndarray]:
    """Yield one picture a year; (height, width, 3), bytes."""
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    figure.text(0.02, 0.955, movement.headline, size=TITLE + 3, weight="bold", va="center")
    hatched = " Hatched: whole provinces." if movement.shapes.whole_provinces else ""
    note = f"{movement.shapes.note}{hatched}"
    figure.text(0.02, 0.025, note, size=TINY, color=GREY, va="center")
    year = figure.text(0.02, 0.87, "", size=24, weight="bold", va="center")
    areas, places = _map(figure.add_axes((0.01, 0.13, 0.55, 0.78)), movement.shapes, movement.codes)
    _key(figure.add_axes((0.03, 0.105, 0.42, 0.022)), movement)
    ax = figure.add_axes((0.63, 0.15, 0.35, 0.68))
    line, dot = _paths(ax, movement)
    shades = np.array([*movement.colours, NO_DATA])
    for place, shown in enumerate(movement.years):
        year.set_text(str(shown))
        areas.set_facecolor(shades[movement.kinds[place, places]].tolist())
        own = movement.paths[movement.arm][: place + 1]
        line.set_data(movement.years[: place + 1], own)
        dot.set_data([shown], own[-1:])
        content = BytesIO()
        figure.savefig(content, format="rgba", dpi=DPI, facecolor=PAPER)
        rgba = np.frombuffer(content.getvalue(), dtype=np.uint8)
        yield rgba.reshape(round(SIZE[1] * DPI), round(SIZE[0] * DPI), 4)[:, :, :3].copy()


def _map(ax: Axes, shapes: Outlines, codes: list[str]) -> tuple[PathCollection, list[int]]:
    """Draw the outlines; return the cities' areas, and which city each is of."""
    places = [place for place, code in enumerate(codes) if code in shapes.areas]
    known = [codes[place] for place in places]
    whole = sorted(shapes.whole_provinces.difference(known)) if known else []
    ax.add_collection(PathCollection([shapes.areas[code] for code in whole], **NO_CITY))
    areas = PathCollection(
        [shapes.areas[code] for code in known], facecolors=PAPER, edgecolors=PAPER, linewidths=0.3
    )
    ax.add_collection(areas)
    ax.axis("off")
    if not known:
        ax.text(0.5, 0.5, "None of the cities is on the map.", ha="center", color=GREY)
        return areas, places
    everywhere = np.concatenate([shapes.areas[code].vertices for code in [*known, *whole]])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0], high[0])
    ax.set_ylim(low[1], high[1])
    ax.set_aspect("equal")
    return areas, places


def _key(ax: Axes, movement: Movement) -> None:
    for kind, colour in enumerate(movement.colours):
        ax.add_patch(Rectangle((kind, 0), 1, 1, facecolor=colour))
    for border, text in enumerate(movement.between, start=1):
        ax.text(border, -0.35, text, ha="center", va="top", size=SMALL)
    ax.text(0, 1.4, movement.quantity, size=BODY, va="bottom")
    ax.set_xlim(0, len(movement.colours))
    ax.set_ylim(0, 1)
    ax.axis("off")


def _paths(ax: Axes, movement: Movement) -> tuple[Line2D, Line2D]:
    """Draw the paths of all arms in grey; return line and dot of the one that grows."""
    for arm, path in movement.paths.items():
        colour = GREY if arm == movement.reference else CONTEXT
        ax.plot(movement.years, path, color=colour, linewidth=1.0, zorder=1)
    ax.plot(movement.years, movement.cap, color=INK, linestyle=CAP_LINE, linewidth=1.4, zorder=2)
    own = RULE_COLOURS[0]
    (line,) = ax.plot([], [], color=own, linewidth=2.6, zorder=3)
    (dot,) = ax.plot([], [], color=own, marker="o", markersize=6, zorder=4)
    ax.set_title(f"Emissions of all cities, {movement.unit}", size=BODY + 1)
    ax.text(1, -0.13, "grey: no policy; pale: other policies; dotted: cap", size=SMALL, color=GREY,
            ha="right", transform=ax.transAxes)  # fmt: skip
    ax.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    ax.margins(x=0.03)
    return line, dot
