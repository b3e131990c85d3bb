"""The picture of a phase diagram: shares over two levers, one panel an arm."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator, StrMethodFormatter

from analysis.figures.sheet import MARGIN, SheetText, save, sheet
from analysis.figures.style import GREY, INK, PAPER
from analysis.figures.typography import SMALL, WIDTH, our_typography

RIDERS = LinearSegmentedColormap.from_list("riders", (PAPER, "#EFB03A", "#C8500A", "#5A1F04"))
PANEL = 1.9
"""Height of a panel, inches."""
COLUMNS = 4
NOTE = (
    "Share of cities short of quota that ride free, all years, mean over repetitions. Lines: where"
    " a tenth and where a half ride free."
)


@dataclass(frozen=True, slots=True)
class PhasePanel:
    """One arm of a phase diagram."""

    title: str
    audits: np.ndarray
    """(a,)."""
    fines: np.ndarray
    """(f,)."""
    riders: np.ndarray
    """%; (a, f)."""


def draw_phases(
    panels: Sequence[PhasePanel], levels: tuple[float, float], folder: Path
) -> list[Path]:
    """Draw the panels and return the paths."""
    with our_typography():
        return save(_phases(panels, levels), folder, "tipping")


def _phases(panels: Sequence[PhasePanel], levels: tuple[float, float]) -> Figure:
    rows = -(-len(panels) // COLUMNS)
    few, many = levels
    page = sheet(
        SheetText(
            "Where free-riding tips, by audit and fine",
            f"Free-riders among cities short of quota, %; lines at {few:g} and {many:g}",
            (NOTE,),
        ),
        rows * PANEL + 0.35,
    )
    room = (WIDTH - 2 * MARGIN - 0.35) / COLUMNS
    for number, panel in enumerate(panels):
        row, column = divmod(number, COLUMNS)
        ax = page.axes(
            MARGIN + 0.35 + column * room, 0.4 + (rows - 1 - row) * PANEL, room - 0.12, PANEL - 0.5
        )
        ax.contourf(panel.audits, panel.fines, panel.riders.T, levels=np.linspace(0, 100, 41),
                    cmap=RIDERS, vmin=0, vmax=100)  # fmt: skip
        if np.ptp(panel.riders) > 0:
            lines = ax.contour(panel.audits, panel.fines, panel.riders.T, levels=list(levels),
                               colors=[INK], linewidths=0.8)  # fmt: skip
            ax.clabel(lines, fmt="%g", fontsize=SMALL - 1)
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        ax.yaxis.set_minor_locator(NullLocator())
        ax.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
        ax.set_title(panel.title, size=SMALL - 1, color=GREY)
        if column:
            ax.set_yticklabels([])
        elif row == rows - 1:
            ax.set_ylabel("fine, multiples of the price")
        if row == rows - 1:
            ax.set_xlabel("audit")
    return page.figure
