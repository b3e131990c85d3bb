"""Alluvial of classes: which cities move from class to class, and when."""

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from analysis.documents.numbers import count_span, mean_count
from analysis.figures.courses import replications
from analysis.figures.panels import panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import CLASSES, INK, pale
from analysis.figures.typography import TINY
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.class_changes import ClassChanges
from model.classes.beneficiaries import Beneficiary

READINGS = {
    "class_rolling": "as scored over the last five years",
    "class_policy_recent": "by what the policy alone has done in the last five years",
}
HEIGHT = 1.6
"""Of a panel, inches."""
BAR, APART = 0.07, 0.03
"""Width of a bar, in steps; space between classes, share of all cities."""
LEAST = 0.05
"""Mean number of cities from which a class is named."""
BEND = np.linspace(0.0, 1.0, 40)
EASE = BEND**2 * (3.0 - 2.0 * BEND)


def alluvial(ax: Axes, flows: np.ndarray, marks: tuple[int, ...]) -> Axes:
    """Draw stacks of classes at each mark and ribbons of cities between them; flows (k, 4, 4)."""
    cities = float(flows[0].sum())
    gap = APART * cities
    sizes = np.concatenate([flows.sum(axis=2), flows[-1].sum(axis=0)[None]])
    tops = np.cumsum(sizes[:, ::-1], axis=1)[:, ::-1] + gap * np.arange(len(Beneficiary))[::-1]
    for place, (stack, top) in enumerate(zip(sizes, tops, strict=True)):
        for kind, look in CLASSES.items():
            if stack[kind] > 0:
                ax.bar(place, stack[kind], 2 * BAR, bottom=top[kind] - stack[kind],
                       color=look.colour, linewidth=0)  # fmt: skip
    for place in (0, len(marks) - 1):
        _numbers(ax, place, sizes[place], tops[place])
    ribbons, colours = [], []
    for place, matrix in enumerate(flows):
        left, right = tops[place].copy(), tops[place + 1].copy()
        for start, look in CLASSES.items():
            for end in CLASSES:
                size = matrix[start, end]
                if size > 0:
                    top = left[start] + (right[end] - left[start]) * EASE
                    x = place + BAR + (1 - 2 * BAR) * BEND
                    ribbons.append(np.r_[np.c_[x, top], np.c_[x, top - size][::-1]])
                    colours.append(pale(look.colour))
                left[start] -= size
                right[end] -= size
    ax.add_collection(PolyCollection(ribbons, facecolors=colours, linewidths=0))
    ax.set_xticks(range(len(marks)), [str(year) for year in marks], fontsize=TINY)
    ax.set_xlim(-5.5 * BAR, len(marks) - 1 + 5.5 * BAR)
    ax.set_yticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return ax


def _numbers(ax: Axes, place: int, stack: np.ndarray, top: np.ndarray) -> None:
    """Write the numbers of the classes beside the first or the last stack."""
    side = 1 if place else -1
    for kind in CLASSES:
        if stack[kind] >= LEAST:
            ax.text(place + 1.7 * side * BAR, top[kind] - stack[kind] / 2, mean_count(stack[kind]),
                    ha="left" if side > 0 else "right", va="center", fontsize=TINY,
                    color=INK)  # fmt: skip


def drawable(changes: ClassChanges) -> bool:
    """Return whether there is more than one year to move between."""
    return len(changes.marks) > 1


def picture(
    changes: ClassChanges, cities: CitySummary, reference: str, reading: str
) -> list[Figure]:
    """Return the finished picture of one reading, a key of `READINGS`, page by page."""
    arms = cities.arms
    if reading == "class_policy_recent" and len(arms) > 1:
        arms = [arm for arm in arms if arm != reference]
    flows = {arm: changes.flows(arm, reading) for arm in arms}
    first, last = changes.marks[0], changes.marks[-1]
    moved = [_moving(steps) for steps in flows.values()]
    words = SheetText(
        f"In {_years(changes.marks)} at most {count_span(min(moved), max(moved))} % of cities"
        f" change their class, by arm, {first} to {last}",
        f"Cities by class, {READINGS[reading]}; ribbons: cities by the class they come from",
        (f"{replications(cities.runs)}: {_numbers_of(cities)} at the ends.",),
    )

    def draw(ax: Axes, arm: str, _leftmost: bool, _lowest: bool) -> Axes:
        return alluvial(ax, flows[arm], changes.marks)

    return panels(words, arms, HEIGHT, CLASSES.values(), draw)


def _numbers_of(cities: CitySummary) -> str:
    several = int(cities.runs["replication"].nunique()) > 1
    return "mean numbers of cities" if several else "numbers of cities"


def _years(marks: tuple[int, ...]) -> str:
    """Return how long the steps are, in words."""
    steps = sorted({end - start for start, end in pairwise(marks)})
    if steps == [1]:
        return "one year"
    return f"{' to '.join(str(step) for step in steps)} years"


def _moving(steps: np.ndarray) -> float:
    """Return the largest share of cities that change class in a step, %."""
    staying = np.trace(steps, axis1=1, axis2=2) / steps.sum(axis=(1, 2))
    return float(100 * (1 - staying.min()))
