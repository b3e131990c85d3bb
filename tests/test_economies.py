"""Drawn economies as a dimension of an experiment: paired across arms, and told in the tables."""

import numpy as np
import pandas as pd
import pytest
from invented import economy_of
from numpy.testing import assert_allclose
from test_executors import InTurn

from analysis import compare
from analysis.experiment import assessment, drawing, grounds, workers
from analysis.outcomes.order import surviving
from data.compiled.draws import NoEconomy
from data.errors import InputError
from scenarios import Experiment, read_experiment
from simulation import Laboratory


@pytest.fixture
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(
        update={"arms": full.arms[:3], "replications": 4, "economies": 2, "name": "trial"}
    )


@pytest.fixture
def invented(monkeypatch) -> list[int]:
    """Invented economies for drawn ones, number by number; the list says which were loaded."""
    loaded: list[int] = []

    def load_drawn(_year, number, by_category=False):
        loaded.append(number)
        return economy_of(number)

    for module in (assessment, workers):
        monkeypatch.setattr(module, "load_drawn", load_drawn)
    monkeypatch.setattr(drawing, "keep_drawn", load_drawn)
    monkeypatch.setattr(workers, "_laboratories", {})  # other tests may have left the real one
    for module in (grounds, workers):
        monkeypatch.setattr(module, "load_economy", lambda *_, **__: economy_of(0))
    monkeypatch.setattr(grounds, "economies_identity", lambda _: "invented")
    return loaded


def test_replications_take_the_economies_in_turn_and_every_arm_the_same(
    experiment, invented, tmp_path
) -> None:
    found = compare(experiment, out=tmp_path / "out", executor=InTurn(), pictures=False)
    cities = found.cities
    number = cities.groupby(["arm", "replication"], observed=True)["economy"].agg(["min", "max"])
    assert (number["min"] == number["max"]).all()
    for name in experiment.arms:
        assert number["min"].loc[name.name].tolist() == [1, 2, 1, 2]
    arm = experiment.arms[1]
    alone = Laboratory(economy_of(2)).run(arm.scenario, experiment.seed, 3)
    rows = cities[(cities["arm"] == arm.name) & (cities["replication"] == 3)]
    assert_allclose(rows["emissions"], alone.recorder.cities["emissions"].ravel(), rtol=0)
    assert set(cities["rule"].astype(str)) == {a.scenario.allocation.rule for a in experiment.arms}


def test_runs_are_done_economy_by_economy_so_that_a_worker_holds_one(
    experiment, invented, tmp_path
) -> None:
    compare(experiment, out=tmp_path / "out", executor=InTurn(), pictures=False)
    by_workers = invented[2:4]  # the first two are compiled before any run
    assert by_workers == [1, 2]


def test_the_intervals_of_several_economies_are_wider_than_those_of_one(
    experiment, invented, tmp_path
) -> None:
    several = compare(experiment, out=tmp_path / "a", executor=InTurn(), pictures=False)
    one = compare(experiment, economies=1, out=tmp_path / "b", executor=InTurn(), pictures=False)

    def spread(found) -> float:
        national = found.national
        last = national[(national["year"] == 2014) & (national["arm"] == experiment.reference)]
        return float(last["emissions"].std())

    assert spread(one) == 0.0  # without policy chance moves nothing
    assert spread(several) > 0.0


def test_the_order_of_two_arms_is_held_in_the_replications_in_which_it_is(
    experiment, invented, tmp_path
) -> None:
    found = compare(experiment, out=tmp_path / "out", executor=InTurn(), pictures=False)
    pair = [arm.name for arm in experiment.arms if arm.name != experiment.reference]
    row = found.order[found.order["outcome"] == "abatement_cost"].iloc[0]
    assert {row["better"], row["worse"]} == set(pair)
    national = found.national
    cost = national.groupby(["arm", "replication"], observed=True)["abatement_cost"].sum()
    assert row["share"] == (cost.loc[row["better"]] < cost.loc[row["worse"]]).mean()
    kept, pairs = surviving(found.order, "abatement_cost")
    assert pairs == 1
    assert kept == int(row["share"] >= 0.9)
    on_disk = pd.read_csv(found.folder / "order.csv")
    assert on_disk["outcome"].tolist() == found.order["outcome"].tolist()


def test_more_economies_than_replications_are_refused(experiment, tmp_path) -> None:
    with pytest.raises(InputError, match="raise --replications"):
        compare(experiment, economies=5)
    with pytest.raises(InputError, match="--economies 0: at least one"):
        compare(experiment, economies=0)
    file = tmp_path / "mine.toml"
    head = 'title = "Mine"\nscenario = "default"\nreference = "baseline"\nreplications = 3\n'
    asked = head + "economies = {}\n"
    arm = '[[arms]]\nname = "baseline"\nset = { "allocation.rule" = "none" }\n'
    file.write_text(asked.format(3) + arm, encoding="utf-8")
    assert read_experiment(file).economies == 3
    file.write_text(asked.format(4) + arm, encoding="utf-8")
    with pytest.raises(InputError, match="economies 4: each needs a replication"):
        read_experiment(file)


def test_an_economy_that_is_handed_over_has_no_draws(experiment, tmp_path) -> None:
    with pytest.raises(InputError, match="handed over has no draws"):
        compare(experiment, economy=economy_of(0), out=tmp_path / "out")


def test_a_draw_that_makes_no_economy_is_said_and_its_runs_alone_fail(
    experiment, invented, monkeypatch, tmp_path
) -> None:
    def one_fails(_year, number, by_category=False):
        if number == 2:
            raise NoEconomy("draw 2 of 2012: row 0 should sum to 1 but sums to 2")
        return economy_of(number)

    for module in (assessment, workers):
        monkeypatch.setattr(module, "load_drawn", one_fails)
    monkeypatch.setattr(drawing, "keep_drawn", one_fails)
    heard: list[str] = []
    found = compare(
        experiment, out=tmp_path / "out", executor=InTurn(), pictures=False, message=heard.append
    )
    assert any("its runs will fail" in said for said in heard)
    assert len(found.failures) == 2 * len(experiment.arms)
    assert set(found.national["economy"]) == {1}


@pytest.mark.full
@pytest.mark.study
def test_a_drawn_economy_is_the_same_from_the_cache_and_balances() -> None:
    from data.compiled.draws import load_drawn

    first, again, other = load_drawn(2012, 1), load_drawn(2012, 1), load_drawn(2012, 2)
    assert first.x.tobytes() == again.x.tobytes()
    assert np.abs(first.F / np.maximum(other.F, 1e-9) - 1).max() > 0.01
    accounts = first.accounts()
    assert accounts.D_cba.sum() + accounts.exported.sum() == pytest.approx(first.F.sum(), rel=1e-9)
    assert (first.population > 0).all()
