"""The map of results of an economy of one's own, which lies beside their tables."""

import json
from collections.abc import Sequence
from pathlib import Path

from data.atomic import atomic
from data.importing.map_file import Rings, read_map

NAME = "map.geojson"
KEY = "region_code"


def write_map(folder: Path, rings: Rings) -> None:
    """Write the outlines of regions, by code, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {KEY: code},
            "geometry": {"type": "MultiPolygon", "coordinates": parts},
        }
        for code, parts in rings.items()
    ]
    with atomic(folder / NAME) as draft:
        content = {"type": "FeatureCollection", "features": features}
        draft.write_text(json.dumps(content), encoding="utf-8")


def map_of(folder: Path, codes: Sequence[str], names: Sequence[str]) -> Rings | None:
    """Return the outlines that lie beside results, if any do; raises as `read_map`."""
    path = folder / NAME
    return read_map(path, KEY, codes, names)[0] if path.is_file() else None
