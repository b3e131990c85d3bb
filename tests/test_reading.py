"""Files that cannot be read as they are: each is refused in one line."""

import errno
import os

import pytest

from data.errors import InputError
from scenarios import read_scenario
from scenarios.files import LONGEST_FILE, MOST_EXTENDED

HUGE = "9" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"[horizon]\nend = {HUGE}",
        "a = " + "[" * 2000,
        "a = " + "[" * 40 + "]" * 40,
        "[" + ".".join("a" * 500) + "]",
        "#" * (LONGEST_FILE + 1),
    ],
    ids=["digits", "brackets", "lists", "tables", "length"],
)
def test_a_file_out_of_proportion_is_refused(text, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"digits|nested deeper|more than 10,000,000 bytes"):
        read_scenario(path)


@pytest.mark.parametrize("setting", [f"horizon.end={HUGE}", "x=" + "[" * 2000, "a." * 50 + "b=1"])
def test_a_setting_out_of_proportion_is_refused(setting) -> None:
    with pytest.raises(InputError, match=r"digits|nested deeper|at most 4 parts"):
        read_scenario("default", [setting])


def test_a_plugin_s_path_with_a_null_byte_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_scenario("default", plugin="a\0.py")


def test_a_setting_is_one_value_and_no_second_key() -> None:
    with pytest.raises(InputError, match="valid number"):
        read_scenario("default", ["cap.cut=0.3\n[market]\nprice_floor=1.0"])


def test_files_that_extend_each_other_in_a_circle_of_paths_are_refused(tmp_path) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    (folder / "self.toml").write_text('extends = "../sub/self.toml"')
    with pytest.raises(InputError, match="extends itself"):
        read_scenario(folder / "self.toml")


def test_a_long_row_of_files_that_extend_each_other_is_refused(tmp_path) -> None:
    for n in range(MOST_EXTENDED + 5):
        (tmp_path / f"{n}.toml").write_text(f'extends = "{n + 1}.toml"')
    with pytest.raises(InputError, match="20 files extend each other"):
        read_scenario(tmp_path / "0.toml")


@pytest.mark.parametrize(
    "words",
    [
        {"cap.coverage": {"²⁰²⁰": "all"}},
        {"cap.path": "table", "cap.levels_mt": {"２０２０": 1.0}},
        {"cap.path": "table", "cap.levels_mt": {"²⁰²⁰": 1.0}},
    ],
)
def test_digits_of_other_scripts_make_no_year(words) -> None:
    with pytest.raises(InputError, match="is no year"):
        read_scenario("default", words)


@pytest.mark.parametrize(
    "words",
    [
        ["run", "a" * 300],
        ["run", "default", "--plugin", "a" * 300],
        ["scenarios", "show", "b" * 5000],
        ["run", "default", "--out", "o" * 300, "--set", "horizon.end=2013"],
        ["merge", "m" * 300, "--out", "x"],
    ],
    ids=["name", "plugin", "show", "out", "merge"],
)
def test_a_path_that_no_system_takes_is_refused_in_one_line(words, door) -> None:
    answer = door(*words)
    assert answer.refused_in_one_line, answer
    assert len(answer.err) < 340


def test_an_error_of_the_system_is_told_with_path_and_reason(door, monkeypatch, tmp_path) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "closed"))

    monkeypatch.setattr("analysis.command_line.merge_command.merge", closed)
    answer = door("merge", "a", "--out", "b")
    assert answer.refused_in_one_line
    assert answer.err.endswith("closed: Permission denied\n")


@pytest.mark.parametrize(
    ("number", "way_out"), [(errno.EMFILE, "ulimit -n"), (errno.ENOMEM, "ulimit -v")]
)
def test_a_limit_of_the_machine_is_no_fault_of_an_economy(
    number, way_out, door, monkeypatch, tmp_path
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("data.importing.kept.read_arrays", refused)
    answer = door("run", "default", "--economy", str(tmp_path))
    assert answer.refused_in_one_line
    assert f"{tmp_path}: {os.strerror(number)}; raise the limit" in answer.err
    assert way_out in answer.err


def test_a_full_disk_is_told_with_the_folder_in_use(door, monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("analysis.command_line.merge_command.merge", full)
    assert (
        "quotapolis: over/there: the disk is full" in door("merge", "a", "--out", "over/there").err
    )
