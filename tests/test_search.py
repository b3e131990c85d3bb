"""Search: mixes of levers that no other beats, run in the same worlds as the named rules."""

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis.experiment.lasting_pool import lasting
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext
from analysis.figures.front import draw_front
from analysis.figures.style import words
from analysis.uncertainty.levers import levers
from analysis.uncertainty.search import search
from analysis.uncertainty.search_result import surely_better
from data.errors import InputError
from model.allocation import RULES
from model.registry import parameter
from scenarios import Experiment, read_experiment

search_module = import_module("analysis.uncertainty.search")


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
        ({"over": ["cap.path"]}, "--levers cap.path: its words have parameters of their own"),
        ({"objectives": ["emisions"]}, "--objectives emisions: nothing to search for; did you"),
        ({"objectives": ["price"]}, "--objectives price: nothing to search for"),
    ],
)
def test_a_wrong_lever_or_objective_gets_the_nearest(change, said, small, tmp_path) -> None:
    with pytest.raises(InputError, match=said):
        search(experiment(), economy=small, out=tmp_path / "r", **change)


def test_one_pool_of_workers_serves_all_generations(small, tmp_path, monkeypatch) -> None:
    entered, kept = [], search_module.pool_source

    def counted(*words):
        source = kept(*words)

        def counting(context, runs):
            entered.append(context.mark)
            return source(context, runs)

        return counting

    monkeypatch.setattr(search_module, "pool_source", counted)
    searched(small, tmp_path / "r")
    assert len(entered) == 1


def test_workers_that_died_are_replaced_and_the_new_ones_last() -> None:
    opened, closed = [], []

    @contextmanager
    def source(context, runs):
        opened.append(context.mark)
        yield WorkerPool(InTurn(), len(opened))
        closed.append(context.mark)

    contexts = [WorkerContext(mark, "", Path(), b"", "") for mark in ("a", "b", "b", "c")]
    with lasting(source) as pools:
        workers = []
        for context in contexts:
            with pools(context, 3) as pool:
                workers.append(pool.workers)
        assert closed == ["a"]
    assert workers == [1, 1, 2, 2]
    assert opened == ["a", "b"]
    assert len(closed) == 2


def test_a_search_too_large_for_the_time_says_which_fits(small, tmp_path) -> None:
    with pytest.raises(InputError, match=r"4 mixes take about .*, not 1e-09 minutes: take"):
        searched(small, tmp_path / "r", minutes=1e-9)


def test_a_mix_is_surely_better_only_where_it_is_on_every_objective() -> None:
    own = np.array([[5.0, 6.0, 5.5, 6.5], [2.0, 2.1, 2.2, 2.3]])
    noise = np.array([[0.0, 0.1, -0.1, 0.05], [1.0, -1.0, 0.9, -0.8]])
    assert surely_better(own - 1.0, own)
    assert surely_better(own - 1.0 + 0.1 * noise, own)
    assert not surely_better(own - 0.1 + noise, own)
    assert not surely_better(own[:, :1] - 1.0, own[:, :1])


def test_a_search_over_few_words_ends_once_all_are_tried(small, tmp_path) -> None:
    told: list[str] = []
    found = search(
        experiment(), over=["market.institution"], objectives=OBJECTIVES, population=4,
        generations=5, worlds=2, economy=small, out=tmp_path / "r", executor=InTurn(),
        message=told.append,
    )  # fmt: skip
    assert found.tried == len(levers(["market.institution"])[0].words)
    assert f"all {found.tried} mixes of these levers have been tried" in told


@dataclass(frozen=True)
class Demanding:
    """A parameter without a default."""

    power: float = parameter(..., "1", "a choice", "Power of residents.")


def test_a_word_that_needs_a_number_is_no_lever(monkeypatch) -> None:
    monkeypatch.setattr(RULES, "_entries", dict(RULES.entries()))
    RULES.register("mine")(lambda *_: None)
    RULES.register("demanding", parameters=Demanding)(lambda *_: None)
    words = levers(["allocation.rule"])[0].words
    assert "mine" in words
    assert "demanding" not in words


def test_the_picture_names_every_rule_and_marks_those_that_a_mix_beats(done, tmp_path) -> None:
    named = done.named.assign(beaten_by=[9, *[0] * (len(done.named) - 1)])
    objectives = [(word, "1") for word in OBJECTIVES]
    (_, picture) = draw_front(done.front, named, objectives, tmp_path)
    text = picture.read_text(encoding="utf-8")
    for arm in named["arm"]:
        assert words(arm) in text
    assert text.count("beaten by 9 mixes") == 1
