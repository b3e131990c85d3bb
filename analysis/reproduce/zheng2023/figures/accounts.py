"""Production against footprint by city: the scatter, with the threshold of super-emitters."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from analysis.figures.style import CAP_LINE, DASHED, GREY, INK, PAPER, SOLID, Look
from analysis.reproduce.zheng2023.figures.words import PATHWAYS

OTHER = Look("Other city", "#8A8A8A", ".", SOLID)
"""Any city that is no super-emitter."""


@dataclass(frozen=True, slots=True)
class Emitters:
    """Production and footprint of all cities, Mt CO₂, and the pathways of some."""

    cities: pd.DataFrame
    """City, D_pba_mt, D_cba_mt, co2_estimated, pathway ("" for most); largest account first."""
    threshold: float
    """Mt CO₂."""

    @property
    def chosen(self) -> pd.DataFrame:
        """The super-emitters."""
        return self.cities[self.cities["pathway"] != ""]


def emitters_of(cities: pd.DataFrame, super_emitters: pd.DataFrame, threshold: float) -> Emitters:
    """Return what the picture needs of both tables."""
    pathway = super_emitters.set_index("city")["pathway"]
    table = cities[["city", "D_pba_mt", "D_cba_mt", "co2_estimated"]].copy()
    table["pathway"] = [str(pathway.get(city, "")) for city in table["city"]]
    largest = table[["D_pba_mt", "D_cba_mt"]].max(axis=1).sort_values(ascending=False)
    return Emitters(table.loc[largest.index], threshold)


def scatter(ax: Axes, data: Emitters, low: tuple[float, float]) -> Axes:
    """Draw production against footprint from `low` upward, both logarithmic, with the threshold."""
    table = data.cities
    high = 1.15 * float(table[["D_pba_mt", "D_cba_mt"]].to_numpy().max())
    ax.set(xscale="log", yscale="log", xlim=(low[0], high), ylim=(low[1], high))
    ax.plot([1e-6, high], [1e-6, high], color=GREY, linewidth=0.7, linestyle=DASHED, zorder=1)
    for line in (ax.axvline, ax.axhline):
        line(data.threshold, color=INK, linewidth=0.9, linestyle=CAP_LINE, zorder=1)
    for kind, look in ({"": OTHER} | PATHWAYS).items():
        for hollow in (False, True):
            rows = table[(table["pathway"] == kind) & (table["co2_estimated"] == hollow)]
            ax.plot(rows["D_cba_mt"], rows["D_pba_mt"], **marker(look, hollow=hollow))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if low[0] > 1 else (1.0,)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
        axis.set_minor_formatter(NullFormatter())
    ax.set_xlabel("Footprint (consumption-based), Mt CO₂")
    ax.set_ylabel("Production-based emissions, Mt CO₂")
    return ax


def marker(look: Look, *, hollow: bool) -> dict[str, Any]:
    """Return how a city of a look is drawn, hollow where its CO₂ is estimated."""
    small = look is OTHER
    return {
        "linestyle": "",
        "marker": "o" if small else look.marker,
        "markersize": 1.8 if small else 4.2,
        "markerfacecolor": PAPER if hollow else look.colour,
        "markeredgecolor": look.colour if hollow or small else PAPER,
        "markeredgewidth": 0.6 if hollow or small else 0.4,
        "zorder": 2 if small else 3,
    }
