"""The animation: a picture a year, in classes that keep their borders."""

import numpy as np
import pandas as pd
import pytest
from at_the_door import door
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from reported import results

from analysis.report import write_animation
from analysis.report.animation import LAST, SHARES, SIGNED_SHARES, borders_of, kinds_of
from analysis.report.measures import SHOWN

__all__ = ["door", "results"]


def test_it_has_a_picture_a_year_and_rests_on_the_last(results, tmp_path) -> None:
    place = write_animation(results, tmp_path / "map.gif")
    with Image.open(place) as picture:
        years = pd.read_parquet(results / "national.parquet")["year"].nunique()
        assert picture.n_frames == years
        seen = []
        for frame in range(years):
            picture.seek(frame)
            seen.append(picture.convert("RGB").tobytes())
        assert len(set(seen)) == years
        assert picture.info["duration"] == LAST


def test_the_same_results_give_the_same_file_and_another_policy_another(results, tmp_path) -> None:
    one, same, other = (
        write_animation(results, tmp_path / f"{name}.gif", arm=arm).read_bytes()
        for name, arm in (("a", ""), ("b", "grandfathering+exchange"), ("c", "no_policy"))
    )
    assert one == same
    assert one != other


@pytest.mark.parametrize("measure", SHOWN)
def test_every_measure_of_the_report_can_be_shown(door, results, tmp_path, measure) -> None:
    answer = door("animate", str(results), "--out", str(tmp_path / "m.gif"), "--measure", measure)
    assert answer.code == 0
    assert answer.out.startswith("Written: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "map.mp4"), "ends in .gif"),
        (("--arm", "nobody"), "no such arm"),
        (("--measure", "emission"), "did you mean emissions"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_line(door, results, tmp_path, words, told) -> None:
    out = () if words[0] == "--out" else ("--out", str(tmp_path / "x.gif"))
    answer = door("animate", str(results), *out, *words)
    assert answer.refused_in_one_line
    assert told in answer.err


def test_a_file_that_is_there_is_kept(door, results, tmp_path) -> None:
    there = tmp_path / "map.gif"
    there.write_text("mine")
    assert door("animate", str(results), "--out", str(there)).refused_in_one_line
    assert there.read_text() == "mine"


@given(arrays(np.float64, 30, elements=st.floats(-50.0, 50.0)))
def test_a_larger_value_never_has_a_lower_class(values) -> None:
    for signed, shares in ((True, SIGNED_SHARES), (False, SHARES)):
        own = values if signed else np.abs(values)
        borders = borders_of(own, shares)
        kinds = kinds_of(own, borders, signed=signed)
        assert (np.diff(kinds[np.argsort(own)]) >= 0).all()
        assert kinds.min() >= 0
        assert kinds.max() <= (2 if signed else 1) * len(borders)


@given(st.sampled_from([np.nan, np.inf]))
def test_what_is_no_number_has_no_class(missing) -> None:
    assert kinds_of(np.array([missing]), [1.0], signed=True).tolist() == [-1]
