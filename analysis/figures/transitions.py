"""Changes of class: a small matrix an arm."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.documents.numbers import count_span, mean_count
from analysis.figures.courses import replications
from analysis.figures.panels import panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import GREY, INK, PALE, PAPER, SHARES
from analysis.figures.typography import SMALL, TINY
from model.classes.beneficiaries import Beneficiary

READINGS = {
    "class_rolling": "as scored over the last five years",
    "class_policy_recent": "by what the policy alone has done in the last five years",
}
NAMES = {
    Beneficiary.STRONG: "Strong",
    Beneficiary.WEAK: "Weak",
    Beneficiary.ROLE_MODEL: "Role\nmodel",
    Beneficiary.NEITHER: "Neither",
}
HEIGHT = 1.45
"""Of a matrix, inches."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cities of each class at the start (row) by their class at the end (column)."""

    cities: np.ndarray
    """Mean number over replications; (4, 4)."""
    shares: np.ndarray
    """Of the row, 1; missing where it is empty; (4, 4)."""

    @property
    def staying(self) -> float:
        """Share of all cities that end in the class they started in, 1."""
        return float(np.trace(self.cities) / self.cities.sum())


def matrix_of(changes: pd.DataFrame, arm: str, reading: str) -> Matrix:
    """Return one arm's matrix from the table of transitions."""
    rows = changes[(changes["arm"] == arm) & (changes["reading"] == reading)]
    order = [kind.label for kind in Beneficiary]
    cities, shares = (
        rows.pivot_table(index="from", columns="to", values=name, dropna=False)
        .reindex(index=order, columns=order)
        .to_numpy(dtype=np.float64)
        for name in ("cities", "share")
    )
    return Matrix(cities, shares)


def matrix(ax: Axes, data: Matrix) -> Axes:
    """Draw a matrix: cities in numbers, share of the row in colour, dashes in empty rows."""
    scale = LinearSegmentedColormap.from_list("shares", SHARES)
    ax.imshow(np.nan_to_num(data.shares), cmap=scale, vmin=0, vmax=1, aspect="auto")
    for (row, column), share in np.ndenumerate(data.shares):
        text = "–" if np.isnan(share) else mean_count(float(data.cities[row, column]))
        faint = np.isnan(share) or data.cities[row, column] == 0
        colour = PAPER if share > 0.75 else GREY if faint else INK
        ax.text(column, row, text, ha="center", va="center", fontsize=SMALL, color=colour)
    ax.set_xticks(range(len(NAMES)), list(NAMES.values()), fontsize=TINY, linespacing=0.95)
    ax.set_yticks(range(len(NAMES)), list(NAMES.values()), fontsize=TINY, linespacing=0.95)
    ax.tick_params(length=0)
    ax.set_xticks(np.arange(0.5, 3), minor=True)
    ax.set_yticks(np.arange(0.5, 3), minor=True)
    ax.tick_params(which="minor", length=0)
    ax.grid(which="minor", color=PALE, linewidth=0.8)
    ax.spines[:].set(visible=True, color=PALE, linewidth=0.8)
    return ax


def picture(
    changes: pd.DataFrame, runs: pd.DataFrame, reference: str, reading: str
) -> list[Figure]:
    """Return the finished picture of one reading, a key of `READINGS`, page by page."""
    arms = [str(arm) for arm in pd.unique(changes["arm"])]
    if reading == "class_policy_recent" and len(arms) > 1:
        arms = [arm for arm in arms if arm != reference]
    matrices = {arm: matrix_of(changes, arm, reading) for arm in arms}
    first, last = (int(changes[name].iloc[0]) for name in ("from_year", "to_year"))
    keep = [100 * one.staying for one in matrices.values()]
    note = (
        f"{replications(runs)}: numbers are mean counts of cities; the darker, the larger the"
        " share of the row. Dashes: no city started in the class."
    )
    words = SheetText(
        f"From {first} to {last}, {count_span(min(keep), max(keep))} % of cities keep their class",
        f"Cities by class in {first} (rows) and in {last} (columns), {READINGS[reading]}",
        (note,),
    )

    def draw(ax: Axes, arm: str, leftmost: bool, lowest: bool) -> Axes:
        matrix(ax, matrices[arm])
        ax.set_ylabel(f"In {first}" if leftmost else "", fontsize=SMALL)
        ax.set_xlabel(f"In {last}" if lowest else "", fontsize=SMALL)
        return ax

    return panels(words, arms, HEIGHT, (), draw)
