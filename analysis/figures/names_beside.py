"""Names beside points, so placed that none meets another, a point or the edge."""

from itertools import product

import numpy as np
from matplotlib.axes import Axes

from analysis.figures.lines_of_text import POINT, text_width
from analysis.figures.style import GREY, PAPER
from analysis.figures.typography import TINY

SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
"""Right, left, above, below, then aslant: where a name may stand, in this order."""
NEAR, FURTHER = 3.4, (9.0, 15.0, 22.0, 30.0)
"""Distances from a point, points of type; the further ones with a line to the point."""
REACH = 2.2
"""Half the width of a point, points of type."""
NO_POINTS = np.empty((0, 2))


def write_names(
    ax: Axes,
    named: dict[str, tuple[float, float]],
    others: np.ndarray = NO_POINTS,
    lines: np.ndarray = NO_POINTS,
    *,
    opacity: float = 0.65,
) -> list[str]:
    """Write names on a pale ground, most important first; return those without a free place.

    Call it after the limits are set; places are in data. No name covers a place of `named` or of
    `others`, (n, 2); it may cover one of `lines`, points along lines, where it would otherwise
    stand further away.
    """
    ax.apply_aspect()
    point = ax.figure.get_dpi() * POINT
    edge = np.asarray(ax.get_window_extent().get_points()) / point

    def squares(places: np.ndarray) -> np.ndarray:
        centres = ax.transData.transform(places.reshape(-1, 2)) / point
        return np.concatenate([centres - REACH, centres + REACH], axis=1)

    taken, struck = squares(np.concatenate([others, list(named.values())])), squares(lines)
    ground = {"facecolor": PAPER, "alpha": opacity, "pad": 0.4, "linewidth": 0}
    leader = {"arrowstyle": "-", "color": GREY, "linewidth": 0.4, "shrinkA": 0, "shrinkB": 2}
    unwritten = []
    for name, place in named.items():
        at = ax.transData.transform(place) / point
        size = np.array([text_width(name, TINY) / POINT, TINY * 1.15])
        spot = _free(at, size, taken, struck, edge)
        if spot is None:
            unwritten.append(name)
            continue
        low, distance = spot
        taken = np.vstack([taken, [*low, *(low + size)]])
        middle = low + size / 2 - at
        ax.annotate(
            name,
            place,
            (float(middle[0]), float(middle[1])),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=TINY,
            arrowprops=None if distance == NEAR else leader,
            bbox=ground,
        )
    return unwritten


def _free(
    at: np.ndarray, size: np.ndarray, taken: np.ndarray, struck: np.ndarray, edge: np.ndarray
) -> tuple[np.ndarray, float] | None:
    """Return the lower left corner of the best free spot beside a point, and its distance."""
    everything = np.concatenate([taken, struck])
    for distances, boxes in product(((NEAR,), FURTHER), (everything, taken)):
        for distance, side in product(distances, np.array(SIDES, dtype=np.float64)):
            reach = distance / max(1.0, float(np.hypot(*side))) + size / 2
            low = at + side * reach - size / 2
            high = low + size
            inside = bool((low >= edge[0]).all() and (high <= edge[1]).all())
            meets = (boxes[:, :2] < high).all(axis=1) & (boxes[:, 2:] > low).all(axis=1)
            if inside and not meets.any():
                return low, distance
    return None
