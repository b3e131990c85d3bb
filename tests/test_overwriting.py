"""What is there already stays, unless the user says otherwise."""

import pytest

from analysis.command_line.overwriting import require_no_home


def test_accounts_do_not_replace_a_file_in_silence(door, tmp_path, small, monkeypatch) -> None:
    monkeypatch.setattr("analysis.command_line.data_command.load_economy", lambda *_, **__: small)
    out = tmp_path / "accounts.csv"
    out.write_text("mine")
    answer = door("data", "accounts", str(out))
    assert answer.refused_in_one_line
    assert "--overwrite" in answer.err
    assert out.read_text() == "mine"
    assert door("data", "accounts", str(out), "--overwrite").code == 0
    assert out.read_text() != "mine"


@pytest.mark.parametrize("name", ["index.html", ".ssh"])
def test_a_reproduction_does_not_write_into_a_folder_of_others(name, door, tmp_path) -> None:
    (tmp_path / name).write_text("mine")
    answer = door("reproduce", "liu2015", "--out", str(tmp_path))
    assert answer.refused_in_one_line
    assert "nothing was overwritten" in answer.err


@pytest.mark.parametrize("words", [["run", "default"], ["compare", "markets"]])
def test_a_folder_with_hidden_files_alone_is_not_empty(words, door, tmp_path) -> None:
    (tmp_path / ".git").mkdir()
    answer = door(*words, "--out", str(tmp_path))
    assert answer.refused_in_one_line
    assert "holds .git" in answer.err


def test_a_draft_of_a_killed_run_leaves_its_folder_empty(tmp_path) -> None:
    (tmp_path / ".1234-manifest.json").write_text("{")
    require_no_home(tmp_path)
