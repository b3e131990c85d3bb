"""Outlines of the regions, projected for the map."""

import json
from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.path import Path

from data.readers.figures import read_regions
from data.readers.verified import verified_bytes

NAMED = ("Beijing", "Shanghai", "Guangzhou", "Chongqing", "Wuhan", "Xi'an", "Shenyang", "Urumqi")
"""Cities named on the map, for orientation."""
PARALLELS, MERIDIAN = (25.0, 47.0), 105.0
"""Standard parallels and central meridian of the Albers projection, degrees."""
WHOLE = frozenset({"460000", "530000", "540000", "630000"})
"""Provinces kept undivided: Hainan, Yunnan, Xizang, Qinghai."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outlines of the regions, projected, km."""

    areas: dict[str, Path]
    """By region code; a hole shows what lies in it: another city, or nothing."""
    seats: dict[str, tuple[float, float]]
    """Of the named cities."""
    whole_provinces: frozenset[str]
    """Codes of the regions that are part of the economy and no players."""


def albers(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Project degrees to km by Albers' equal-area conic (Snyder 1987, eq. 14-1 to 14-6), sphere."""
    first, second = np.radians(PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    rho = 6371.0 * np.sqrt(c - 2 * n * np.sin(np.radians(lat))) / n
    theta = n * np.radians(lon - MERIDIAN)
    return np.stack([rho * np.sin(theta), -rho * np.cos(theta)], axis=-1)


@cache
def outlines() -> Outlines:
    """Return the outlines of all regions of the study."""
    regions = read_regions()
    areas = {}
    for feature in json.loads(verified_bytes("regions.geojson"))["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = [
            _turned(np.array(ring, dtype=np.float64), hole=number > 0)
            for part in parts
            for number, ring in enumerate(part)
        ]
        areas[feature["properties"]["region_code"]] = Path.make_compound_path(*rings)
    seats = albers(regions.lon, regions.lat)
    named = {name: seats[regions.names.index(name)] for name in NAMED if name in regions.names}
    places = {name: (float(x), float(y)) for name, (x, y) in named.items()}
    return Outlines(areas, places, WHOLE & frozenset(areas))


def _turned(ring: np.ndarray, *, hole: bool) -> Path:
    """Return a ring, projected and closed, holes turned against the rings around them."""
    points = albers(ring[:, 0], ring[:, 1])
    x, y = points.T
    clockwise = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) < 0
    return Path(points if clockwise == hole else points[::-1], closed=True)
