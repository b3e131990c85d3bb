"""Courses over the years: mean and band over replications."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.style import PAPER, Look
from analysis.outcomes.bands import WORDS, band_ends, band_kind


def courses(values: pd.Series, by: list[str]) -> pd.DataFrame:
    """Return mean, low and high of values, one a replication, by the named index levels.

    Low and high are the ends of the band of so many replications as the largest group has. Missing
    values are left out; where all are missing, so are mean, low and high.
    """
    groups = values.groupby(level=by, observed=True)
    replications = max(groups.size(), default=0)
    low, high = (groups.quantile(end) for end in band_ends(replications))
    return pd.DataFrame({"mean": groups.mean(), "low": low, "high": high})


def national_courses(national: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the courses of a column of the national table, by arm and year."""
    values = national.set_index(["arm", "replication", "year"])[column]
    return courses(values, ["arm", "year"])


def course_of(table: pd.DataFrame, arm: str) -> pd.DataFrame:
    """Return the course of one arm, by year."""
    return pd.DataFrame(table.loc[arm])


def draw_course(ax: Axes, rows: pd.DataFrame, look: Look, turn: int = 0) -> Line2D:
    """Draw a mean and its band by year; `turn` staggers the markers of several lines."""
    years, mean, low, high = (
        np.asarray(column, dtype=float)
        for column in (rows.index, rows["mean"], rows["low"], rows["high"])
    )
    if np.any(high > low):
        ax.fill_between(years, low, high, color=look.colour, alpha=0.16, linewidth=0)
    step = max(1, len(years) // 6)
    (line,) = ax.plot(
        years,
        mean,
        color=look.colour,
        linestyle=look.line,
        marker=look.marker,
        markevery=(turn % step, step),
        markeredgecolor=PAPER,
        markeredgewidth=0.4,
        label=look.label,
    )
    return line


def replications(table: pd.DataFrame) -> str:
    """Return how many replications are behind a picture: "4 replications of each arm"."""
    few, many = _fewest_and_most(table)
    number = f"{many}" if few == many else f"{few} to {many}"
    return f"{number} replication{'' if many == 1 else 's'} of each arm"


def _fewest_and_most(table: pd.DataFrame) -> tuple[int, int]:
    counts = table.groupby("arm", observed=True)["replication"].nunique()
    return int(counts.min()), int(counts.max())


def replications_note(table: pd.DataFrame) -> str:
    """Return how many replications are behind a picture and how their spread is drawn."""
    _, many = _fewest_and_most(table)
    if many == 1:
        return f"{replications(table)}, without a band."
    return (
        f"{replications(table)} in one world, its parameters as set: lines are means, bands"
        f" {WORDS[band_kind(many)]}."
    )
