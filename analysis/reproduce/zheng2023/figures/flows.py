"""Emissions of cities for one another, by quintile and by cluster (Zheng et al. 2023, figure 2)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.lines_of_text import POINT, wrapped
from analysis.figures.scales import COOL, WARM, ink_on, shade
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PAPER
from analysis.figures.typography import SMALL, TINY, WIDTH
from analysis.reproduce.zheng2023.figures.words import YEAR, group_name, in_order

ALL = "All"
"""Heading of the totals."""
ROOM, GAP, CELL, APART = 1.0, 0.2, 0.26, 0.15
"""Width of row labels and between tables, height of a row, inches; rows and columns to totals."""
TITLE = 0.28
"""Height of a table's title with the room above it, inches."""
WIDE = (WIDTH - 2 * MARGIN - ROOM - GAP) / 2
"""Of a table, inches."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows between groups of cities, emitters in rows, consumers in columns, totals last."""

    embodied: pd.DataFrame
    """Mt CO₂."""
    worth: pd.DataFrame
    """Value added per tonne, CNY/t; missing where nothing is emitted."""


def flows_of(table: pd.DataFrame) -> Flows:
    """Return what the picture needs of a table of flows."""
    groups = in_order([*table["emitter"], *table["consumer"]])
    table = table.assign(earned=table["value_added_cny_per_t"] * table["embodied_mt"])
    sums = {
        name: table.pivot_table(
            index="emitter", columns="consumer", values=name, aggfunc="sum", fill_value=0.0
        ).reindex(index=groups, columns=groups, fill_value=0.0)
        for name in ("embodied_mt", "earned")
    }
    for cells in sums.values():
        cells[ALL] = cells.sum(axis=1)
        cells.loc[ALL] = cells.sum(axis=0)
    embodied = sums["embodied_mt"]
    return Flows(embodied, sums["earned"] / embodied.where(embodied > 0))


def heat_table(ax: Axes, cells: pd.DataFrame, scale: str, *, rows: bool) -> Axes:
    """Draw a table with its numbers, darker for more, totals apart and uncoloured."""
    inner = cells.drop(index=ALL, columns=ALL).to_numpy(dtype=np.float64)
    most = float(np.nanmax(inner, initial=0.0)) or 1.0
    across, down = (
        [i + APART * (name == ALL) for i, name in enumerate(names)]
        for names in (cells.columns, cells.index)
    )
    for y, (emitter, row) in zip(down, cells.iterrows(), strict=True):
        for x, (consumer, value) in zip(across, row.items(), strict=True):
            total = ALL in (emitter, consumer)
            colour = PAPER if total or np.isnan(value) else shade(scale, value / most)
            ax.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, edgecolor=PAPER, linewidth=0.8))
            text = "–" if np.isnan(value) else f"{value:,.0f}"
            ax.text(x + 0.5, y + 0.52, text, ha="center", va="center", size=SMALL,
                    color=ink_on(colour), weight="bold" if total else "normal")  # fmt: skip
    heads = ["\n".join(lines) for lines in _heads(cells)]
    ax.set_xticks([x + 0.5 for x in across], heads, fontsize=TINY, linespacing=1.0)
    names = [group_name(str(name)) for name in cells.index] if rows else []
    ax.set_yticks([y + 0.5 for y in down] if rows else [], names)
    if rows:
        ax.annotate("emitter ↓  consumer →", (0, 0), (-3, 5), textcoords="offset points",
                    ha="right", fontsize=TINY, color=GREY)  # fmt: skip
    ax.tick_params(length=0, pad=2, top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.tick_params(axis="x", labelcolor=INK)
    ax.set_xlim(0, across[-1] + 1)
    ax.set_ylim(down[-1] + 1, 0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax


def _heads(cells: pd.DataFrame) -> list[list[str]]:
    """Return the headings of the columns in lines that fit."""
    width = WIDE / (len(cells.columns) + APART)
    names = [group_name(str(name)) for name in cells.columns]
    return [wrapped(name.replace("facturing", "- facturing"), width, TINY) for name in names]


def headline(flows: Flows) -> str:
    """Return what the tables say: for whom most is emitted, and what a tonne earns where."""
    consumers = {str(name): float(each) for name, each in flows.embodied.T[ALL].items()}
    total = consumers.pop(ALL)
    most = max(consumers, key=consumers.__getitem__)
    share = 100 * consumers[most] / total
    earned = flows.worth[ALL].drop(ALL).dropna()
    low, high = str(earned.idxmin()), str(earned.idxmax())
    return (
        f"{share:.0f} % of what cities emit for one another is for {group_name(most)};"
        f" a tonne so emitted earns {earned[low]:,.0f} CNY in {group_name(low)} and"
        f" {earned[high]:,.0f} CNY in {group_name(high)}"
    )


def picture(quintiles: pd.DataFrame, clusters: pd.DataFrame) -> Figure:
    """Return the finished picture of the two tables of flows."""
    groups = [flows_of(quintiles), flows_of(clusters)]
    about = (
        "Emitters in rows, consumers in columns: quintiles of cities by final demand per head"
        f" (Q1 the most affluent), and clusters by what cities live on; {YEAR}"
    )
    note = (
        "Flows within a city are left out, so the diagonal holds flows between different cities of"
        " one group. Value added: earned in the emitting cities through final demand of the"
        " consuming cities, over what they emit for it. Colours start at zero in every table."
    )
    words = SheetText(headline(groups[0]), about, (note,))
    heads = [max(map(len, _heads(each.embodied))) * TINY * 1.1 + 3 for each in groups]
    heights = [(len(each.embodied) + APART) * CELL for each in groups]
    top = sum(heights) + sum(heads) * POINT + len(groups) * TITLE
    page, letters = sheet(words, top), iter("abcd")
    for each, height, head in zip(groups, heights, heads, strict=True):
        top -= TITLE + head * POINT + height
        for number, (cells, scale, quantity) in enumerate(
            (
                (each.embodied, WARM, "Embodied in flows, Mt CO₂"),
                (each.worth, COOL, "Value added, CNY per t CO₂"),
            )
        ):
            ax = page.axes(MARGIN + ROOM + number * (WIDE + GAP), top, WIDE, height)
            heat_table(ax, cells, scale, rows=number == 0)
            ax.set_title(
                f"{next(letters)}  {quantity}", fontsize=SMALL, fontweight="bold", pad=head + 3
            )
    return page.figure
