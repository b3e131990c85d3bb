"""Maps of an economy of one's own, from the user's GeoJSON."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from own_economies import few_arms

from analysis import compare
from analysis.figures.outlines import behrmann, own_outlines
from data.errors import InputError
from data.importing.import_economy import import_economy
from data.importing.template import write_template

SOUTH = [[[10.0, 40.0], [20.0, 40.0], [20.0, 50.0], [10.0, 50.0], [10.0, 40.0]]]
NORTH = [[[10.0, 50.0], [20.0, 50.0], [20.0, 60.0], [10.0, 60.0], [10.0, 50.0]],
         [[14.0, 54.0], [16.0, 54.0], [16.0, 56.0], [14.0, 56.0], [14.0, 54.0]]]  # fmt: skip


def feature(name: str, coordinates, kind: str = "Polygon") -> dict:
    """Return a feature of GeoJSON."""
    shape = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"id": 7, "NAME": name}, "geometry": shape}


def with_map(folder: Path, *features) -> Path:
    """Write the template with a map."""
    write_template(folder)
    content = {"type": "FeatureCollection", "features": list(features)}
    (folder / "map.geojson").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_pictures_have_the_map_that_the_user_gives(tmp_path) -> None:
    source = with_map(
        tmp_path / "tables", feature("North", NORTH), feature("South", [SOUTH], "MultiPolygon")
    )
    made = import_economy(source, tmp_path / "kept", overrides=["map.file=map.geojson"])
    assert made.said["map"] == "2 of 2 regions, by property 'NAME' of map.geojson"
    asked = few_arms("allocation_rules", "horizon.base_year=2015", "horizon.end=2017")
    found = compare(asked, replications=1, workers=0, economy=tmp_path / "kept",
                    out=tmp_path / "results")  # fmt: skip
    drawn = {path.name: path for path in found.pictures}
    assert "map_classes.svg" in drawn
    text = drawn["map_classes.svg"].read_text(encoding="utf-8")
    assert "Hong Kong" not in text


def area(path) -> float:
    """Return the area within outlines, holes taken off."""
    return abs(
        sum(
            0.5 * float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))
            for ring in path.to_polygons(closed_only=True)
            for x, y in [ring.T]
        )
    )


def test_areas_keep_their_size_wherever_they_lie() -> None:
    """A cell of ten by ten degrees: R² Δλ (sin φ₂ − sin φ₁), less a hole of two by two."""

    def on_a_sphere(south: float, north: float, wide: float) -> float:
        return 6371.0**2 * np.radians(wide) * float(np.diff(np.sin(np.radians([south, north])))[0])

    near = own_outlines({"N": [NORTH], "S": [SOUTH]}).areas
    assert_allclose(area(near["S"]), on_a_sphere(40, 50, 10), rtol=0.01)
    expected = on_a_sphere(50, 60, 10) - on_a_sphere(54, 56, 2)
    assert_allclose(area(near["N"]), expected, rtol=0.01)
    far = [[[x + 150.0, y - 60.0] for x, y in SOUTH[0]]]
    world = own_outlines({"N": [NORTH], "F": [far]}).areas
    assert_allclose(area(world["F"]), on_a_sphere(-20, -10, 10), rtol=1e-9)
    assert behrmann(np.array([180.0]), np.array([90.0])).shape == (1, 2)


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([feature("East", SOUTH)], "is the code or name of a region, such as North"),
        ([feature("North", [10.0, 40.0], "Point")], "North is no polygon"),
        ([feature("North", [[[5e5, 4e6], [6e5, 4e6], [5e5, 4e6]]])], "export it in degrees"),
        ([3], "is no GeoJSON with features"),
    ],
)
def test_a_map_that_cannot_be_drawn_is_refused_in_one_line(features, said, tmp_path) -> None:
    source = with_map(tmp_path / "tables", *features)
    with pytest.raises(InputError) as refused:
        import_economy(source, tmp_path / "kept", overrides=["map.file=map.geojson"])
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "kept").exists()
