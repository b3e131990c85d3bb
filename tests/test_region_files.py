"""Regions of failure as files: what is written there can be read, run and asked again."""

import numpy as np
import pytest
from test_executors import InTurn

from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.claims import decide
from analysis.uncertainty.designs import design
from analysis.uncertainty.region_files import write_regions
from analysis.uncertainty.regions import failing_region
from analysis.uncertainty.robustness import robustness
from analysis.uncertainty.worlds import Worlds
from data.errors import InputError
from scenarios import Experiment, read_experiment, read_scenario
from scenarios.claims import Claim
from scenarios.ranges import ranges
from scenarios.uncertainties import drawn_keys, value_of

KEYS = ("compliance.audit", "compliance.reaudit_years", "abatement.steepness")
CLAIM = Claim(says="audits are frequent", holds="emissions[grandfathering+exchange] < 0.5")


@pytest.fixture
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    chosen = tuple(ranges()[key] for key in KEYS)
    return full.model_copy(
        update={"arms": full.arms[:3], "uncertainties": chosen, "claims": (CLAIM,)}
    )


@pytest.fixture
def written(experiment, tmp_path):
    """Files of the region in which audits are rare and found cities are watched for long."""
    drawn = drawn_keys(experiment)
    shares = design("halton", drawn, 200, 1).shares
    fails = (shares[:, 0] < 0.5) & (shares[:, 1] > 0.5)
    values = np.zeros((200, 3, len(OUTCOMES)))
    values += fails[:, None, None]
    names = tuple(arm.name for arm in experiment.arms)
    worlds = Worlds(names, "no_policy", drawn, shares, np.arange(200), values, {}, 1.0)
    region = failing_region(decide(CLAIM, worlds), worlds)
    assert region is not None
    write_regions(experiment, tmp_path, worlds, [(CLAIM, region)])
    return tmp_path


def test_the_scenario_of_a_region_lies_in_its_midst(written) -> None:
    scenario = read_scenario(written / "region_1.toml")
    assert value_of(scenario, "compliance.audit") < 0.3
    assert value_of(scenario, "compliance.reaudit_years") >= 3
    assert scenario.allocation.rule == "grandfathering"


def test_the_experiment_of_a_region_has_all_arms_the_claim_and_the_region_s_ranges(
    written, experiment
) -> None:
    again = read_experiment(written / "region_1_experiment.toml")
    assert [arm.name for arm in again.arms] == [arm.name for arm in experiment.arms]
    for arm in again.arms:
        own = experiment.arm(arm.name).scenario
        changed = own.compliance.model_copy(
            update={name: getattr(arm.scenario.compliance, name)
                    for name in ("audit", "reaudit_years")}
        )  # fmt: skip
        steep = arm.scenario.abatement.steepness
        expected = own.model_copy(
            update={
                "title": arm.scenario.title,
                "compliance": changed,
                "abatement": own.abatement.model_copy(update={"steepness": steep}),
            }
        )
        assert arm.scenario == expected
    assert again.claims == (CLAIM,)
    narrow = {one.key: one for one in drawn_keys(again)}
    assert narrow["compliance.audit"].high < 0.5
    assert narrow["compliance.reaudit_years"].low >= 2
    assert narrow["abatement.steepness"] == ranges()["abatement.steepness"]


def test_the_experiment_of_a_region_can_be_studied_again(written, small, tmp_path) -> None:
    again = read_experiment(written / "region_1_experiment.toml")
    done = robustness(
        again, economy=small, out=tmp_path / "again", worlds=4, executor=InTurn(), regions=False
    )
    audits = done.worlds.parameters()["compliance.audit"]
    assert (audits < 0.5).all()
    assert done.claims["statement"].tolist() == [CLAIM.says]


def test_the_command_runs_the_scenario_of_a_region(written, door, monkeypatch, small) -> None:
    from analysis.command_line import run_command

    ran = []

    def compare(experiment, **_):
        ran.append(experiment)
        raise InputError("seen")

    monkeypatch.setattr(run_command, "compare", compare)
    assert door("run", str(written / "region_1.toml")).err == "quotapolis: seen\n"
    assert ran[0].arms[1].scenario == read_scenario(written / "region_1.toml")
