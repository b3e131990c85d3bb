"""Footprint per head and quintiles of demand per head by city (Zheng et al. 2023, figure 1)."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.area_map import Steps, area_map, key, no_city_handle
from analysis.figures.class_map import complete
from analysis.figures.outlines import NOTE
from analysis.figures.scales import COOL, WARM, steps
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.typography import SMALL, WIDTH
from analysis.reproduce.zheng2023.figures.words import YEAR

FINER = (3.0, 6.0)
"""Borders beside the comparators, t per head, so that no class holds nearly half of the cities."""
MAP, KEY, TITLE, LEGEND, GAP = 2.85, 0.17, 0.2, 0.22, 0.2
"""Heights of a map, its key's boxes, its title and the legend; room between maps; inches."""


def footprint_steps(cities: pd.DataFrame, comparators: Mapping[str, float]) -> Steps:
    """Return cities by footprint per head; the comparators, t per head, are among the borders."""
    words = {level: name for name, level in comparators.items()}
    borders = sorted({*FINER, *words})
    per_head = cities.set_index("region_code")["footprint_t_per_head"]
    kinds = pd.Series(np.searchsorted(borders, per_head), index=per_head.index.astype(str))
    return Steps(
        kinds=kinds,
        colours=steps(WARM, len(borders) + 1),
        inside=[str(int((kinds == kind).sum())) for kind in range(len(borders) + 1)],
        between=[f"{level:g}\n{words.get(level, '')}".strip() for level in borders],
        quantity="t CO₂ per head; in the boxes: number of cities",
    )


def demand_steps(cities: pd.DataFrame) -> Steps:
    """Return cities by quintile of demand per head, the least affluent as the lowest class."""
    names = sorted(set(cities["quintile"]), reverse=True)
    numbers = [names.index(name) for name in cities["quintile"]]
    least = cities.groupby("quintile")["demand_usd_per_head"].min()
    return Steps(
        kinds=pd.Series(numbers, index=cities["region_code"].astype(str)),
        colours=steps(COOL, len(names)),
        inside=names,
        between=[f"{least[name]:,.0f}" for name in names[1:]],
        quantity="Final demand, USD per head: the least in the quintile to the right",
    )


def headline(cities: pd.DataFrame, comparators: Mapping[str, float]) -> str:
    """Return what the maps say: how many cities are above each comparator."""
    per_head = cities["footprint_t_per_head"]
    levels = sorted(comparators.items(), key=lambda item: item[1])
    counts = [(int((per_head > level).sum()), name, level) for name, level in levels]
    parts = [f"{number} above the {name}'s ({level:g} t)" for number, name, level in counts]
    return f"Footprints per head of {len(cities)} cities: {', '.join(parts)}"


def picture(cities: pd.DataFrame, comparators: Mapping[str, float]) -> Figure:
    """Return the finished picture of the table of cities.

    `comparators` are footprints per head by name, t: {"world": 4.4, "EU": 8.3, "US": 18.0}.
    """
    estimated = int(cities["co2_estimated"].sum())
    note = f"CO₂ of {estimated} of the cities is estimated. " if estimated else ""
    words = SheetText(
        headline(cities, comparators),
        f"Consumption-based CO₂ per head and final demand per head by city, {YEAR}",
        (note + "Quintiles hold equal numbers of cities; Q1 is the most affluent.", NOTE),
    )
    left, right = footprint_steps(cities, comparators), demand_steps(cities)
    below = LEGEND + 0.3
    page = sheet(words, below + KEY + 0.2 + MAP + TITLE)
    width = (WIDTH - 2 * MARGIN - GAP) / 2
    for number, (panel, title) in enumerate(
        ((left, "a  Footprint per head"), (right, "b  Quintiles of final demand per head"))
    ):
        corner = MARGIN + number * (width + GAP)
        ax = area_map(page.axes(corner, below + KEY + 0.2, width, MAP), panel, names=number == 0)
        ax.set_title(title, fontsize=SMALL, fontweight="bold")
        key(page.axes(corner, below, width, KEY), panel)
    if complete(left.kinds):
        place = (0.5, page.share(0, 0)[1])
        page.figure.legend(
            handles=[no_city_handle()], loc="lower center", bbox_to_anchor=place, borderaxespad=0
        )
    return page.figure
