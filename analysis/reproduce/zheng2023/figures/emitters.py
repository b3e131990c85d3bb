"""Super-emitters and their pathways: production against footprint (Zheng et al. 2023, figure 3)."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.figures.names_beside import write_names
from analysis.figures.sheet import MARGIN, Sheet, SheetText, sheet
from analysis.figures.style import CAP_LINE, DASHED, GREY, INK
from analysis.figures.typography import SMALL, WIDTH
from analysis.reproduce.zheng2023.figures.accounts import (
    OTHER,
    Emitters,
    emitters_of,
    marker,
    scatter,
)
from analysis.reproduce.zheng2023.figures.words import PATHWAYS, YEAR

ABOUT = f"Production-based against consumption-based CO₂ by city, {YEAR}; logarithmic scales"
NAMED = "b  Super-emitters"
LEFT, BELOW, ABOVE, GAP = 0.42, 0.36, 0.2, 0.25
SMALLER = 2.3
"""Width of the panel of all cities, inches; the other takes the rest."""


def headline(data: Emitters) -> str:
    """Return what the picture says: how many super-emitters, what they hold, by which pathway."""
    table = data.cities
    chosen = data.chosen
    if chosen.empty:
        return f"No city is above {data.threshold:,.0f} Mt, hence none a super-emitter"
    held = [
        100 * float(chosen[name].sum() / table[name].sum()) for name in ("D_pba_mt", "D_cba_mt")
    ]
    kinds = [f"{(chosen['pathway'] == kind).sum()} {kind}" for kind in PATHWAYS]
    return (
        f"{len(chosen)} of {len(table)} cities are super-emitters ({', '.join(kinds)}), with"
        f" {held[0]:.0f} % of the cities' emissions and {held[1]:.0f} % of their footprints"
    )


def picture(cities: pd.DataFrame, super_emitters: pd.DataFrame, threshold_mt: float) -> Figure:
    """Return the finished picture of the tables of cities and of super-emitters."""
    data = emitters_of(cities, super_emitters, threshold_mt)
    width = WIDTH - 2 * MARGIN - 2 * LEFT - GAP - SMALLER
    words = SheetText(headline(data), ABOUT, (_note(data),))
    page = sheet(words, BELOW + width + ABOVE)
    everything = data.cities[["D_cba_mt", "D_pba_mt"]]
    whole = page.axes(MARGIN + LEFT, BELOW + width - SMALLER, SMALLER, SMALLER)
    scatter(whole, data, (0.8 * float(everything.to_numpy().min()),) * 2)
    whole.set_title("a  All cities", fontsize=SMALL, fontweight="bold")
    if len(data.chosen):
        near = data.chosen[["D_cba_mt", "D_pba_mt"]].min() * 0.75
        corner = float(near["D_cba_mt"]), float(near["D_pba_mt"])
        zoom = page.axes(WIDTH - MARGIN - width, BELOW, width, width)
        scatter(zoom, data, corner)
        unnamed = len(_write_names(zoom, data))
        title = f"b  Super-emitters ({unnamed} without room for a name)" if unnamed else NAMED
        zoom.set_title(title, fontsize=SMALL, fontweight="bold")
        size = [end - start for start, end in zip(corner, (whole.get_xlim()[1],) * 2, strict=True)]
        whole.add_patch(Rectangle(corner, *size, fill=False, edgecolor=INK, linewidth=0.5))
    _legend(page, data, width - SMALLER - 0.12)
    return page.figure


def _write_names(ax: Axes, data: Emitters) -> list[str]:
    """Name the super-emitters beside all cities; return those without room for a name."""
    low, high = np.array([ax.get_xlim(), ax.get_ylim()]).T
    x, y = np.geomspace(low, high, 200).T
    line = np.full(200, data.threshold)
    lines = [np.stack(each, axis=1) for each in ((x, line), (line, y), (x, x))]
    others = data.cities[["D_cba_mt", "D_pba_mt"]].to_numpy(dtype=np.float64)
    chosen = data.chosen.set_index("city")[["D_cba_mt", "D_pba_mt"]]
    named = {str(city): (float(x), float(y)) for city, (x, y) in chosen.iterrows()}
    return write_names(ax, named, others, np.concatenate(lines), opacity=0.9)


def _note(data: Emitters) -> str:
    table = data.cities
    producers = int((table["D_pba_mt"] > table["D_cba_mt"]).sum())
    text = (
        f"Above the diagonal a city emits more than its footprint, exports abroad included:"
        f" {producers} of {len(table)} cities."
    )
    if len(data.chosen):
        text += " The frame in a is the panel b."
    estimated = int(table["co2_estimated"].sum())
    return f"{text} CO₂ of {estimated} of the cities is estimated." if estimated else text


def _legend(page: Sheet, data: Emitters, top: float) -> None:
    """Write the legend below the panel of all cities, from `top` inches downward."""
    shown = [PATHWAYS[kind] for kind in PATHWAYS if (data.cities["pathway"] == kind).any()]
    handles = [
        Line2D([], [], label=look.label, **marker(look, hollow=False)) for look in [*shown, OTHER]
    ]
    if data.cities["co2_estimated"].any():
        handles.append(
            Line2D([], [], label="Hollow: CO₂ is estimated", **marker(OTHER, hollow=True))
        )
    threshold = f"Threshold: {data.threshold:,.0f} Mt, 1 % of all footprints"
    handles += [
        Line2D([], [], color=INK, linewidth=0.9, linestyle=CAP_LINE, label=threshold),
        Line2D([], [], color=GREY, linewidth=0.7, linestyle=DASHED, label="Both accounts alike"),
    ]
    page.figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=page.share(MARGIN, top), borderaxespad=0
    )
