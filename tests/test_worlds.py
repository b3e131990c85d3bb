"""Robustness studies: every arm in drawn worlds, kept as they come, decided at the end."""

import shutil
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis.command_line import robustness_command
from analysis.outcomes.outcomes import outcomes
from analysis.uncertainty import running
from analysis.uncertainty.designs import SAMPLERS, design, size_of
from analysis.uncertainty.robustness import robustness
from data.errors import InputError
from scenarios import Experiment, read_experiment
from scenarios.claims import Claim
from scenarios.study import Design
from scenarios.uncertainties import drawn_keys, in_world
from scenarios.uncertainty import Uncertainty
from simulation.laboratory import Laboratory


def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2015"])
    claim = Claim.model_validate("grandfathering+exchange emits less than no_policy")
    return full.model_copy(update={"arms": full.arms[:3], "claims": (claim,)})


def study(small, folder, worlds=5, **more):
    return robustness(
        experiment(), economy=small, out=folder, worlds=worlds, executor=InTurn(), **more
    )


@pytest.fixture(scope="module")
def done(small, tmp_path_factory):
    return study(small, tmp_path_factory.mktemp("study") / "r")


def test_a_world_is_the_run_of_its_numbers_and_luck(done, small) -> None:
    asked = experiment()
    arms = [(arm.name, arm.scenario) for arm in asked.arms]
    world = dict(in_world(arms, done.worlds.uncertainties, done.worlds.shares[3]))
    laboratory = Laboratory(small)
    runs = {name: laboratory.run(scenario, asked.seed, 3) for name, scenario in world.items()}
    for name, run in runs.items():
        ours = outcomes(run, small, runs["no_policy"])
        np.testing.assert_array_equal(
            [done.worlds.of(word, name)[3] for word in ours], list(ours.values())
        )


def test_tables_of_worlds_claims_and_regret_are_written(done) -> None:
    table = pd.read_parquet(done.folder / "worlds.parquet")
    assert len(table) == 5 * 3
    assert {"world", "arm", "compliance.audit", "emissions"} <= set(table)
    claims = pd.read_csv(done.folder / "claims.csv")
    assert claims["statement"].tolist() == ["grandfathering+exchange emits less than no_policy"]
    assert (claims["low"] <= claims["share"]).all()
    assert (claims["share"] <= claims["high"]).all()
    assert set(pd.read_csv(done.folder / "regret.csv")["arm"]) == set(done.worlds.rivals)


def test_rules_are_counted_by_the_worlds_in_which_they_keep_within_limits(
    done, small, tmp_path
) -> None:
    middle = float(np.median(done.worlds.of("emissions", "grandfathering+exchange")))
    kept = study(small, tmp_path / "r", limits={"emissions": middle}).satisficing
    assert kept.set_index("arm").loc["grandfathering+exchange", "share"] == 0.6
    assert pd.read_csv(tmp_path / "r" / "satisficing.csv")["low"].notna().all()
    with pytest.raises(InputError, match="limits emision: no such outcome; did you mean emissions"):
        study(small, tmp_path / "s", limits={"emision": 3.0})


@pytest.mark.parametrize("limits", [{}, {"emissions": 1e12}])
def test_the_command_lists_the_files_that_are_there(
    small, tmp_path, door, monkeypatch, limits
) -> None:
    found = study(small, tmp_path / "r", limits=limits)
    monkeypatch.setattr(robustness_command, "robustness", lambda *_, **__: found)
    shown = door("robustness", "allocation_rules").out
    assert "Regions in which claims fail are looked for in 100 worlds or more." in shown
    assert "region_" not in shown
    tables = shown.partition("tables ")[2].partition("\n")[0].replace(",", "").split()
    assert all((found.folder / name).is_file() for name in tables)
    assert ("satisficing.csv" in tables) == bool(limits)
    drawn = shown.partition("figures/ (")[2].partition(")")[0].split(", ")
    assert set(drawn) == {path.stem for path in (found.folder / "figures").iterdir()}


@pytest.mark.parametrize("command", ["robustness", "search", "sensitivity"])
def test_the_limit_of_a_run_that_is_advised_can_be_set(door, monkeypatch, command) -> None:
    def refused(*_, run_limit, **__):
        raise InputError(f"at most {run_limit:g} s")

    monkeypatch.setattr(import_module(f"analysis.command_line.{command}_command"), command, refused)
    answer = door(command, "allocation_rules", "--run-limit", "7")
    assert answer.refused_in_one_line
    assert "at most 7 s" in answer.err


def test_a_smaller_study_in_the_folder_of_a_larger_takes_the_first_worlds(
    done, small, tmp_path
) -> None:
    folder = shutil.copytree(done.folder, tmp_path / "r")
    fewer = study(small, folder, worlds=2, resume=True)
    np.testing.assert_array_equal(fewer.worlds.values, done.worlds.values[:2])
    again = study(small, folder, resume=True)
    np.testing.assert_array_equal(again.worlds.values, done.worlds.values)


def test_a_larger_study_goes_on_from_a_smaller_one_to_the_same_numbers(
    done, small, tmp_path
) -> None:
    first = study(small, tmp_path / "r", worlds=3)
    counted = []
    grown = study(
        small, tmp_path / "r", resume=True,
        progress=lambda stage, so_far, _: counted.append(so_far) if stage == "worlds" else None,
    )  # fmt: skip
    assert counted[0] == len(first.worlds) == 3
    np.testing.assert_array_equal(grown.worlds.values, done.worlds.values)


