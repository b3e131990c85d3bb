"""Outcomes alone: the same tables of a study, without what every city did each year."""

import json

import pandas as pd
import pytest
from test_executors import InTurn

from analysis import compare, compare_part, merge, read_cities
from analysis.live.desk import desk
from data.errors import InputError
from scenarios import Experiment, read_experiment

TABLES = ("outcomes", "ranking", "order", "transitions", "classes", "welfare", "regions")


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2015"])
    return full.model_copy(update={"arms": full.arms[:3], "replications": 3, "name": "trial"})


def done(experiment, small, folder, **more):
    how = {"economy": small, "out": folder, "executor": InTurn(), "pictures": False} | more
    return compare(experiment, **how)


@pytest.fixture(scope="module")
def whole(experiment, small, tmp_path_factory):
    return done(experiment, small, tmp_path_factory.mktemp("whole") / "results")


@pytest.fixture(scope="module")
def few(experiment, small, tmp_path_factory):
    return done(experiment, small, tmp_path_factory.mktemp("few") / "results", outcomes_only=True)


@pytest.mark.parametrize("table", TABLES)
def test_a_study_of_outcomes_alone_has_the_same_tables_to_the_letter(whole, few, table) -> None:
    text = (few.folder / f"{table}.csv").read_bytes()
    assert text == (whole.folder / f"{table}.csv").read_bytes()


def test_its_national_table_has_the_digest_of_the_whole_study(whole, few) -> None:
    assert few.digest["national"] == whole.digest["national"]
    assert few.digest["cities"] != whole.digest["cities"]


def test_the_columns_of_cities_that_it_keeps_are_those_of_the_whole_study(whole, few) -> None:
    kept = few.cities
    assert {"class_policy", "local_mitigation", "emissions"} <= set(kept)
    assert not {"quota", "need", "action"} & set(kept)
    pd.testing.assert_frame_equal(kept, whole.city_columns([*kept]))


def test_a_column_that_was_not_kept_is_said_to_be_so(few) -> None:
    with pytest.raises(InputError, match="need was not kept, since outcomes alone were"):
        read_cities(few.folder, ["need"])


def test_it_takes_less_space(whole, few) -> None:
    sizes = [
        sum(path.stat().st_size for path in (study.folder / "runs").rglob("*.arrow"))
        for study in (few, whole)
    ]
    assert sizes[0] < 0.8 * sizes[1]


def test_shards_of_outcomes_alone_merge_to_the_study(few, experiment, small, tmp_path) -> None:
    for number in (1, 2):
        compare_part(
            experiment, f"{number}/2", economy=small, out=tmp_path / str(number),
            executor=InTurn(), workers=1, outcomes_only=True,
        )  # fmt: skip
    merged = merge(
        [tmp_path / "1", tmp_path / "2"], tmp_path / "all", economy=small, pictures=False
    )
    assert merged.digest == few.digest
    assert (merged.folder / "ranking.csv").read_bytes() == (few.folder / "ranking.csv").read_bytes()
    assert json.loads((merged.folder / "manifest.json").read_text("utf-8"))["outcomes_only"]


@pytest.mark.parametrize(("held", "asked"), [("few", False), ("whole", True)])
def test_neither_is_resumed_as_the_other(request, experiment, small, held, asked) -> None:
    folder = request.getfixturevalue(held).folder
    with pytest.raises(InputError, match="--outcomes-only, or choose another directory"):
        done(experiment, small, folder, outcomes_only=asked, resume=True)


def test_it_counts_as_a_study_of_this_version(few) -> None:
    laid = desk(few.folder)
    assert laid.results is not None
    assert laid.same_version(laid.results.manifest.identity["economy"])


def test_its_description_names_the_columns_that_it_keeps(few) -> None:
    package = json.loads((few.folder / "datapackage.json").read_text("utf-8"))
    (cities,) = [one for one in package["resources"] if one["path"] == "cities.parquet"]
    assert [field["name"] for field in cities["schema"]["fields"]] == list(few.cities)


def test_the_command_keeps_outcomes_alone(
    door, experiment, few, small, tmp_path, monkeypatch
) -> None:
    def here(chosen, **how):
        return compare(chosen, **how | {"economy": small, "executor": InTurn()})

    monkeypatch.setattr("analysis.command_line.compare_command.compare", here)
    words = ["--outcomes-only", "--worlds", "0", "--no-pictures", "--quiet"]
    arms = ",".join(arm.name for arm in experiment.arms)
    settings = ["--set", "horizon.end=2015", "--replications", "3", "--arms", arms]
    answer = door("compare", "allocation_rules", *settings, *words, "--out", str(tmp_path / "r"))
    assert answer.code == 0
    assert list(read_cities(tmp_path / "r")) == list(few.cities)


def test_it_grows_by_replications(few, experiment, small, tmp_path) -> None:
    first = done(
        experiment.model_copy(update={"replications": 2}), small, tmp_path / "r", outcomes_only=True
    )
    grown = done(experiment, small, first.folder, outcomes_only=True, resume=True)
    assert grown.digest == few.digest
