"""Outlines of regions from a GeoJSON file: longitudes and latitudes, by region code."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from data.errors import InputError

LARGEST = 2**28
"""Bytes up to which a map is read; coarser outlines look the same."""
Parts = list[list[list[list[float]]]]
"""Polygons of a region, each a list of rings of points; rings after the first are holes."""
Rings = Mapping[str, Parts]


def read_map(
    path: Path, key: str | None, codes: Sequence[str], names: Sequence[str]
) -> tuple[dict[str, Parts], str]:
    """Return the outlines of regions by code, and what they were told by.

    Features are matched with regions by a property that is the code or the name: the one named by
    `key`, else the one that fits the most.

    Raises
    ------
    InputError
        If the file is no GeoJSON of polygons in degrees, or no region is in it.
    """
    features = _features(path)
    of_word = dict(zip(names, codes, strict=True)) | dict(zip(codes, codes, strict=True))
    fits = Counter(
        name
        for feature in features
        for name, word in (feature.get("properties") or {}).items()
        if str(word) in of_word
    )
    chosen = key or (fits.most_common(1)[0][0] if fits else "")
    found: dict[str, Parts] = {}
    for feature in features:
        word = str((feature.get("properties") or {}).get(chosen))
        if word in of_word:
            found.setdefault(of_word[word], []).extend(_parts(path, word, feature))
    if not found:
        raise InputError(
            f"{path}: no property{f' {key!r}' if key else ''} of its features is the code or name"
            f" of a region, such as {codes[0]}; set map.key, or mend the names"
        )
    return found, f"{len(found)} of {len(codes)} regions, by property {chosen!r} of {path.name}"


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than {LARGEST} bytes; simplify the outlines")
        content = json.loads(path.read_bytes())
        features = list(content["features"])
        if all(isinstance(feature, dict) for feature in features):
            return features
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputError(f"{path}: is no GeoJSON with features; export it anew")


def _parts(path: Path, word: str, feature: Mapping[str, Any]) -> Parts:
    try:
        kind, parts = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        parts = {"Polygon": [parts], "MultiPolygon": parts}[kind]
        rings = [[np.array(ring, dtype=np.float64)[:, :2] for ring in part] for part in parts]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError(f"{path}: {word} is no polygon; export areas, not points") from error
    points = np.concatenate([ring for part in rings for ring in part])
    if not (np.isfinite(points).all() and (np.abs(points) <= (180.0, 90.0)).all()):
        raise InputError(
            f"{path}: {word} lies outside of longitudes and latitudes; export it in degrees"
        )
    return [[ring.tolist() for ring in part] for part in rings]
