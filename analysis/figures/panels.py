"""Small multiples: one panel an arm, rules in columns and institutions in rows where both exist."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.headlines import by_institution
from analysis.figures.lines_of_text import LEADING, POINT, wrapped
from analysis.figures.sheet import MARGIN, Words, sheet
from analysis.figures.style import label, split
from analysis.figures.typography import BODY, SMALL, WIDTH

Place = tuple[int, int]
"""Row and column, from the upper left."""
WIDEST = 3.3
"""Of a panel, inches."""
LEGEND_LINE = 0.24
"""Height of a legend above the panels, inches."""


@dataclass(frozen=True, slots=True)
class Room:
    """Inches: a panel's height, and what is kept free around it for axes and their words."""

    height: float
    left: float = 0.5
    gap: float = 0.2
    below: float = 0.3


def places(arms: list[str], reference: str) -> dict[str, Place]:
    """Return the place of each arm's panel."""
    policies = [arm for arm in arms if arm != reference]
    groups = by_institution(policies)
    rules = list(dict.fromkeys(split(arm)[0] for arm in policies))
    if groups and len(rules) * len(groups) == len(policies) and len(rules) < 6:
        offset = int(reference in arms)
        rows = list(groups)
        crossed = {
            arm: (rows.index(split(arm)[1]), offset + rules.index(split(arm)[0]))
            for arm in policies
        }
        return {reference: (0, 0), **crossed} if offset else crossed
    rows_needed = -(-len(arms) // 4)
    columns = -(-len(arms) // rows_needed)
    return {arm: divmod(i, columns) for i, arm in enumerate(arms)}


def panel_sheet(
    words: Words,
    arms: dict[str, Place],
    room: Room,
    draw: Callable[[Axes, str], Axes],
    legend: list[Artist],
) -> Figure:
    """Return a figure of one panel an arm, with one legend in a free place or above the panels.

    Words on axes stay at the outer panels: the leftmost and the lowest of each column.
    """
    rows = 1 + max(row for row, _ in arms.values())
    columns = 1 + max(column for _, column in arms.values())
    step = (WIDTH - room.left - MARGIN) / columns
    width = min(step - room.gap, WIDEST)
    step = width + room.gap
    titles = {arm: title(arm, step - 0.04) for arm in arms}
    head = max(text.count("\n") + 1 for text in titles.values()) * BODY * LEADING * POINT + 0.1
    tall = head + room.height + room.below
    free = sorted({(r, c) for r in range(rows) for c in range(columns)} - set(arms.values()))
    above = 0 if free else LEGEND_LINE
    page = sheet(words, above + rows * tall + MARGIN)
    top = MARGIN + rows * tall

    def corner(place: Place) -> tuple[float, float]:
        row, column = place
        return room.left + column * step, top - (row + 1) * tall + room.below

    for arm, place in arms.items():
        ax = draw(page.axes(*corner(place), width, room.height), arm)
        ax.set_title(titles[arm])
        lowest = (place[0] + 1, place[1]) not in arms.values()
        _keep_outer_words(ax, first=place[1] == 0, lowest=lowest)
    left, bottom = corner(free[0]) if free else (room.left, top)
    page.figure.legend(
        handles=legend,
        loc="upper left" if free else "lower left",
        bbox_to_anchor=page.share(left, bottom + room.height if free else bottom),
        ncols=1 if free else len(legend),
        borderaxespad=0,
        fontsize=SMALL,
        labelspacing=0.8,
    )
    return page.figure


def title(arm: str, width: float) -> str:
    """Return the label of an arm as a title no wider than `width` inches, broken at commas."""
    parts = label(arm).split(", ")
    whole = wrapped(label(arm), width, BODY)
    lines = [line for part in parts for line in wrapped(part, width, BODY)]
    return "\n".join(whole if len(whole) == 1 else lines)


def _keep_outer_words(ax: Axes, *, first: bool, lowest: bool) -> None:
    if not first:
        ax.set_ylabel("")
        ax.tick_params(labelleft=False)
    if not lowest:
        ax.set_xlabel("")
