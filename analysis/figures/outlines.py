"""Outlines of the regions, projected for the map."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from matplotlib.path import Path

from data.importing.map_file import Parts, Rings
from data.readers.figures import read_regions
from data.readers.verified import verified_bytes

NAMED = ("Beijing", "Shanghai", "Guangzhou", "Chongqing", "Wuhan", "Xi'an", "Shenyang", "Urumqi")
"""Cities named on the map, for orientation."""
PARALLELS, MERIDIAN = (25.0, 47.0), 105.0
"""Standard parallels and central meridian of the Albers projection, degrees."""
MARGIN = 0.04
"""Room around a map that somebody gives, share of its larger side."""
WIDE = 120.0
"""Degrees of longitude from which a map is no longer drawn on a cone."""
Projection = Callable[[np.ndarray, np.ndarray], np.ndarray]
WHOLE = frozenset({"460000", "530000", "540000", "630000"})
"""Provinces kept undivided: Hainan, Yunnan, Xizang, Qinghai."""


NOTE = (
    "Study area only; areas without data are left blank. Hong Kong, Macao and Taiwan are outside"
    " the study's data. No statement about boundaries."
)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outlines of the regions, projected, km."""

    areas: dict[str, Path]
    """By region code; a hole shows what lies in it: another city, or nothing."""
    seats: dict[str, tuple[float, float]]
    """Of the named cities."""
    whole_provinces: frozenset[str]
    """Codes of the regions that are part of the economy and no players."""
    note: str = NOTE
    """What is said below the map."""
    margin: float = 60.0
    """Around the map, km."""


def albers(
    lon: np.ndarray,
    lat: np.ndarray,
    parallels: tuple[float, float] = PARALLELS,
    meridian: float = MERIDIAN,
) -> np.ndarray:
    """Project degrees to km by Albers' equal-area conic (Snyder 1987, eq. 14-1 to 14-6), sphere."""
    first, second = np.radians(parallels)
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    rho = 6371.0 * np.sqrt(c - 2 * n * np.sin(np.radians(lat))) / n
    theta = n * np.radians(lon - meridian)
    return np.stack([rho * np.sin(theta), -rho * np.cos(theta)], axis=-1)


@cache
def outlines() -> Outlines:
    """Return the outlines of all regions of the study."""
    regions = read_regions()
    areas = {}
    for feature in json.loads(verified_bytes("regions.geojson"))["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        areas[feature["properties"]["region_code"]] = _area(parts, albers)
    seats = albers(regions.lon, regions.lat)
    named = {name: seats[regions.names.index(name)] for name in NAMED if name in regions.names}
    places = {name: (float(x), float(y)) for name, (x, y) in named.items()}
    return Outlines(areas, places, WHOLE & frozenset(areas))


def own_outlines(rings: Rings) -> Outlines:
    """Return outlines given by region code in degrees, projected for where they lie."""
    points = np.concatenate([ring for parts in rings.values() for part in parts for ring in part])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    project: Projection = behrmann
    if south * north > 0 and east - west < WIDE:
        sixth = (north - south) / 6
        project = partial(
            albers, parallels=(south + sixth, north - sixth), meridian=(west + east) / 2
        )
    areas = {code: _area(parts, project) for code, parts in rings.items()}
    everywhere = np.concatenate([path.vertices for path in areas.values()])
    margin = MARGIN * float(np.ptp(everywhere, axis=0).max())
    return Outlines(areas, {}, frozenset(), "Outlines as given with the table.", margin)


def outlines_of(rings: Rings | None) -> Outlines:
    """Return the outlines given by region code, or those of the study where there are none."""
    return own_outlines(rings) if rings else outlines()


def behrmann(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Project degrees to km by Behrmann's equal-area cylinder (Snyder 1987, eq. 10-1), sphere."""
    scale = np.cos(np.radians(30.0))
    return 6371.0 * np.stack([np.radians(lon) * scale, np.sin(np.radians(lat)) / scale], axis=-1)


def _area(parts: Parts, project: Projection) -> Path:
    return Path.make_compound_path(
        *(
            _turned(np.array(ring, dtype=np.float64), project, hole=number > 0)
            for part in parts
            for number, ring in enumerate(part)
        )
    )


def _turned(ring: np.ndarray, project: Projection, *, hole: bool) -> Path:
    """Return a ring, projected and closed, holes turned against the rings around them."""
    points = project(ring[:, 0], ring[:, 1])
    x, y = points.T
    clockwise = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) < 0
    return Path(points if clockwise == hole else points[::-1], closed=True)
