"""Fans to the cap: emissions of each arm against its cap, with quantile bands of replications."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.documents.numbers import fixed
from analysis.figures.courses import course_of, replications
from analysis.figures.panels import panels
from analysis.figures.quantities import Mass, mass_for
from analysis.figures.sheet import SheetText
from analysis.figures.style import CAP_LINE, GREY, INK, RULE_COLOURS, label, pale
from analysis.figures.typography import TINY

BANDS = ((0.025, 0.975, 0.16), (0.1, 0.9, 0.32), (0.25, 0.75, 0.55))
"""Quantiles from and to, and share of the colour kept."""
COLOUR, HEIGHT = RULE_COLOURS[0], 1.5
NOTE = (
    "Line: median; shades: quantiles around half, four fifths and 95 % of replications. The"
    " vertical axis does not start at zero."
)
FEWEST = 5
"""Replications from which quantiles say anything."""
VISIBLE = 0.1
"""Least height of the widest band as a share of the axis, 1."""


def fans_of(national: pd.DataFrame) -> pd.DataFrame:
    """Return quantiles of emissions and the mean cap by arm and year, t CO₂."""
    groups = national.groupby(["arm", "year"], observed=True)
    ends = sorted({q for low, high, _ in BANDS for q in (low, high)} | {0.5})
    table = pd.DataFrame({f"q{100 * q:g}": groups["emissions"].quantile(q) for q in ends})
    return table.assign(cap=groups["cap"].mean())


def drawable(national: pd.DataFrame, reference: str) -> bool:
    """Return whether an arm has a cap, and replications differ so much that bands are seen."""
    capped = national[(national["arm"] != reference) & national["cap"].notna()]
    if capped.empty or len(capped["replication"].unique()) < FEWEST:
        return False
    table = fans_of(national)
    of_arms = table.drop(index=reference, level="arm", errors="ignore")
    extent = float(table["q97.5"].max() - table["q2.5"].min())
    return float((of_arms["q97.5"] - of_arms["q2.5"]).max()) > VISIBLE * extent


def picture(national: pd.DataFrame, reference: str) -> list[Figure]:
    """Return the finished picture, page by page: a panel an arm with a policy, on one scale."""
    table = fans_of(national)
    unit = mass_for(_most(table))
    table = table / unit.tonnes
    arms = [str(arm) for arm in pd.unique(national["arm"]) if arm != reference]
    low, high = -_most(-table), _most(table)
    edge = 0.05 * (high - low)

    def draw(ax: Axes, arm: str, leftmost: bool, lowest: bool) -> Axes:
        without = table["q50"].get(reference)
        fan(ax, course_of(table, arm), without, label(reference).lower())
        ax.set_ylim(low - edge, high + edge)
        ax.tick_params(labelleft=leftmost, labelbottom=lowest)
        if leftmost:
            ax.set_ylabel(f"{unit.word} a year")
        return ax

    words = SheetText(
        headline(table, arms, unit),
        "National emissions of all cities against the cap, by arm",
        (f"{replications(national)}. {NOTE}",),
    )
    return panels(words, arms, HEIGHT, (), draw)


def _most(table: pd.DataFrame) -> float:
    return float(np.nanmax(table.to_numpy(dtype=np.float64)))


def fan(ax: Axes, rows: pd.DataFrame, without: pd.Series | None, name: str) -> Axes:
    """Draw one arm: bands, median and cap by year, and the median without policy in grey."""
    years = np.asarray(rows.index, dtype=np.float64)
    if without is not None:
        ax.plot(without.index, without, color=GREY, linewidth=0.7)
        _say(ax, name, float(without.index[-1]), float(without.iloc[-1]), GREY, above=True)
    for low, high, kept in BANDS:
        ax.fill_between(years, rows[f"q{100 * low:g}"], rows[f"q{100 * high:g}"],
                        color=pale(COLOUR, kept), linewidth=0)  # fmt: skip
    ax.plot(years, rows["q50"], color=COLOUR, linewidth=1.1)
    if rows["cap"].notna().any():
        cap = rows["cap"].dropna()
        ax.plot(cap.index, cap, color=INK, linestyle=CAP_LINE, linewidth=1.3, zorder=2.5)
        end, over = float(cap.iloc[-1]), bool(cap.iloc[-1] > rows["q97.5"].iloc[-1])
        place = end if over else min(end, float(rows["q2.5"].iloc[-1]))
        _say(ax, "cap", float(cap.index[-1]), place, INK, above=over)
    ax.set_xlim(years[0], years[-1] if len(years) > 1 else years[0] + 1)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    return ax


def _say(ax: Axes, text: str, year: float, value: float, colour: str, *, above: bool) -> None:
    """Write a name at the end of a line, above or below it."""
    ax.annotate(text, (year, value), (-2, 3 if above else -3), textcoords="offset points",
                ha="right", va="bottom" if above else "top", fontsize=TINY, color=colour,
                )  # fmt: skip


def headline(table: pd.DataFrame, arms: list[str], unit: Mass) -> str:
    """Return what the picture says: how wide the widest fan is in the last year."""
    last = table.index.get_level_values("year").max()
    ends = table.xs(last, level="year").loc[arms]
    widths = ends["q97.5"] - ends["q2.5"]
    wide = str(widths.idxmax())
    low, high = (fixed(float(ends[name].to_dict()[wide]), 2) for name in ("q2.5", "q97.5"))
    return f"Least sure under {label(wide)}: {low} to {high} {unit.word} in {last}"
