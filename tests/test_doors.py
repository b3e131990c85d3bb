"""Doors to other tools: xarray, SALib and the EMA workbench."""

import numpy as np
import pytest
from test_executors import InTurn

from analysis.outcomes.outcomes import OUTCOMES, outcomes
from analysis.uncertainty.doors import ema_model, salib_problem, to_xarray
from analysis.uncertainty.robustness import robustness
from scenarios import Experiment, read_experiment
from scenarios.uncertainties import drawn_keys, with_numbers
from simulation.laboratory import Laboratory


def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:2], "claims": ()})


def test_worlds_become_a_dataset_over_world_and_arm(small, tmp_path) -> None:
    done = robustness(
        experiment(), economy=small, worlds=3, out=tmp_path / "r", executor=InTurn(), regions=False
    )
    data = to_xarray(done.worlds)
    assert dict(data.sizes) == {"world": 3, "arm": 2}
    arm = "grandfathering+exchange"
    np.testing.assert_array_equal(data["emissions"].sel(arm=arm), done.worlds.of("emissions", arm))
    assert data["emissions"].attrs["units"] == "Gt CO₂"
    audits = done.worlds.parameters()["compliance.audit"]
    np.testing.assert_array_equal(data["compliance.audit"], audits)


def test_salib_draws_from_the_ranges_of_an_experiment() -> None:
    from SALib.sample import latin

    problem = salib_problem(experiment())
    points = latin.sample(problem, 40, seed=1)
    for place, one in enumerate(drawn_keys(experiment())):
        assert points[:, place].min() >= one.low * (1 - 1e-12)
        assert points[:, place].max() <= one.high + 1


def test_an_ema_model_runs_the_arm_with_the_numbers_it_is_given(small) -> None:
    pytest.importorskip("ema_workbench", reason="the EMA workbench is not among what is installed")
    laboratory = Laboratory(small)
    arm = "grandfathering+exchange"
    model = ema_model(experiment(), laboratory, arm)
    assert len(list(model.outcomes)) == len(OUTCOMES)
    numbers = {one.key: one.value(0.3) for one in drawn_keys(experiment())}
    ours = model.function(**{key.replace(".", "_"): value for key, value in numbers.items()})
    own, none = (
        laboratory.run(with_numbers(experiment().arm(name).scenario, numbers), 0)
        for name in (arm, "no_policy")
    )
    assert ours["emissions"] == outcomes(own, small, none)["emissions"]
