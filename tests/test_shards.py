"""Shards: parts of an experiment for a job each, and the whole made of them."""

import json

import pytest
from test_executors import InTurn

from analysis import compare, compare_part, merge
from analysis.experiment import grounds
from analysis.experiment.run_key import Shard, keys_of, read_shard
from data.errors import InputError
from scenarios import Experiment, read_experiment


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:3], "replications": 3, "name": "trial"})


@pytest.fixture(scope="module")
def whole(experiment, small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "results"
    return compare(experiment, economy=small, out=folder, executor=InTurn(), pictures=False)


def part(experiment, small, shard, folder, **more):
    return compare_part(
        experiment, shard, economy=small, out=folder, executor=InTurn(), workers=1, **more
    )


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_shards_divide_the_runs_without_rest(experiment, of) -> None:
    parts = [key for number in range(1, of + 1) for key in Shard(number, of).keys(experiment)]
    assert len(parts) == len(set(parts))
    assert set(parts) == set(keys_of(experiment))


@pytest.mark.parametrize("words", ["0/4", "5/4", "1", "1/0", "a/b", "-1/4", "1/4/2", "", "١/٢"])
def test_a_shard_that_is_none_is_refused(words) -> None:
    with pytest.raises(InputError, match="write i/n"):
        read_shard(words)


def test_merged_shards_have_the_digest_of_the_whole(whole, experiment, small, tmp_path) -> None:
    folders = [tmp_path / str(number) for number in (1, 2)]
    for number, folder in enumerate(folders, start=1):
        done = part(experiment, small, f"{number}/2", folder)
        assert not (folder / "cities.parquet").exists()
        assert not done.failures
    merged = merge(folders[::-1], tmp_path / "all", economy=small, pictures=False)
    assert merged.digest == whole.digest
    manifest = json.loads((merged.folder / "manifest.json").read_text(encoding="utf-8"))
    assert {run["state"] for run in manifest["runs"].values()} == {"done"}
    assert all(run["worker"] and run["seconds"] > 0 for run in manifest["runs"].values())
    assert manifest["digest"] == whole.digest
    again = compare(
        experiment, economy=small, out=merged.folder, executor=InTurn(), resume=True, pictures=False
    )
    assert again.digest == whole.digest


def test_shards_may_share_a_directory_and_be_merged_in_place(
    whole, experiment, small, tmp_path
) -> None:
    folder = tmp_path / "shared"
    for number in (2, 1, 3):
        part(experiment, small, f"{number}/3", folder)
    assert {path.name for path in folder.glob("*.json")} == {
        f"manifest-{number}-of-3.json" for number in (1, 2, 3)
    }
    assert merge([folder], folder, economy=small, pictures=False).digest == whole.digest


def test_a_shard_is_resumed_like_a_whole(experiment, small, tmp_path) -> None:
    folder = tmp_path / "shared"
    done = part(experiment, small, "1/3", folder)
    with pytest.raises(InputError, match="add --resume"):
        part(experiment, small, "1/3", folder)
    done.path(done.keys[0]).unlink()
    assert not part(experiment, small, "1/3", folder, resume=True).waiting()


def test_missing_shards_are_named(experiment, small, tmp_path) -> None:
    folders = [tmp_path / str(number) for number in (1, 3)]
    for number, folder in zip((1, 3), folders, strict=True):
        part(experiment, small, f"{number}/4", folder)
    with pytest.raises(
        InputError, match=r"4 of 9 runs are missing: no_policy-0001, .*\(shard 2/4, 4/4\)"
    ):
        merge(folders, tmp_path / "all", economy=small, pictures=False)
    assert not (tmp_path / "all").exists()


def test_foreign_shards_are_refused(experiment, small, whole, tmp_path, monkeypatch) -> None:
    other = experiment.model_copy(update={"seed": 5})
    part(other, small, "1/2", tmp_path / "other")
    with pytest.raises(InputError, match=r"other: holds another experiment .*other experiment"):
        merge([whole.folder, tmp_path / "other"], tmp_path / "all", economy=small)
    with pytest.raises(InputError, match="no results directory"):
        merge([tmp_path / "nowhere"], tmp_path / "all", economy=small)
    monkeypatch.setattr(grounds, "load_economy", lambda *_, **__: small)
    monkeypatch.setattr(grounds, "economies_identity", lambda _: "that of the cache")
    with pytest.raises(InputError, match="another economy"):
        merge([whole.folder], tmp_path / "all")


def test_what_failed_in_a_shard_is_known_to_have_failed_in_the_whole(
    experiment, small, tmp_path, monkeypatch
) -> None:
    from model.allocation import RULES

    def broken(cap, knowledge):
        raise ArithmeticError("the rule broke down")

    folders = [tmp_path / str(number) for number in (1, 2)]
    rule = experiment.arms[1].scenario.allocation.rule
    monkeypatch.setitem(RULES, rule, broken)
    for number, folder in enumerate(folders, start=1):
        part(experiment, small, f"{number}/2", folder)
    merged = merge(folders, tmp_path / "all", economy=small, pictures=False)
    assert set(merged.failures) == {
        f"{arm.name}-{replication:04d}"
        for arm in experiment.arms
        if arm.scenario.allocation.rule == rule
        for replication in range(3)
    }
    assert all("the rule broke down" in state for state in merged.failures.values())
