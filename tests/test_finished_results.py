"""Finished studies: tables that stand already are not made anew, unless anything has changed."""

import json
import shutil
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from test_executors import InTurn

from analysis import compare
from analysis.command_line.beside import claims_beside
from analysis.command_line.terminal import Bar
from scenarios import Experiment, read_experiment

pytestmark = pytest.mark.usefixtures("price_alone")
TABLES = ("ranking", "order", "transitions", "national", "cities")


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:3], "replications": 2, "name": "trial"})


@pytest.fixture(scope="module")
def whole(experiment, small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "results"
    return compare(experiment, economy=small, out=folder, executor=InTurn())


@pytest.fixture
def held(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole.folder, tmp_path / "r"))


def again(experiment, small, folder, pictures=True):
    stages: set[str] = set()
    result = compare(
        experiment, economy=small, out=folder, executor=InTurn(), resume=True, pictures=pictures,
        progress=lambda stage, *_: stages.add(stage),
    )  # fmt: skip
    return result, stages


def test_a_finished_study_is_read_and_not_made_anew(experiment, small, whole, held) -> None:
    for _ in range(2):
        result, stages = again(experiment, small, held)
        assert not stages
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(result, table), getattr(whole, table))
        assert result.digest == whole.digest
        assert result.portable_digest == whole.portable_digest
        assert result.not_binding == whole.not_binding
        assert [path.name for path in result.pictures] == [path.name for path in whole.pictures]
        manifest = json.loads((held / "manifest.json").read_text("utf-8"))
        assert manifest["digest"] == whole.digest


@pytest.fixture
def decided(experiment, small, monkeypatch):
    """Return the claims beside a comparison, and whether they were decided anew."""
    module = import_module("analysis.uncertainty.robustness")
    study, times = module.robustness, []

    def on_the_small_economy(*given, **words):
        times.append("decided")
        return study(*given, **words | {"economy": small, "executor": InTurn()})

    monkeypatch.setattr(module, "robustness", on_the_small_economy)

    def beside(folder: Path, worlds: int = 4, asked: Experiment = experiment) -> tuple[str, bool]:
        times.clear()
        asked = asked.model_copy(update={"claims": ()})  # some are about other arms
        claims_beside(asked, folder, worlds, None, None, None, Bar())
        return (folder / "robustness" / "claims.csv").read_text("utf-8"), bool(times)

    return beside


def test_claims_that_stand_are_decided_anew_only_where_anything_has_changed(
    decided, experiment, held
) -> None:
    claims, anew = decided(held)
    assert anew
    assert decided(held) == (claims, False)
    more = experiment.model_copy(update={"replications": 3})
    assert decided(held, asked=more) == (claims, False)
    for name, change in (("claims.csv", appended), ("worlds.parquet", Path.unlink)):
        change(held / "robustness" / name)
        assert decided(held) == (claims, True)
        assert decided(held) == (claims, False)
    assert decided(held, worlds=5)[1]
    other = read_experiment("allocation_rules", ["horizon.end=2014", "cap.cut=0.3"])
    assert decided(held, 5, experiment.model_copy(update={"arms": other.arms[:3]}))[1]


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ranking.csv", appended),
        ("cities.parquet", Path.unlink),
        ("figures/price.png", appended),
        ("figures/price.csv", Path.unlink),
    ],
)
def test_what_was_changed_is_made_anew(name, change, experiment, small, whole, held) -> None:
    path = held / name
    before = path.read_bytes()
    change(path)
    result, stages = again(experiment, small, held)
    assert {"tables", "pictures"} <= stages
    assert path.read_bytes() == before or path.suffix == ".png"
    assert result.digest == whole.digest


def test_tables_follow_their_runs(experiment, small, whole, held) -> None:
    fewer, stages = again(experiment.model_copy(update={"replications": 1}), small, held)
    assert "tables" in stages
    assert fewer.digest != whole.digest
    back, stages = again(experiment, small, held, pictures=False)
    assert "tables" in stages
    assert back.digest == whole.digest
    _, stages = again(experiment, small, held)
    assert "pictures" in stages


@pytest.mark.parametrize(
    "change",
    [
        lambda _: 5,
        lambda seal: seal | {"kinds": {}},
        lambda seal: seal | {"kinds": {"ranking": {"altitude": "float64"}}},
        lambda seal: seal | {"kinds": seal["kinds"] | {"order": {"outcome": "int64"}}},
        lambda seal: seal | {"digests": {}},
        lambda seal: seal | {"files": {"../thesis.txt": "a"}},
        lambda seal: seal | {"more": 1},
    ],
)
def test_a_seal_that_is_none_does_no_harm(change, experiment, small, whole, held) -> None:
    path = held / "manifest.json"
    words = json.loads(path.read_text("utf-8"))
    words["seal"] = change(words["seal"])
    path.write_text(json.dumps(words), "utf-8")
    result, stages = again(experiment, small, held, pictures=False)
    assert stages == {"tables"}
    assert result.digest == whole.digest
