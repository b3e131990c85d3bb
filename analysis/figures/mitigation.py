"""Local against outsourced mitigation by class of city."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.documents.numbers import span
from analysis.figures.courses import replications
from analysis.figures.panels import panels
from analysis.figures.quantities import Mass, mass_for
from analysis.figures.sheet import SheetText
from analysis.figures.style import CLASSES, GREY, PAPER
from analysis.outcomes.city_summary import CitySummary

READINGS = {
    "scored": ("local_mitigation", "outsourced_mitigation", "class_scored",
               "as scored since the base year, trends included"),
    "additional": ("local_additional", "outsourced_additional", "class_policy",
                   "additional to the same years without policy"),
}  # fmt: skip
"""By word: the columns of local and outsourced mitigation, the class, and the reading in words."""


@dataclass(frozen=True, slots=True)
class Paths:
    """Mitigation summed over the cities of a class at the end of the run."""

    table: pd.DataFrame
    """By arm, class and year: local, outsourced, in one unit; means over replications."""
    arms: list[str]
    unit: Mass
    first: int
    last: int


def paths_of(cities: CitySummary, reading: str, arms: list[str]) -> Paths:
    """Return what the picture needs of the cities."""
    local, outsourced, kind, _ = READINGS[reading]
    ends = cities.majority(kind, arms).rename("kind").reset_index()
    means = cities.means([local, outsourced], arms).reset_index()
    joined = means.merge(ends, on=["arm", "region_code"])
    sums = joined.groupby(["arm", "kind", "year"], observed=True)[[local, outsourced]].sum()
    sums.columns = pd.Index(["local", "outsourced"])
    unit = mass_for(float(sums.abs().to_numpy().max()))
    return Paths(sums / unit.tonnes, arms, unit, cities.first_year, cities.last_year)


def mitigation(ax: Axes, data: Paths, arm: str) -> Axes:
    """Draw each class's path from the first to the last year, and the line of equal shares."""
    table = data.table.loc[arm]
    for kind in table.index.get_level_values("kind").unique():
        look, path = CLASSES[int(kind)], table.loc[kind]
        x, y = (path[name].to_numpy(dtype=np.float64) for name in ("local", "outsourced"))
        ax.plot(x, y, color=look.colour, linestyle=look.line, marker=look.marker,
                markevery=[len(x) - 1], markersize=5, markeredgecolor=PAPER,
                markeredgewidth=0.4, zorder=3)  # fmt: skip
        ax.plot(x[:1], y[:1], marker=look.marker, markersize=3.5, markerfacecolor=PAPER,
                markeredgecolor=look.colour, markeredgewidth=0.8, zorder=4)  # fmt: skip
    low, high = float(min(0, data.table.min().min())), float(max(data.table.max().max(), 1e-9))
    room = 0.06 * (high - low)
    ax.plot([low, high], [low, high], color=GREY, linewidth=0.6, zorder=1)
    ax.set_xlim(low - room, high + room)
    ax.set_ylim(low - room, high + room)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4))
    return ax


def headline(data: Paths, reading: str) -> str:
    """Return what the picture says."""
    last = data.table.xs(data.last, level="year").groupby("arm", observed=True).sum()
    unit = data.unit.word.split()[0]
    local, away = (last[name].reindex(data.arms) for name in ("local", "outsourced"))
    ranges = (
        f"{span(float(away.min()), float(away.max()))} {unit} elsewhere against"
        f" {span(float(local.min()), float(local.max()))} {unit} at home in {data.last}"
    )
    subject = "Policy lowers" if reading == "additional" else "Falling intensities lower"
    if bool((away > local).all()):
        return f"{subject} footprints mostly at the suppliers: {ranges}"
    return f"{subject} footprints: {ranges}"


def picture(cities: CitySummary, reference: str, reading: str) -> list[Figure]:
    """Return the finished picture of one reading, a key of `READINGS`, page by page."""
    arms = cities.arms
    if reading == "additional" and len(arms) > 1:
        arms = [arm for arm in arms if arm != reference]
    data = paths_of(cities, reading, arms)

    def draw(ax: Axes, arm: str, leftmost: bool, lowest: bool) -> Axes:
        mitigation(ax, data, arm)
        ax.set_ylabel(f"Outsourced, {data.unit.word}" if leftmost else "")
        ax.set_xlabel(f"Local, {data.unit.word}" if lowest else "")
        return ax

    about = (
        "Local and outsourced mitigation for the final demand of each class of cities,"
        f" {READINGS[reading][3]}"
    )
    over = ", mean over replications" if int(cities.runs["replication"].nunique()) > 1 else ""
    note = (
        f"{replications(cities.runs)}. Paths run from {data.first} (small, open) to {data.last}"
        " (filled), summed over the cities of a class at the end of the run"
        f"{over}. Above the grey line more is mitigated elsewhere than at home."
    )
    words = SheetText(headline(data, reading), about, (note,))
    shown = sorted({int(kind) for kind in data.table.index.get_level_values("kind")})
    return panels(words, arms, 1.9, [CLASSES[kind] for kind in shown], draw)
