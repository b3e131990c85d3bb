"""Results that grow: more replications of the same experiment keep the runs that are done."""

import json
import shutil
from pathlib import Path

import pytest
from test_executors import InTurn

from analysis import compare, compare_part, merge
from data.errors import InputError
from scenarios import Experiment, read_experiment


def experiment(replications: int) -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(
        update={"arms": full.arms[:2], "replications": replications, "name": "trial"}
    )


@pytest.fixture(scope="module")
def two(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("two") / "results"
    return compare(experiment(2), economy=small, out=folder, executor=InTurn(), pictures=False)


def resumed(replications, small, folder, **more):
    return compare(
        experiment(replications), economy=small, out=folder, executor=InTurn(), resume=True,
        pictures=False, **more,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "kept"), [(1, None), (2, None), (3, 4)])
def test_results_grow_and_shrink_with_the_replications(number, kept, two, small, tmp_path) -> None:
    folder = Path(shutil.copytree(two.folder, tmp_path / "r"))
    told: list[int] = []

    def note(stage: str, done: int, _: int) -> None:
        if stage == "runs":
            told.append(done)

    grown = resumed(number, small, folder, progress=note)
    fresh = compare(
        experiment(number), economy=small, out=tmp_path / "f", executor=InTurn(), pictures=False
    )
    assert grown.digest == fresh.digest
    assert (told[0] if told else None) == kept
    assert len(grown.cities) == len(fresh.cities)
    assert len(list(folder.rglob("*.arrow"))) == 2 * max(number, 2)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert len(manifest["runs"]) == 2 * number
    assert manifest["experiment"]["replications"] == number


def test_without_resume_a_grown_experiment_finds_its_directory_taken(two, small) -> None:
    with pytest.raises(InputError, match="already holds results of this experiment; add --resume"):
        compare(experiment(3), economy=small, out=two.folder, pictures=False)


def test_shards_of_different_numbers_of_replications_are_one_experiment(small, tmp_path) -> None:
    def part(number: int, replications: int, **more: bool) -> None:
        compare_part(
            experiment(replications), f"{number}/2", economy=small, out=parts[number - 1],
            executor=InTurn(), **more,
        )  # fmt: skip

    parts = [tmp_path / "1", tmp_path / "2"]
    part(1, 3)
    part(2, 2)
    with pytest.raises(InputError, match=r"of 6 runs are missing: .*\(shard 2/2\)"):
        merge(parts, tmp_path / "all", economy=small, pictures=False)
    part(2, 3, resume=True)
    merged = merge(parts, tmp_path / "all", economy=small, pictures=False)
    assert len(merged.national) == 2 * 3 * 2
