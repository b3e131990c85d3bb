"""Many arms: one panel a rule, its institutions in colour, all other arms in light grey."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.figures.courses import course_of, draw_course
from analysis.figures.pages import COLUMNS
from analysis.figures.panels import panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import (
    CONTEXT,
    INK,
    RULE_COLOURS,
    SOLID,
    Look,
    institution_looks,
    label,
)
from analysis.outcomes.arms import Arms

FEW = 9
"""Arms up to which one plot with a legend beside it can be read."""
HEIGHT, ALONE = 1.35, 2.2
"""Of a panel, and of one in a single row, inches."""

More = Callable[[Axes, dict[str, Look]], None]
"""Draws what else belongs into the panel of these arms."""


@dataclass(frozen=True, slots=True)
class RulePanels:
    """Courses of many arms."""

    courses: pd.DataFrame
    """By arm and year: mean, low, high."""
    arms: list[str]
    """Those that have a course."""
    known: Arms
    """Rule and institution of each; the reference is in every panel if it has a course."""
    experiment: list[str]
    """All its arms: they give an institution the same colour in every picture."""
    quantity: str
    """Of the vertical axis."""
    from_zero: bool = False
    """True where the vertical axis starts at zero."""

    @property
    def reference(self) -> str:
        """The arm without policy."""
        return self.known.reference

    @property
    def policies(self) -> list[str]:
        """The arms without the reference."""
        return [arm for arm in self.arms if arm != self.reference]

    @property
    def groups(self) -> dict[str, list[str]]:
        """The arms of each panel: those of a rule, or one alone where they outnumber colours."""
        groups: dict[str, list[str]] = {}
        for arm in self.policies:
            groups.setdefault(self.known.group(arm), []).append(arm)
        if max(map(len, groups.values())) > len(RULE_COLOURS):
            return {arm: [arm] for arm in self.policies}
        return groups


def crowded(arms: list[str]) -> bool:
    """Return whether arms are too many for one plot."""
    return len(arms) > FEW


def rule_panel(ax: Axes, data: RulePanels, panel: str, looks: dict[str, Look]) -> Axes:
    """Draw the arms of a panel with their bands over all the others."""
    members = data.groups[panel]
    for arm in (arm for arm in data.policies if arm not in members):
        means = data.courses.loc[arm]["mean"]
        ax.plot(means.index, means.to_numpy(dtype=float), color=CONTEXT, linewidth=0.5, zorder=1)
    if data.reference in data.arms:
        draw_course(ax, course_of(data.courses, data.reference), looks[data.reference])
    for turn, arm in enumerate(members):
        draw_course(ax, course_of(data.courses, arm), looks[arm], turn)
    low, high = float(data.courses["low"].min()), float(data.courses["high"].max())
    room = 0.04 * (high - low or 1.0)
    ax.set_ylim(0 if data.from_zero else low - room, high + room)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5))
    return ax


def rule_panels(
    words: SheetText, data: RulePanels, more: More | None = None, also: Sequence[Look] = ()
) -> list[Figure]:
    """Return the pages; `more` draws into each panel what the looks `also` explain."""
    by_name = institution_looks(data.experiment, data.known)
    looks = {arm: by_name[data.known.way(arm)] for arm in data.policies}
    legend = [*dict.fromkeys(looks.values()), *also]
    if data.reference in data.arms:
        looks[data.reference] = Look(label(data.reference), INK, "", SOLID)
        legend.append(looks[data.reference])
    if len(data.groups) > 1:
        legend.append(Look("Other panels", CONTEXT, "", SOLID))

    def draw(ax: Axes, panel: str, leftmost: bool, lowest: bool) -> Axes:
        rule_panel(ax, data, panel, looks)
        if more is not None:
            more(ax, {arm: looks[arm] for arm in data.groups[panel]})
        ax.set_ylabel(data.quantity if leftmost else "")
        ax.set_xlabel("Year" if lowest else "")
        return ax

    height = HEIGHT if len(data.groups) > COLUMNS else ALONE
    return panels(words, list(data.groups), height, legend, draw)
