"""Results in the words of other tools: fields, data package, RO-Crate, and the IAMC's format."""

import hashlib
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from test_executors import InTurn
from typer.testing import CliRunner

from analysis import compare
from analysis.command_line.command import app
from analysis.interop.iamc import COLUMNS, iamc
from analysis.interop.meanings import MEANINGS, SHARED
from scenarios import read_experiment
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS


@pytest.fixture(scope="module")
def made(price_alone, small, tmp_path_factory):
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    study = full.model_copy(update={"arms": full.arms[:3], "replications": 2, "name": "trial"})
    folder = tmp_path_factory.mktemp("interop") / "Results of mine"
    return compare(study, economy=small, out=folder, executor=InTurn())


@pytest.fixture
def package(made):
    return json.loads((made.folder / "datapackage.json").read_text("utf-8"))


@pytest.fixture
def crate(made):
    return json.loads((made.folder / "ro-crate-metadata.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("table", "columns"), [("cities", CITY_COLUMNS), ("national", NATIONAL_COLUMNS)]
)
def test_fields_of_parquet_say_their_unit_and_meaning(made, table, columns) -> None:
    schema = pq.read_schema(made.folder / f"{table}.parquet")
    for name, said in columns.items():
        metadata = schema.field(name).metadata
        unit = metadata.get(b"unit", b"").decode()
        assert unit in said
        assert metadata[b"description"].decode()
    emissions = schema.field("emissions").metadata
    assert emissions[b"unit"].decode() == "t CO₂"
    assert "D_pba" in emissions[b"description"].decode()


def test_the_data_package_names_every_column_of_every_table_with_its_kind(made, package) -> None:
    """Data package specification 1.0: names, paths, and schemas of fields with known types."""
    assert package["name"] == "results-of-mine"
    kinds = {"string", "number", "integer", "boolean", "year"}
    tables = {one["name"]: one for one in package["resources"]}
    assert len(tables) == len(package["resources"]) == 9
    for name, one in tables.items():
        path = made.folder / one["path"]
        held = (
            pd.read_csv(path, nrows=0).columns.tolist()
            if path.suffix == ".csv"
            else pq.read_schema(path).names
        )
        fields = one["schema"]["fields"]
        assert [field["name"] for field in fields] == held
        assert {field["type"] for field in fields} <= kinds
        assert set(one["schema"]["primaryKey"]) <= set(held)
        known = MEANINGS[name].keys() | SHARED.keys()
        assert set(held) <= known, "a column without a meaning"


def test_primary_keys_tell_the_rows_of_every_table_apart(made, package) -> None:
    for one in package["resources"]:
        path = made.folder / one["path"]
        read = pd.read_csv if path.suffix == ".csv" else pd.read_parquet
        keys = read(path)[one["schema"]["primaryKey"]]
        assert not keys.duplicated().any(), one["name"]


def test_values_of_tables_are_of_the_kinds_that_the_package_says(made, package) -> None:
    for one in package["resources"]:
        if one["format"] != "csv":
            continue
        text = pd.read_csv(made.folder / one["path"], dtype=str, keep_default_na=False)
        for field in one["schema"]["fields"]:
            values = [value for value in text[field["name"]] if value]
            if field["type"] == "number":
                assert all(float(value) == float(value) for value in values)
            elif field["type"] in ("integer", "year"):
                assert all(str(int(value)) == value for value in values)
            elif field["type"] == "boolean":
                assert set(values) <= {"True", "False"}
                assert (field["trueValues"], field["falseValues"]) == (["True"], ["False"])


def test_the_crate_lists_files_that_are_there_with_their_hashes(made, crate) -> None:
    """RO-Crate 1.1: a descriptor of the root data set, whose parts are entities of the graph."""
    assert crate["@context"] == "https://w3id.org/ro/crate/1.1/context"
    entities = {one["@id"]: one for one in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["about"] == {"@id": "./"}
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    parts = [part["@id"] for part in root["hasPart"]]
    assert {"manifest.json", "cities.parquet", "ranking.csv", "figures/price.png"} <= set(parts)
    for name in parts:
        content = (made.folder / name).read_bytes()
        if "sha256" in entities[name]:
            assert hashlib.sha256(content).hexdigest() == entities[name]["sha256"]
            assert int(entities[name]["contentSize"]) == len(content)
    references = [one[key]["@id"] for one in crate["@graph"] for key in ("instrument", "object")
                  if key in one]  # fmt: skip
    assert set(references) <= entities.keys()


def test_national_results_are_written_in_the_format_of_the_iamc(made, tmp_path) -> None:
    path = tmp_path / "iamc.csv"
    words = ["export", str(made.folder), "--iamc", str(path), "--region", "Invented"]
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    table = pd.read_csv(path)
    assert table.columns.tolist() == COLUMNS
    assert set(table["Region"]) == {"Invented"}
    keys = ["Scenario", "Variable", "Year"]
    assert not table.duplicated(keys).any()
    found = table.set_index(keys)["Value"]
    means = made.national.groupby(["arm", "year"], observed=True)["emissions"].mean() / 1e6
    for (arm, year), mean in means.items():
        assert found[arm, "Emissions|CO2", year] == pytest.approx(mean)
    units = table.groupby("Variable")["Unit"].nunique()
    assert (units == 1).all()
    priced = set(table.loc[table["Variable"] == "Price|Carbon", "Scenario"])
    assert "no_policy" not in priced
    assert priced


def test_what_an_export_would_overwrite_is_left_alone(made, tmp_path) -> None:
    path = tmp_path / "iamc.csv"
    path.write_text("mine")
    answer = CliRunner().invoke(app, ["export", str(made.folder), "--iamc", str(path)])
    assert "is there already" in str(answer.exception)
    assert path.read_text() == "mine"


def test_a_folder_without_results_is_no_export(tmp_path) -> None:
    answer = CliRunner().invoke(app, ["export", str(tmp_path), "--iamc", str(tmp_path / "x.csv")])
    assert str(tmp_path) in str(answer.exception)
    assert "--out" not in str(answer.exception)
    assert not (tmp_path / "x.csv").exists()


def test_one_replication_has_no_percentiles(made) -> None:
    one = made.national[made.national["replication"] == 0]
    assert not iamc(one)["Variable"].str.contains("Percentile").any()
    assert iamc(made.national)["Variable"].str.contains("Percentile").any()
