"""Results that are damaged, altered or of another version: told in one line, or done anew."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
import xxhash
from at_the_door import door
from test_executors import InTurn

from analysis import compare, merge, read_cities
from analysis.experiment.recorded import FORMAT
from analysis.experiment.run_key import RunKey
from data.errors import InputError
from scenarios import Experiment, read_experiment

__all__ = ["door"]

FILE = Path(RunKey("no_policy", 0).file)


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:2], "replications": 2, "name": "trial"})


@pytest.fixture(scope="module")
def whole(experiment, small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "results"
    return compare(experiment, economy=small, out=folder, executor=InTurn(), pictures=False)


@pytest.fixture
def held(whole, tmp_path) -> Path:
    return Path(shutil.copytree(whole.folder, tmp_path / "r"))


def again(experiment, small, folder, **more):
    return compare(
        experiment, economy=small, out=folder, executor=InTurn(), resume=True, pictures=False,
        **more,
    )  # fmt: skip


def tables(path: Path) -> list[pa.Table]:
    source = pa.BufferReader(path.read_bytes())
    return [pa.ipc.open_stream(source).read_all() for _ in range(2)]


def write_whole(path: Path, *parts: pa.Table) -> None:
    """Write tables with the hash of what is written, as nobody's accident would."""
    sink = pa.BufferOutputStream()
    for table in parts:
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
    content = sink.getvalue().to_pybytes()
    path.write_bytes(content + xxhash.xxh3_128(content).digest())


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[3000] ^= 1
    path.write_bytes(content)


def one_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def no_tables(path: Path) -> None:
    content = b"\xff\xff\xff\xff" + b"\x7f" * 400
    path.write_bytes(content + xxhash.xxh3_128(content).digest())


def fewer_years(path: Path) -> None:
    cities, national = tables(path)
    write_whole(path, cities.slice(0, len(cities) // 2), national.slice(0, 1))


def fewer_cities(path: Path) -> None:
    cities, national = tables(path)
    half = len(cities) // 2
    write_whole(
        path, pa.concat_tables([cities.slice(1, half - 1), cities.slice(half + 1)]), national
    )


def other_columns(path: Path) -> None:
    cities, national = tables(path)
    write_whole(path, cities.drop_columns(["quota"]), national)


def no_such_class(path: Path) -> None:
    cities, national = tables(path)
    place = cities.schema.get_field_index("class_scored")
    values = pa.array([77] * len(cities), pa.int8())
    write_whole(path, cities.set_column(place, cities.schema.field(place), values), national)


def word_out_of_list(path: Path) -> None:
    cities, national = tables(path)
    place = cities.schema.get_field_index("city")
    words = pa.DictionaryArray.from_arrays(
        pa.array([9999] * len(cities), pa.int32()), pa.array(["a"]), safe=False
    )
    write_whole(path, cities.set_column(place, cities.schema.field(place), words), national)


def of_another_run(path: Path) -> None:
    shutil.copy(path.parents[2] / RunKey("no_policy", 1).file, path)


DAMAGES = [
    cut, emptied, flipped, no_tables, fewer_years, fewer_cities, other_columns, no_such_class,
    word_out_of_list, of_another_run,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_run_is_found_on_opening_and_done_anew(
    damage, experiment, small, whole, held
) -> None:
    damage(held / FILE)
    said: list[str] = []
    resumed = again(experiment, small, held, message=said.append)
    assert resumed.digest == whole.digest
    assert len(said) == 1
    assert said[0].startswith(f"1 damaged run: {held / FILE}: ")
    assert said[0].endswith("; they are done anew.")
    assert "\n" not in said[0]


def test_all_damaged_runs_are_named_at_once(experiment, small, whole, held) -> None:
    for path in held.rglob("*.arrow"):
        cut(path)
    said: list[str] = []
    assert again(experiment, small, held, message=said.append).digest == whole.digest
    assert len(said) == 1
    assert said[0].startswith("4 damaged runs: ")
    assert said[0].count("not a whole run") == 4


def test_a_run_whose_hash_is_not_the_recorded_one_is_read_in_full(
    experiment, small, whole, held
) -> None:
    write_whole(held / FILE, *tables(held / FILE))
    said: list[str] = []
    assert again(experiment, small, held, message=said.append).digest == whole.digest
    assert not said


@pytest.mark.parametrize("damage", DAMAGES)
def test_merge_names_the_damaged_shard_and_what_to_do_there(
    damage, experiment, small, held, tmp_path
) -> None:
    damage(held / FILE)
    with pytest.raises(InputError, match=f"1 damaged run: {held / FILE}: .*--resume, then merge"):
        merge([held], tmp_path / "all", economy=small, pictures=False)
    again(experiment, small, held)
    merge([held], tmp_path / "all", economy=small, pictures=False)


def test_merge_takes_a_sound_copy_where_another_is_damaged(
    experiment, small, whole, held, tmp_path
) -> None:
    cut(held / FILE)
    merged = merge([held, whole.folder], tmp_path / "all", economy=small, pictures=False)
    assert merged.digest == whole.digest
    cut(merged.folder / FILE)
    mended = merge([held, whole.folder], tmp_path / "all", economy=small, pictures=False)
    assert mended.digest == whole.digest


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda words: words | {"format": FORMAT + 1}, "written by a later version .*update it"),
        (lambda words: words | {"format": 1}, "written by an earlier version .*--out"),
        (lambda words: words | {"format": "4"}, "format is no number"),
        (lambda words: {k: v for k, v in words.items() if k != "format"}, "format is missing"),
        (lambda words: words | {"identity": {"code": "a"}}, "experiment is missing"),
        (lambda words: words | {"identity": 5}, "unreadable"),
        (lambda words: words | {"shard": "9"}, "unreadable"),
        (lambda words: words | {"runs": {"a-0000": {"seconds": 1.0}}}, "the state of a run is one"),
        (lambda words: words | {"runs": {"a-0000": {"state": "done", "seconds": "x"}}}, "seconds"),
        (lambda words: words | {"runs": [1]}, "unreadable"),
        (lambda words: [words], "it is no table of words"),
    ],
)
def test_a_manifest_that_is_none_is_told_in_one_line(change, says, experiment, small, held) -> None:
    path = held / "manifest.json"
    path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")
    with pytest.raises(InputError, match=says) as told:
        again(experiment, small, held)
    assert str(told.value).startswith(f"{path}: ")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b"{", b"\xff\xfe\x00", b"1" * 9_999])
