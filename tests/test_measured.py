"""Measures of an experiment's runs: each arm and replication as a laboratory has it."""

from functools import partial

import pytest
from test_executors import InTurn

from analysis import compare_part
from analysis.experiment.measured import measured
from data.errors import InputError
from model.allocation import RULES
from scenarios import read_experiment, read_scenario
from scenarios.experiment import Arm
from simulation.laboratory import Laboratory


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch) -> None:
    here = partial(compare_part, executor=InTurn())
    monkeypatch.setattr("analysis.experiment.measured.compare_part", here)


@pytest.fixture(scope="module")
def experiment():
    """Return two arms and two replications."""
    whole = read_experiment("allocation_rules", ["horizon.end=2014"])
    arms = (whole.arm(whole.reference), next(a for a in whole.arms if a.scenario.has_policy))
    return whole.model_copy(update={"arms": arms, "replications": 2, "name": "two"})


def test_a_measure_of_every_run_is_that_of_the_laboratory(experiment, small) -> None:
    found = measured(
        experiment, {"footprint": lambda run: run["footprint"][-1].sum()}, small, workers=1
    )["footprint"]
    assert list(found.columns) == [arm.name for arm in experiment.arms]
    for arm in experiment.arms:
        for n in range(2):
            run = Laboratory(small).run(arm.scenario, experiment.seed, n)
            expected = run.recorder.cities["footprint"][-1].sum()
            assert found.loc[n, arm.name] == pytest.approx(expected, rel=1e-12)


def test_a_run_that_fails_is_told_and_no_measure_is_missing_in_silence(experiment, small) -> None:
    def nothing(cap, known):
        raise ArithmeticError("no quota today")

    RULES["nothing"] = nothing
    try:
        words = {"allocation.rule": "nothing", "horizon.end": 2014}
        arms = (experiment.arms[0], Arm(name="failing", scenario=read_scenario("default", words)))
        with pytest.raises(InputError, match=r"failing-0000.*no quota today"):
            measured(experiment.model_copy(update={"arms": arms}), {}, small, workers=1)
    finally:
        del RULES["nothing"]
