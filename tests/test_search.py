"""Search: mixes of levers that no other beats, run in the same worlds as the named rules."""

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis.experiment.comparison import no_message
from analysis.experiment.executors import pool_source
from analysis.experiment.lasting_pool import lasting
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext
from analysis.figures.front import draw_front
from analysis.figures.style import words
from analysis.uncertainty.levers import levers
from analysis.uncertainty.search import search
from analysis.uncertainty.search_result import Search, result_of, surely_better, worlds_kept
from analysis.uncertainty.search_task import SearchTask
from analysis.uncertainty.tried_arms import TriedArms
from data.errors import InputError
from model.allocation import RULES
from model.compile.compile import silent
from model.registry import parameter
from scenarios import Experiment, read_experiment
from scenarios.experiment import Arm
from scenarios.uncertainty import Uncertainty

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
    assert surely_better(own - 1.0, own, mixes=1)
    assert surely_better(own - 1.0 + 0.1 * noise, own, mixes=1)
    assert not surely_better(own - 0.1 + noise, own, mixes=1)
    assert not surely_better(own[:, :1] - 1.0, own[:, :1], mixes=1)


def test_of_many_mixes_no_better_on_one_objective_hardly_a_search_calls_one_surely_better() -> None:
    """Simulated: 100 searches of 50 mixes, each 3 better on three objectives and equal on one."""
    rng, searches, mixes = np.random.default_rng(0), 100, 50
    gain = np.array([3.0, 3.0, 3.0, 0.0])[:, None]
    wrong = 0
    for _ in range(searches):
        own = rng.normal(size=(4, 6))
        found = own - gain + 0.5 * rng.normal(size=(mixes, 4, 6))
        wrong += any(surely_better(mix, own, mixes) for mix in found)
    assert wrong <= 0.05 * searches


def test_a_mix_far_better_on_everything_is_surely_better_among_many() -> None:
    rng = np.random.default_rng(1)
    own = rng.normal(size=(4, 6))
    assert surely_better(own - 10.0 + 0.5 * rng.normal(size=(4, 6)), own, mixes=288)


def floors(folder: Path, small, **more: Any) -> Search:
    """Return a search over floors of the price, some above the ceilings that worlds draw."""
    ceiling = Uncertainty(key="market.price_ceiling", low=20.0, high=60.0, source="a draft")
    asked = experiment()
    policy = Arm(name="exchange", scenario=asked.arms[1].scenario)
    asked = asked.model_copy(
        update={"arms": (asked.arms[0], policy), "uncertainties": (ceiling,), "seed": 2}
    )
    return search(
        asked, over=["market.price_floor", "compliance.penalty_multiple"], objectives=OBJECTIVES,
        population=6, generations=2, worlds=4, economy=small, out=folder, executor=InTurn(), **more,
    )  # fmt: skip


def test_a_floor_above_a_drawn_ceiling_costs_its_own_mix_the_world_and_no_other(
    small, tmp_path
) -> None:
    done = floors(tmp_path / "r", small)
    ran, out = done.front, done.left_out
    assert (done.worlds, len(done.lost)) == (4, 0)
    assert 0 < len(out) < done.tried
    assert out["worlds"].between(0, 3).all()
    assert out["why"].str.contains("price_floor").all()
    assert out["market.price_floor"].min() > 20.0
    assert (ran["worlds"] == 4).all()
    assert ran["market.price_floor"].max() < out["market.price_floor"].min()
    assert done.named["worlds"].tolist() == [4]
    read = pd.read_csv(done.folder / "left_out.csv")
    assert read["worlds"].tolist() == out["worlds"].tolist()
    again = floors(tmp_path / "r", small, resume=True)
    pd.testing.assert_frame_equal(again.front, ran)
    pd.testing.assert_frame_equal(again.left_out, out)


