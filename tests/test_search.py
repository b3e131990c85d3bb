"""Search: mixes of levers that no other beats, run in the same worlds as the named rules."""

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis.uncertainty.search import search
from data.errors import InputError
from scenarios import Experiment, read_experiment


def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:4], "claims": ()})


OVER = ("allocation.rule", "compliance.penalty_multiple")
OBJECTIVES = ("emissions", "abatement_cost")


def searched(small, folder, **more):
    return search(
        experiment(), over=OVER, objectives=OBJECTIVES, population=4, generations=2, worlds=2,
        economy=small, out=folder, executor=InTurn(), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def done(small, tmp_path_factory):
    return searched(small, tmp_path_factory.mktemp("search") / "r")


def test_no_mix_of_the_front_beats_another(done) -> None:
    points = done.front[list(OBJECTIVES)].to_numpy()
    for one in points:
        assert not ((points <= one).all(axis=1) & (points < one).any(axis=1)).any()


def test_every_mix_and_every_named_rule_is_run_in_the_same_worlds(done, small) -> None:
    assert done.tried == 8
    assert done.named["arm"].tolist() == [arm.name for arm in experiment().arms[1:]]
    stores = sorted(done.folder.glob("generation-*"))
    assert len(stores) == 3
    for folder in stores:
        (part,) = folder.glob("part-*.parquet")
        assert pd.read_parquet(part)["world"].tolist() == [0, 1]


def test_a_named_rule_counts_the_mixes_that_beat_it_on_everything(done) -> None:
    front = done.front[list(OBJECTIVES)].to_numpy()
    for row in done.named.to_dict("records"):
        own = np.array([row[word] for word in OBJECTIVES])
        assert row["beaten_by"] == (front < own).all(axis=1).sum()
        assert (row["beaten_by"] == 0) == (row["arm"] in done.unbeaten)


def test_a_search_that_goes_on_comes_to_the_same_front(done, small) -> None:
    seen = []
    again = searched(
        small, done.folder, resume=True,
        progress=lambda stage, so_far, _: seen.append(so_far) if stage == "worlds" else None,
    )  # fmt: skip
    pd.testing.assert_frame_equal(again.front, done.front)
    assert seen == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"over": ["allocation.rle"]}, "--levers allocation.rle: no such lever; did you mean"),
        ({"objectives": ["emisions"]}, "--objectives emisions: nothing to search for; did you"),
        ({"objectives": ["price"]}, "--objectives price: nothing to search for"),
    ],
)
def test_a_wrong_lever_or_objective_gets_the_nearest(change, said, small, tmp_path) -> None:
    with pytest.raises(InputError, match=said):
        search(experiment(), economy=small, out=tmp_path / "r", **change)