def test_a_study_that_stops_keeps_its_worlds(small, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 2)

    def stop(stage: str, so_far: int, _: int) -> None:
        if stage == "worlds" and so_far == 2:
            raise KeyboardInterrupt

    with pytest.raises(InputError, match=r"interrupted after 2 of 5 worlds.*--resume"):
        study(small, tmp_path / "r", progress=stop)
    seen = []
    study(
        small, tmp_path / "r", resume=True,
        progress=lambda stage, so_far, _: seen.append(so_far) if stage == "worlds" else None,
    )  # fmt: skip
    assert seen[0] == 2


def test_a_folder_with_another_study_is_refused_or_begun_anew(done, small, tmp_path) -> None:
    folder = tmp_path / "r"
    study(small, folder, worlds=2)
    with pytest.raises(InputError, match="holds 2 worlds of this study; go on with --resume"):
        study(small, folder)
    other = experiment().model_copy(update={"seed": 5})
    with pytest.raises(InputError, match="another experiment, design or version"):
        robustness(other, economy=small, out=folder, worlds=2, resume=True, executor=InTurn())
    again = robustness(
        other, economy=small, out=folder, worlds=2, resume=True, anew=True, executor=InTurn()
    )
    assert (again.worlds.shares[:2] != done.worlds.shares[:2]).any()


def test_a_damaged_part_is_done_anew(small, done, tmp_path) -> None:
    study(small, tmp_path / "r", worlds=2)
    (part,) = (tmp_path / "r").glob("part-*.parquet")
    part.write_bytes(part.read_bytes()[:-40])
    again = study(small, tmp_path / "r", worlds=2, resume=True)
    np.testing.assert_array_equal(again.worlds.values, done.worlds.values[:2])


def test_worlds_can_be_given_as_a_table(small, tmp_path) -> None:
    keys = drawn_keys(experiment())
    values = {one.key: [one.value(0.25), one.value(0.75)] for one in keys}
    path = tmp_path / "worlds.csv"
    pd.DataFrame(values).to_csv(path, index=False)
    found = study(small, tmp_path / "r", table=path)
    assert len(found.worlds) == 2
    for one in keys:
        if one.distribution != "integer":
            np.testing.assert_allclose(found.worlds.parameters()[one.key], values[one.key])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.drop(columns="compliance.audit"), "no column compliance.audit"),
        (lambda table: table.assign(**{"compliance.audit": 7.0}), r"row 1: compliance.audit = 7.0"),
        (lambda table: table.iloc[:0], "no row"),
    ],
)
def test_a_wrong_table_is_refused_by_its_column(change, said, small, tmp_path) -> None:
    keys = drawn_keys(experiment())
    table = pd.DataFrame({one.key: [one.low] for one in keys})
    change(table).to_csv(tmp_path / "worlds.csv", index=False)
    with pytest.raises(InputError, match=said):
        study(small, tmp_path / "r", table=tmp_path / "worlds.csv")


def test_a_study_too_large_for_the_time_says_which_fits(small, tmp_path) -> None:
    with pytest.raises(InputError, match=r"worlds take about .*, not 1e-06 minutes: none would"):
        study(small, tmp_path / "r", worlds=8, minutes=1e-6)
    with pytest.raises(InputError, match=r"about (\d+) would fit: --worlds \1"):
        study(small, tmp_path / "s", worlds=2_000, minutes=0.02)


@pytest.mark.parametrize(("kind", "size"), [("factorial", 8), ("sobol", 2**20), ("halton", 10**9)])
def test_a_design_that_no_machine_holds_is_refused_before_it_is_drawn(kind, size) -> None:
    with pytest.raises(InputError, match=r"worlds, more than 1,000,000: take a smaller size"):
        design(kind, drawn_keys(experiment()), size, 0)


def test_a_world_that_cannot_be_run_is_named_and_the_others_count(small, tmp_path) -> None:
    """A drawn floor may lie above the ceiling."""
    full = read_experiment("allocation_rules", ["horizon.end=2015", "market.price_ceiling=30.0"])
    floor = Uncertainty(key="market.price_floor", low=0.0, high=60.0)
    asked = full.model_copy(update={"arms": full.arms[:2], "uncertainties": (floor,), "claims": ()})
    found = robustness(
        asked, economy=small, out=tmp_path / "r", worlds=4, executor=InTurn(), regions=False
    ).worlds
    assert found.failures
    assert len(found) + len(found.failures) == 4
    assert all("price_floor" in reason for reason in found.failures.values())


@pytest.mark.parametrize("kind", sorted(SAMPLERS))
def test_a_design_fills_the_unit_cube_with_as_many_worlds_as_it_says(kind) -> None:
    keys = drawn_keys(experiment())[:3]
    made = design(kind, keys, 4, seed=1)
    assert made.shares.shape == (size_of(kind, 3, 4), 3)
    assert made.shares.min() >= 0
    assert made.shares.max() <= 1
    np.testing.assert_array_equal(made.shares, design(kind, keys, 4, seed=1).shares)


def test_an_experiment_without_uncertainties_has_no_worlds() -> None:
    with pytest.raises(InputError, match='write uncertainties = "all"'):
        design("halton", (), 4, 0)


def test_an_experiment_names_the_design_that_its_worlds_come_from(small, tmp_path) -> None:
    audit = Uncertainty(key="compliance.audit", low=0.2, high=0.6, source="a choice")
    asked = experiment().model_copy(
        update={"uncertainties": (audit,), "design": Design(kind="factorial", size=4)}
    )
    how = {"economy": small, "executor": InTurn(), "regions": False}
    grid = robustness(asked, out=tmp_path / "r", **how).worlds.parameters()["compliance.audit"]
    np.testing.assert_allclose(grid, [0.25, 0.35, 0.45, 0.55])
    cube = robustness(asked, out=tmp_path / "s", kind="latin_hypercube", worlds=6, **how).worlds
    assert sorted(np.floor(6 * cube.shares[:, 0])) == [0, 1, 2, 3, 4, 5]