def test_a_manifest_that_is_no_json_is_told_in_one_line(content, experiment, small, held) -> None:
    (held / "manifest.json").write_bytes(content)
    with pytest.raises(InputError, match=r"manifest\.json: unreadable .*--resume") as told:
        again(experiment, small, held)
    assert "\n" not in str(told.value)


def test_runs_outlive_a_manifest_that_is_lost(experiment, small, whole, held, tmp_path) -> None:
    (held / "manifest.json").unlink()
    with pytest.raises(InputError, match="not empty, and no results directory"):
        compare(experiment, economy=small, out=held, executor=InTurn(), pictures=False)
    other = experiment.model_copy(update={"seed": 7})
    with pytest.raises(InputError, match="not empty, and no results directory"):
        again(other, small, held)
    before = (held / FILE).stat().st_mtime_ns
    assert again(experiment, small, held).digest == whole.digest
    assert (held / FILE).stat().st_mtime_ns == before


def test_words_of_a_state_that_are_unknown_do_no_harm(experiment, small, whole, held) -> None:
    path = held / "manifest.json"
    words = json.loads(path.read_text("utf-8"))
    words["runs"]["no_policy-0000"]["altitude"] = 8848
    path.write_text(json.dumps(words), "utf-8")
    (held / "manifest-notes.json").write_text("mine", "utf-8")
    assert again(experiment, small, held).digest == whole.digest


def test_a_damaged_experiment_is_told_in_one_line_by_merge(small, held, tmp_path) -> None:
    path = held / "manifest.json"
    words = json.loads(path.read_text("utf-8"))
    for arm in words["experiment"]["arms"]:
        arm["scenario"]["cap"]["cut"] = "much"
    path.write_text(json.dumps(words), "utf-8")
    with pytest.raises(InputError, match=r"experiment cannot be read .*cap: cut = 'much'") as told:
        merge([held], tmp_path / "all", economy=small, pictures=False)
    assert "\n" not in str(told.value)


REPORT, ANIMATE, CITY = "report {held}", "animate {held}", "city 1 {held}"
READERS = {
    "national.parquet": [REPORT, ANIMATE, "export {held} --iamc {held}/iamc.csv"],
    "cities.parquet": [REPORT, ANIMATE, CITY],
    "ranking.csv": [REPORT],
    "classes.csv": [REPORT, CITY],
    "regions.csv": [CITY],
}
"""Commands that read a table, by table."""


@pytest.mark.parametrize("damage", [one_bit, cut, Path.unlink])
@pytest.mark.parametrize(
    ("name", "words"), [(name, words) for name, known in READERS.items() for words in known]
)
def test_readers_refuse_a_table_that_is_not_as_it_was_written(
    damage, name, words, door, held
) -> None:
    damage(held / name)
    answer = door(*words.format(held=held).split())
    assert answer.refused_in_one_line
    assert f"{held / name}: " in answer.err
    assert "--resume writes it anew from runs/" in answer.err


def test_a_table_that_was_changed_is_refused_in_python_until_it_is_written_anew(
    experiment, small, whole, held
) -> None:
    one_bit(held / "cities.parquet")
    with pytest.raises(InputError, match=r"cities\.parquet: not as it was written"):
        read_cities(held, ["emissions"])
    again(experiment, small, held)
    pd.testing.assert_frame_equal(read_cities(held), whole.cities)


def test_a_table_without_a_seal_is_named_where_it_cannot_be_read(held) -> None:
    (held / "manifest.json").unlink()
    cut(held / "cities.parquet")
    with pytest.raises(InputError, match=r"cities\.parquet: unreadable"):
        read_cities(held)
