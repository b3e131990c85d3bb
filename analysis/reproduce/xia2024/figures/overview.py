"""Classes of cities as Xia et al. 2024 read them: the map, and mitigation at home and elsewhere."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from analysis.documents.numbers import rounded
from analysis.figures import class_map
from analysis.figures.class_legend import legend_of_areas, legend_of_marks
from analysis.figures.class_map import SURE
from analysis.figures.outlines import NOTE
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import CLASSES, GREY, PAPER, pale
from analysis.figures.typography import TINY, WIDTH
from model.classes.beneficiaries import Beneficiary

MT = 1e6
"""Tonnes in a million tonnes."""
READING = (
    "Strong and weak beneficiaries gain more from falling emission intensity in other cities than"
    " at home; the intensity effect at home raised emissions of the strong. Reading of this"
    " project; the authors publish no classification code."
)


def drawable(cities: pd.DataFrame) -> bool:
    """Return whether any of the cities is on the map."""
    return class_map.drawable(cities["region_code"].astype(str))


def map_picture(cities: pd.DataFrame) -> Figure:
    """Return the map of the cities by class; columns region_code, kind and, if drawn, kept."""
    by_code = cities.set_index("region_code")
    kinds = by_code["kind"]
    sure = by_code["kept"] >= SURE if "kept" in by_code else None
    notes = (READING, NOTE) if sure is None else (_sure(sure), READING, NOTE)
    title = _counted(kinds) if sure is None else _counted_if_sure(kinds, sure)
    words = SheetText(title, "Cities by class, 2012 to 2017", notes)
    width = WIDTH - 2 * MARGIN
    height = 0.72 * width
    page = sheet(words, height + 0.3)
    class_map.class_map(page.axes(MARGIN, 0.3, width, height), kinds, sure)
    legend_of_areas(page, sorted(set(kinds)), whole=class_map.complete(kinds))
    return page.figure


def scatter_picture(cities: pd.DataFrame) -> Figure:
    """Return local against outsourced mitigation, a mark a city."""
    local, outsourced = (cities[f"{name}_mitigation_t"].sum() / MT for name in _SIDES)
    words = SheetText(
        f"Intensities saved {rounded(float(outsourced))} Mt elsewhere and"
        f" {rounded(float(local))} Mt at home for the final demand of {len(cities)} cities",
        "Local and outsourced mitigation by city, Mt CO₂, 2012 to 2017",
        (
            "Above the grey line a city gains more from mitigation elsewhere. Axes are linear near"
            " zero (within the dotted lines) and logarithmic beyond. " + READING,
            *([_sure(cities["kept"] >= SURE)] if "kept" in cities else []),
        ),
    )
    height = 3.6
    page = sheet(words, height + 0.75)
    ax = page.axes(MARGIN + 0.5, 0.7, WIDTH - 2 * MARGIN - 0.6, height)
    scatter(ax, cities)
    legend_of_marks(page, sorted(set(cities["kind"])))
    return page.figure


def scatter(ax: Axes, cities: pd.DataFrame) -> Axes:
    """Draw local (across) against outsourced (up) mitigation, Mt, and the line of equal ones."""
    local, outsourced = (cities[f"{name}_mitigation_t"].to_numpy() / MT for name in _SIDES)
    size = np.abs(np.concatenate([local, outsourced]))
    linear = float(10.0 ** np.floor(np.log10(np.median(size))))
    for kind, look in CLASSES.items():
        own = (cities["kind"] == kind).to_numpy()
        firm = cities["kept"].to_numpy() >= SURE if "kept" in cities else np.ones_like(own)
        for part, colour, height in (
            (own & ~firm, pale(look.colour), 3),
            (own & firm, look.colour, 4),
        ):
            ax.scatter(local[part], outsourced[part], s=17, color=colour, marker=look.marker,
                       edgecolors=PAPER, linewidths=0.4, zorder=height)  # fmt: skip
    for scale, limits, axis, values in (
        (ax.set_xscale, ax.set_xlim, ax.xaxis, local),
        (ax.set_yscale, ax.set_ylim, ax.yaxis, outsourced),
    ):
        scale("symlog", linthresh=linear, linscale=0.6)
        limits(min(1.6 * values.min(), -linear), max(1.6 * values.max(), linear))
        axis.set_major_formatter(FuncFormatter(_plain))
    for draw in (ax.axhline, ax.axvline):
        draw(0.0, color=GREY, linewidth=0.6, zorder=1)
        for edge in (-linear, linear):
            draw(edge, color=GREY, linewidth=0.5, linestyle=":", zorder=1)
    ends = np.array([-2.0, 2.0]) * size.max()
    ax.plot(ends, ends, color=GREY, linewidth=1.0, zorder=1)
    paper = {"facecolor": PAPER, "alpha": 0.7, "pad": 0.3, "linewidth": 0}
    for at in _extremes(local, outsourced):
        side = 1 if local[at] < 0 else -1
        ax.annotate(str(cities["city"].iloc[at]), (local[at], outsourced[at]), (4 * side, 3),
                    textcoords="offset points", ha="left" if side > 0 else "right", bbox=paper,
                    fontsize=TINY, zorder=4)  # fmt: skip
    ax.set_xlabel("Local mitigation, Mt CO₂ (negative: intensity raised emissions at home)")
    ax.set_ylabel("Outsourced mitigation, Mt CO₂")
    return ax


def _plain(value: float, _place: int) -> str:
    return f"{value:g}".replace("-", "−")


def _extremes(local: np.ndarray, outsourced: np.ndarray) -> list[int]:
    ends = (local.argmin(), local.argmax(), outsourced.argmin(), outsourced.argmax())
    return sorted({int(at) for at in ends})


def _sure(sure: pd.Series) -> str:
    return (
        f"{int(sure.sum())} of {len(sure)} cities keep their class in {SURE:.0%} of the drawn"
        " economies: strong colour. All others are pale: their class is not known."
    )


def _counted_if_sure(kinds: pd.Series, sure: pd.Series) -> str:
    firm = kinds[sure]
    strong, weak = (int((firm == kind).sum()) for kind in (Beneficiary.STRONG, Beneficiary.WEAK))
    return (
        f"The class of {len(firm)} of {len(kinds)} cities is sure: {strong} strong and {weak} weak"
        " beneficiaries among them"
    )


def _counted(kinds: pd.Series) -> str:
    strong, weak = (int((kinds == kind).sum()) for kind in (Beneficiary.STRONG, Beneficiary.WEAK))
    return (
        f"{strong + weak} of {len(kinds)} cities gain more from mitigation elsewhere than at home;"
        f" in {strong} of them intensity raised emissions at home"
    )


_SIDES = ("local", "outsourced")
