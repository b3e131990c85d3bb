"""The map of the cities by class."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.figures.majority import majority_class
from analysis.figures.panels import COLUMNS
from analysis.figures.sheet import MARGIN, Sheet, Words, sheet
from analysis.figures.style import CLASSES, GREY, INK, PALE, PAPER, label
from analysis.figures.typography import SMALL, TINY, WIDTH
from data.figures import read_regions
from data.verified import verified_bytes
from model.beneficiaries import Beneficiary

NAMED = ("Beijing", "Shanghai", "Guangzhou", "Chongqing", "Wuhan", "Xi'an", "Shenyang", "Urumqi")
"""Cities named on the map, for orientation."""
PARALLELS, MERIDIAN = (25.0, 47.0), 105.0
"""Standard parallels and central meridian of the Albers projection, degrees."""
NOTE = (
    "Study area only; areas without data are left blank. Hong Kong, Macao and Taiwan are outside"
    " the study's data. No statement about boundaries. Pale grey: whole provinces, part of the"
    " economy and no players."
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Outlines of the regions, projected, km."""

    rings: dict[str, list[np.ndarray]]
    """By region code."""
    seats: dict[str, tuple[float, float]]
    """Of the named cities."""


def albers(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Project degrees to km by Albers' equal-area conic (Snyder 1987, eq. 14-1 to 14-6), sphere."""
    first, second = np.radians(PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    rho = 6371.0 * np.sqrt(c - 2 * n * np.sin(np.radians(lat))) / n
    theta = n * np.radians(lon - MERIDIAN)
    return np.stack([rho * np.sin(theta), -rho * np.cos(theta)], axis=-1)


@cache
def shapes() -> Shapes:
    """Return the outlines of all regions of the study."""
    regions = read_regions()
    rings: dict[str, list[np.ndarray]] = {}
    for feature in json.loads(verified_bytes("regions.geojson"))["features"]:
        parts = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            parts = [parts]
        outlines = [np.array(part[0], dtype=np.float64) for part in parts]
        code = feature["properties"]["region_code"]
        rings[code] = [albers(ring[:, 0], ring[:, 1]) for ring in outlines]
    seats = albers(regions.lon, regions.lat)
    named = {name: seats[regions.names.index(name)] for name in NAMED if name in regions.names}
    return Shapes(rings, {name: (float(x), float(y)) for name, (x, y) in named.items()})


def drawable(cities: pd.DataFrame) -> bool:
    """Return whether any city of the table is on the map."""
    return bool(set(cities["region_code"].astype(str)) & set(shapes().rings))


def class_map(ax: Axes, kinds: pd.Series, *, names: bool) -> Axes:
    """Draw the cities by class, `kinds` by region code; whole provinces in pale grey.

    A map with `names` stays sharp at any size; without, it is a small one, kept small in bytes.
    """
    outlines = shapes()
    rest = [ring for code, rings in outlines.rings.items() if code not in kinds for ring in rings]
    ax.add_collection(
        PolyCollection(
            rest, facecolors=PALE, edgecolors=PAPER, linewidths=0.2, rasterized=not names
        )
    )
    for kind, look in CLASSES.items():
        codes = kinds.index[kinds == kind]
        polygons = [ring for code in codes for ring in outlines.rings.get(str(code), [])]
        collection = PolyCollection(
            polygons,
            facecolors=look.colour,
            edgecolors=PAPER,
            linewidths=0.2,
            hatch=look.hatch,
            rasterized=not names,
        )
        ax.add_collection(collection)
    for name, (x, y) in outlines.seats.items() if names else ():
        ax.plot([x], [y], marker="o", markersize=1.8, color=INK, markeredgecolor=PAPER,
                markeredgewidth=0.3)  # fmt: skip
        paper = {"facecolor": PAPER, "alpha": 0.65, "pad": 0.4, "linewidth": 0}
        ax.annotate(name, (x, y), (2.5, 1.5), textcoords="offset points", fontsize=TINY, bbox=paper)
    everywhere = np.concatenate([ring for rings in outlines.rings.values() for ring in rings])
    low, high = everywhere.min(axis=0), everywhere.max(axis=0)
    ax.set_xlim(low[0] - 60, high[0] + 60)
    ax.set_ylim(low[1] - 60, high[1] + 60)
    ax.set_aspect("equal")
    ax.axis("off")
    return ax


def picture(cities: pd.DataFrame, reference: str) -> Figure:
    """Return the finished picture: one map an arm, by the policy's own effect."""
    arms = [str(arm) for arm in pd.unique(cities["arm"])]
    arms = [arm for arm in arms if arm != reference][:9] or arms
    kinds = majority_class(cities[cities["arm"].isin(arms)], "class_policy")
    year = int(cities["year"].max())
    words = Words(
        headline(kinds, arms, year),
        f"Cities by class in {year}, by what the policy alone has done"
        " (class in most replications)",
        (NOTE,),
    )
    columns = 1 if len(arms) == 1 else 2 if len(arms) in (2, 4) else COLUMNS
    width = (WIDTH - 2 * MARGIN) / columns
    height = 0.78 * width + 0.2
    rows = -(-len(arms) // columns)
    page = sheet(words, rows * height + 0.3)
    for number, arm in enumerate(arms):
        row, column = divmod(number, columns)
        ax = page.axes(
            MARGIN + column * width, (rows - 1 - row) * height + 0.3, width, height - 0.2
        )
        class_map(ax, kinds.loc[arm], names=columns < COLUMNS)
        ax.set_title(label(arm), fontsize=SMALL, fontweight="bold")
    _legend(page, sorted({int(kind) for kind in kinds}))
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


def _legend(page: Sheet, kinds: list[int]) -> None:
    handles = [
        Patch(facecolor=CLASSES[kind].colour, hatch=CLASSES[kind].hatch, edgecolor=GREY,
              linewidth=0.3, label=CLASSES[kind].label)
        for kind in kinds
    ]  # fmt: skip
    handles.append(Patch(facecolor=PALE, edgecolor=GREY, linewidth=0.3, label="No player"))
    page.figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(0.5, page.share(0, 0)[1]),
        ncols=len(handles), borderaxespad=0,
    )  # fmt: skip
