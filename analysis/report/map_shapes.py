"""Outlines of the cities as paths of SVG, in whole kilometres."""

import numpy as np
from matplotlib.path import Path

from analysis.figures.outlines import Outlines

MARGIN = 40
"""Around the map, km."""


def map_shapes(codes: list[str], names: list[str], shapes: Outlines) -> dict[str, object]:
    """Return the paths by position of the city, those of whole provinces, and the frame, km.

    Whole provinces are part of the economy and no players; they are drawn where any city is.
    """
    known = [code for code in codes if code in shapes.areas]
    whole = sorted(shapes.whole_provinces.difference(known)) if known else []
    if not known:
        return {"cities": [""] * len(codes), "whole": [], "frame": [0, 0, 1, 1], "seats": []}
    corners = np.concatenate([shapes.areas[code].vertices for code in [*known, *whole]])
    left, top = corners[:, 0].min() - MARGIN, corners[:, 1].max() + MARGIN
    width = corners[:, 0].max() + MARGIN - left
    height = top - corners[:, 1].min() + MARGIN
    return {
        "cities": [
            written(shapes.areas[code], left, top) if code in shapes.areas else "" for code in codes
        ],
        "whole": [written(shapes.areas[code], left, top) for code in whole],
        "frame": [0, 0, round(width), round(height)],
        "seats": _seats(names, shapes, left, top),
    }


def _seats(
    names: list[str], shapes: Outlines, left: float, top: float
) -> list[tuple[int, int, int]]:
    """Return position of the city, x and y of those that a map names, for orientation."""
    return [
        (names.index(name), round(x - left), round(top - y))
        for name, (x, y) in shapes.seats.items()
        if name in names
    ]


def written(path: Path, left: float, top: float) -> str:
    """Return an outline as SVG writes it: each ring from its first point, then by steps."""
    text = []
    for ring in path.to_polygons(closed_only=False):
        x, y = np.asarray(ring, dtype=np.float64).T
        points = np.rint(np.stack([x - left, top - y], axis=1)).astype(int)
        steps = np.diff(points, axis=0)
        moved = steps[np.any(steps != 0, axis=1)]
        pairs = " ".join(f"{east} {south}" for east, south in moved)
        text.append(f"M{points[0, 0]} {points[0, 1]}l{pairs}z" if len(moved) else "")
    return "".join(text)