def test_a_mix_that_makes_no_scenario_ends_no_search(small, tmp_path) -> None:
    """A floor above the ceiling that the experiment sets for all worlds."""
    asked = read_experiment(
        "allocation_rules", ["horizon.end=2013", "market.price_ceiling=25"]
    ).model_copy(update={"claims": ()})
    asked = asked.model_copy(update={"arms": asked.arms[:2]})
    done = search(
        asked, over=["market.price_floor"], objectives=OBJECTIVES, population=6, generations=2,
        worlds=2, economy=small, out=tmp_path / "r", executor=InTurn(),
    )  # fmt: skip
    assert (done.left_out["worlds"] == 0).all()
    assert done.left_out["market.price_floor"].min() > 25.0
    assert done.front["market.price_floor"].max() < 25.0


def arms_of(values: np.ndarray, name: str, why: dict[int, str]) -> TriedArms:
    """Return as many arms as values has rows, the first of which could not be run somewhere."""
    return TriedArms(tuple(f"{name}{n}" for n in range(len(values))), values, {f"{name}0": why})


def compared(folder: Path, mixes: np.ndarray, named: np.ndarray) -> Search:
    """Return the result of a search of values that are known; (arms, objectives, worlds)."""
    task = SearchTask(
        experiment(), levers(["compliance.penalty_multiple"]), OBJECTIVES, np.ones(2),
        mixes.shape[2], folder, pool_source(InTurn(), 1), None, False, silent, no_message,
    )  # fmt: skip
    tried, rules = arms_of(mixes, "mix", {1: "no"}), arms_of(named, "rule", {0: "no", 1: "no"})
    found = [{"compliance.penalty_multiple": float(n)} for n in range(len(mixes))]
    return result_of(task, found, tried, rules, worlds_kept(tried, rules))


def test_a_rule_that_misses_worlds_is_compared_in_those_that_it_ran_in(tmp_path) -> None:
    """A mix that costs 9 where the rule cannot run, and 1 to its 2 elsewhere, beats it."""
    mix, rule = np.ones((1, 2, 4)), np.full((1, 2, 4), 2.0)
    mix[:, :, :2], rule[:, :, :2] = 9.0, np.nan
    row = compared(tmp_path, mix, rule).named.iloc[0]
    assert (row["worlds"], row["beaten_by"], row["why"]) == (2, 1, "world 0: no")


def test_a_rule_that_ran_in_few_worlds_is_not_called_unbeaten(tmp_path) -> None:
    mix, rule = np.ones((1, 2, 4)), np.full((1, 2, 4), 0.5)
    rule[:, :, :3] = np.nan
    done = compared(tmp_path, mix, rule)
    assert done.unbeaten == []
    assert done.compared.empty
    assert done.named["worlds"].tolist() == [1]


def test_a_mix_that_misses_a_world_beats_nothing_however_good_it_is(tmp_path) -> None:
    mixes, rule = np.ones((2, 2, 4)), np.full((1, 2, 4), 0.5)
    mixes[0] = 0.1
    mixes[0, :, 1] = np.nan
    done = compared(tmp_path, mixes, rule)
    assert done.unbeaten == ["rule0"]
    assert done.front[list(OBJECTIVES)].to_numpy().tolist() == [[1.0, 1.0]]
    assert done.left_out[["worlds", "why"]].to_numpy().tolist() == [[3, "world 1: no"]]


def test_a_world_that_nothing_can_be_run_in_is_left_out_and_said(tmp_path) -> None:
    mix, rule = np.ones((1, 2, 4)), np.full((1, 2, 4), 2.0)
    mix[:, :, 1], rule[:, :, 1] = np.nan, np.nan
    done = compared(tmp_path, mix, rule)
    assert (done.worlds, dict(done.lost)) == (3, {1: "no"})
    assert done.left_out.empty


def test_a_search_in_which_no_mix_runs_everywhere_says_why(tmp_path) -> None:
    mix, rule = np.ones((1, 2, 4)), np.full((1, 2, 4), 2.0)
    mix[:, :, 1] = np.nan
    with pytest.raises(InputError, match="none of 1 mixes could be run in every world; world 1"):
        compared(tmp_path, mix, rule)


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
