"""Quota that super-emitters could free, and who would need it (Zheng et al. 2023, figure 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from analysis.documents.numbers import rounded, span
from analysis.figures.lines_of_text import wrapped
from analysis.figures.sheet import MARGIN, SheetText, sheet
from analysis.figures.style import GREY, INK, PALE, PAPER, RULE_COLOURS, SOLID, Look
from analysis.figures.typography import SMALL, WIDTH
from analysis.reproduce.zheng2023.figures.words import YEAR, scenario_name

PRODUCED = Look("Quota created, on production everywhere", RULE_COLOURS[0], "", SOLID)
CONSUMED = Look("The same, on footprints of cities", "#C9C3E6", "", SOLID, "//////")
NEEDED = Look("Deficit of lifting poor cities", RULE_COLOURS[1], "", SOLID, "\\\\\\")
HEADROOM = Look("Headroom to the peak", PALE, "", SOLID)
HEADROOM_KEY = "headroom"
NEAR = 0.07
"""Share of the headroom within which a mark beyond a bar would meet the bar's number."""
PITCH = 1.25
"""Of rows, in heights of a row: what is published stands above its mark."""
LABELS, BELOW, LEGEND, ROW, ABOVE = 2.45, 0.36, 0.22, 0.3, 0.08
"""Width of row labels, heights of the axis, the legend, a row and the edge above, inches."""


@dataclass(frozen=True, slots=True)
class Quotas:
    """Quota created and needed, Mt CO₂."""

    created: pd.DataFrame
    """scenario, of_production_mt, of_city_footprints_mt."""
    deficits: pd.DataFrame
    """reading, cities, usd_per_head, deficit_mt."""
    headroom: float
    """To the peak, Mt."""
    published: Mapping[str, float]
    """What the paper gives, Mt, by scenario, by reading, and under HEADROOM_KEY."""

    @property
    def rows(self) -> float:
        """Rows of bars with the headings of the three groups."""
        return PITCH * (len(self.created) + len(self.deficits) + 1) + 3 * 0.75


def bars(ax: Axes, data: Quotas) -> Axes:
    """Draw all quantities from zero on one scale, so that they can be laid against each other."""
    y, ticks, labels = 0.0, [], []

    def heading(text: str) -> None:
        nonlocal y
        ax.annotate(text, (0, y + 0.45), (3, 0), textcoords="offset points", fontsize=SMALL,
                    fontweight="bold", va="center")  # fmt: skip
        y += 0.75

    def bar(value: float, look: Look, at: float, height: float, key: str) -> None:
        ax.barh(at, value, height, **_fill(look))
        room = NEAR * data.headroom
        inside = max(room, value) < data.published.get(key, value) < value + room
        ax.annotate(f"{value:,.0f}", (max(value, 0.0), at), (-4 if inside else 3, 0), va="center",
                    ha="right" if inside else "left", textcoords="offset points", fontsize=SMALL,
                    bbox={"facecolor": PAPER, "linewidth": 0, "pad": 0.6} if inside else None,
                    )  # fmt: skip

    def mark(key: str, middle: float) -> None:
        if key in data.published:
            value = data.published[key]
            ax.vlines(value, middle - 0.42, middle + 0.42, color=INK, linewidth=2.0, zorder=4)
            ax.annotate(f"{value:,.0f}", (value, middle - 0.42), (0, 1), ha="center", va="bottom",
                        textcoords="offset points", fontsize=SMALL)  # fmt: skip

    def row(name: str) -> float:
        nonlocal y
        ticks.append(y + PITCH - 0.5)
        labels.append("\n".join(wrapped(name, LABELS - 0.1, SMALL)))
        y += PITCH
        return y - 0.5

    heading("Quota created by measures in super-emitters")
    for _, each in data.created.iterrows():
        key = str(each["scenario"])
        middle = row(scenario_name(key))
        bar(float(each["of_production_mt"]), PRODUCED, middle - 0.2, 0.36, key)
        bar(float(each["of_city_footprints_mt"]), CONSUMED, middle + 0.2, 0.36, key)
        mark(key, middle)
    heading("Quota needed to lift poor cities to a level of final demand per head")
    for _, each in data.deficits.iterrows():
        name = f"{each['reading']}: {int(each['cities'])} cities"
        if "USD" not in name:
            name = f"{name}, {each['usd_per_head']:,.0f} USD"
        middle = row(name[:1].upper() + name[1:])
        bar(float(each["deficit_mt"]), NEEDED, middle, 0.6, str(each["reading"]))
        mark(str(each["reading"]), middle)
    heading("Headroom")
    middle = row("National emissions to their projected peak")
    bar(data.headroom, HEADROOM, middle, 0.6, HEADROOM_KEY)
    mark(HEADROOM_KEY, middle)
    ax.set_yticks(ticks, labels)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(y, 0)
    ax.margins(x=0.09)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    ax.set_xlabel("Mt CO₂ per year")
    return ax


def _fill(look: Look) -> dict[str, Any]:
    return {"facecolor": look.colour, "hatch": look.hatch, "edgecolor": GREY, "linewidth": 0.4}


def headline(data: Quotas) -> str:
    """Return what the picture says: how far the quota created would go."""
    most = float(data.created["of_production_mt"].max())
    needed = data.deficits["deficit_mt"]
    covered = int((needed <= most).sum())
    return (
        f"Measures in super-emitters free up to {rounded(most / 1e3)} Gt; lifting poor cities needs"
        f" {span(float(needed.min()) / 1e3, float(needed.max()) / 1e3)} Gt, covered in {covered} of"
        f" {len(needed)} readings; headroom is {rounded(data.headroom / 1e3)} Gt"
    )


def picture(
    created: pd.DataFrame,
    deficits: pd.DataFrame,
    headroom_gt: float,
    published: Mapping[str, float] = MappingProxyType({}),
) -> Figure:
    """Return the finished picture of the two tables, the headroom, and what is published."""
    data = Quotas(created, deficits, 1e3 * headroom_gt, published)
    about = f"Emissions avoided, extra emissions, and room below the projected peak, {YEAR}"
    note = (
        "Scenarios with both kinds of measures are scored jointly, which is less than the sum of"
        " their parts. Readings: by which cities are lifted and to which final demand per head;"
        " intensities and the structure of production stay as they are. The paper adds both kinds"
        " of measures up, and lifts cities to the mean of a quintile."
    )
    words = SheetText(headline(data), about, (note,))
    height = data.rows * ROW
    page = sheet(words, LEGEND + BELOW + height + ABOVE)
    left = MARGIN + LABELS
    bars(page.axes(left, LEGEND + BELOW, WIDTH - left - MARGIN, height), data)
    looks = (PRODUCED, CONSUMED, NEEDED, HEADROOM)
    handles: list[Artist] = [Patch(**_fill(look), label=look.label) for look in looks]
    if published:
        handles.append(Line2D([], [], color=INK, linewidth=2.0, label="Published"))
    page.figure.legend(
        handles=handles, loc="lower center", ncols=len(handles),
        bbox_to_anchor=(0.5, page.share(0, 0)[1]), borderaxespad=0, columnspacing=0.8,
        handlelength=1.4,
    )  # fmt: skip
    return page.figure
