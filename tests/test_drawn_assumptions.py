"""Assumptions of the compile as uncertain numbers: a few economies, which worlds take in turn."""

from dataclasses import replace

import numpy as np
import pytest
from invented import economy_of
from test_executors import InTurn

from analysis.experiment import grounds, workers
from analysis.uncertainty import drawn_assumptions
from analysis.uncertainty.designs import design
from analysis.uncertainty.drawn_assumptions import with_economies
from analysis.uncertainty.robustness import robustness
from analysis.uncertainty.sensitivity import sensitivity
from data.errors import InputError
from scenarios import Experiment, read_experiment
from scenarios.ranges import ranges
from scenarios.study import Design
from scenarios.uncertainties import in_world
from simulation.laboratory import Laboratory

KEYS = ("compliance.audit", "economy.home_weight", "economy.output_tilt")
NUMBERS = tuple(ranges()[key] for key in KEYS)
BORDER = 25.0
"""Home weight from which on the invented compile gives another economy."""


def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(
        update={
            "arms": full.arms[:2], "claims": (), "uncertainties": NUMBERS,
            "design": Design(economies=3),
        }
    )  # fmt: skip


def number_of(weight: float) -> int:
    return int(weight > BORDER)


@pytest.fixture
def asked_for(monkeypatch) -> list[float]:
    """Invented economies by their home weight; the list says which were compiled."""
    compiled: list[float] = []

    def load_economy(_year, assumptions=None, *_):
        economy = economy_of(number_of(assumptions.home_weight))
        return replace(economy, assumptions=assumptions)

    def keep(year, assumptions):
        compiled.append(assumptions.home_weight)
        return load_economy(year, assumptions)

    monkeypatch.setattr(workers, "_laboratories", {})
    for module in (grounds, workers):
        monkeypatch.setattr(module, "load_economy", load_economy)
    monkeypatch.setattr(drawn_assumptions, "load_economy", keep)
    monkeypatch.setattr(grounds, "economies_identity", lambda _: "invented")
    return compiled


def test_worlds_take_a_few_economies_in_turn_and_a_larger_study_begins_alike() -> None:
    small, large = (
        with_economies(design("halton", NUMBERS, count, 7), NUMBERS, 3, 7) for count in (7, 30)
    )
    np.testing.assert_array_equal(small.shares, large.shares[:7])
    assert small.material == large.material
    points, turns = np.unique(large.shares[:, 1:], axis=0, return_inverse=True)
    assert len(points) == 3
    assert all(sorted(part) == [0, 1, 2] for part in turns.reshape(-1, 3))
    for column in points.T:  # a Latin hypercube: one in each third
        assert sorted(np.floor(3 * column)) == [0, 1, 2]
    other = with_economies(design("halton", NUMBERS, 7, 7), NUMBERS, 4, 7)
    assert other.material != small.material


def test_a_world_is_run_on_the_economy_of_its_assumptions(asked_for, tmp_path) -> None:
    asked = experiment()
    done = robustness(asked, out=tmp_path / "r", worlds=6, executor=InTurn(), regions=False)
    assert len(asked_for) == 3
    weights = done.worlds.parameters()["economy.home_weight"]
    assert set(map(number_of, weights)) == {0, 1}
    arms = [(arm.name, arm.scenario) for arm in asked.arms]
    for place in range(6):
        (_, scenario), _ = in_world(arms, NUMBERS, done.worlds.shares[place])
        economy = economy_of(number_of(weights.iloc[place]))
        laboratory = Laboratory(replace(economy, assumptions=scenario.economy.assumptions))
        national = laboratory.run(scenario, asked.seed, place).national
        own = done.worlds.of("emissions", asked.reference)[place]
        assert own == pytest.approx(national["emissions"].iloc[-1] / 1e9, rel=1e-12)


def test_worlds_of_an_economy_that_cannot_be_compiled_fail_and_the_others_count(
    asked_for, monkeypatch, tmp_path
) -> None:
    def broken(_year, assumptions):
        if number_of(assumptions.home_weight):
            raise InputError("no balanced economy")

    monkeypatch.setattr(drawn_assumptions, "load_economy", broken)
    found = robustness(
        experiment(), out=tmp_path / "r", worlds=6, executor=InTurn(), regions=False
    ).worlds
    assert len(found) + len(found.failures) == 6
    assert set(found.failures.values()) == {"no balanced economy"}
    assert not any(map(number_of, found.parameters()["economy.home_weight"]))


def test_assumptions_are_refused_where_no_compile_takes_place(small, tmp_path) -> None:
    how = {"out": tmp_path / "r", "worlds": 2, "executor": InTurn()}
    with pytest.raises(InputError, match=r"economy\.home_weight: an assumption of the"):
        robustness(experiment(), economy=small, **how)
    several = experiment().model_copy(update={"economies": 2, "replications": 2})
    with pytest.raises(InputError, match="economies = 2 draws assumptions of the compile too"):
        robustness(several, **how)
    with pytest.raises(InputError, match="quotapolis robustness draws a few"):
        sensitivity(experiment(), out=tmp_path / "s", executor=InTurn())
