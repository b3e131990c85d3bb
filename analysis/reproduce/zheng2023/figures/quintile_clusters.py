"""Emissions of groups by affluence and industry for consumers by affluence (figure 2, combined)."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from analysis.figures.scales import COOL, WARM
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.typography import SMALL, WIDTH
from analysis.reproduce.zheng2023.figures.flows import ALL, APART, CELL, Flows, heat_table
from analysis.reproduce.zheng2023.figures.words import YEAR, group_name, in_order

ROOM, GAP, TITLE, HEAD = 1.75, 0.2, 0.3, 0.25
"""Width of row labels and between tables, height of a title and of the headings, inches."""
WIDE = (WIDTH - 2 * MARGIN - ROOM - GAP) / 2
"""Of a table, inches."""


def flows_to_quintiles(table: pd.DataFrame) -> Flows:
    """Return flows from quintile and cluster of the emitter to the consumer's quintile."""
    table = table.assign(
        earned=table["value_added_cny_per_t"].fillna(0.0) * table["embodied_mt"],
    )
    quintiles = in_order(table["consumer_quintile"])
    present = set(zip(table["emitter_quintile"], table["emitter_cluster"], strict=True))
    groups = [
        (quintile, cluster)
        for quintile in quintiles
        for cluster in in_order(table["emitter_cluster"])
        if (quintile, cluster) in present
    ]
    sums = {}
    for name in ("embodied_mt", "earned"):
        cells = table.pivot_table(
            index=["emitter_quintile", "emitter_cluster"],
            columns="consumer_quintile",
            values=name,
            aggfunc="sum",
            fill_value=0.0,
        ).reindex(index=pd.MultiIndex.from_tuples(groups), columns=quintiles, fill_value=0.0)
        labels = [f"{quintile}  {group_name(cluster)}" for quintile, cluster in groups]
        plain = pd.DataFrame(cells.to_numpy(dtype=np.float64), index=labels, columns=quintiles)
        plain[ALL] = plain.sum(axis=1)
        plain.loc[ALL] = plain.sum(axis=0)
        sums[name] = plain
    embodied = sums["embodied_mt"]
    return Flows(embodied, sums["earned"] / embodied.where(embodied > 0))


def headline(flows: Flows) -> str:
    """Return what the tables say: which group emits most for others, and what its tonne earns."""
    emitted = flows.embodied[ALL].drop(ALL)
    most = str(emitted.idxmax())
    share = 100 * float(emitted.max()) / float(emitted.sum())
    earned = float(flows.worth[ALL].drop(ALL).loc[most])
    mean = float(flows.worth[ALL].loc[ALL])
    return (
        f"Cities of {most.replace('  ', ', ')} emit {share:.0f} % of what cities emit for one"
        f" another and earn {earned:,.0f} CNY a tonne, where all earn {mean:,.0f}"
    )


def picture(table: pd.DataFrame) -> Figure:
    """Return the finished picture of flows by quintile and cluster."""
    flows = flows_to_quintiles(table)
    about = (
        "Emitters by affluence (Q1 the most affluent) and by what they live on, consumers by"
        f" affluence; flows between cities, {YEAR}"
    )
    note = (
        "Flows within a city are left out. Value added: earned in the emitting cities through"
        " final demand of the consuming cities, over what they emit for it. Groups without cities"
        " have no row."
    )
    words = SheetText(headline(flows), about, (note,))
    height = (len(flows.embodied) + APART) * CELL * 0.85
    page = sheet(words, height + TITLE + HEAD)
    for number, (cells, scale, quantity) in enumerate(
        (
            (flows.embodied, WARM, "a  Embodied in flows, Mt CO₂"),
            (flows.worth, COOL, "b  Value added, CNY per t CO₂"),
        )
    ):
        ax = page.axes(MARGIN + ROOM + number * (WIDE + GAP), 0.0, WIDE, height)
        heat_table(ax, cells, scale, rows=number == 0)
        ax.set_title(quantity, fontsize=SMALL, fontweight="bold", pad=HEAD * 72)
    return page.figure
