"""The command line as a person meets it: messages, exit codes, files."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from test_executors import InTurn

from analysis import compare
from analysis.command_line.commands import MODULES, loaded, summary
from model.allocation import RULES
from scenarios import read_scenario

COMMAND = [sys.executable, "-c", "from analysis.command_line.command import main; main()"]


AS_IN_A_TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
"""What runs in the background, as tests may, inherits deafness to Ctrl-C."""


def quotapolis(
    *words: str, cwd: Path | None = None, coding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": coding},
    )


@pytest.fixture
def on_the_small_economy(small, monkeypatch) -> None:
    """Let the command compare on the invented economy, in this process."""
    here = partial(compare, economy=small, executor=InTurn())
    for command in ("compare", "run"):
        monkeypatch.setattr(f"analysis.command_line.{command}_command.compare", here)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["run", "baselin"], "did you mean baseline?"),
        (["run", "default", "--set", "cap.cutt=0.3"], "unknown key cap.cutt; did you mean cut?"),
        (["compare", "markets", "--replications", "200000"], "at most 100000"),
        (["compare", "markets", "--arms", ""], "--arms is empty"),
        (["compare", "markets", "--arms", ","], "--arms is empty"),
        (["compare", "markets", "--arms", "auction,auction"], "auction stands there twice"),
        (["run", "default", "--outcomes", ""], "--outcomes is empty"),
        (["sensitivity", "markets", "--keys", ""], "--keys is empty"),
        (
            ["run", "default", "--set", "horizon.end=2011"],
            "horizon.end = 2011 must come after horizon.base_year = 2012",
        ),
        (["run", "default", "--set", "cap.path=linear_cut"], "cap.cut is missing"),
        (["compare", "nowhere.toml"], "nowhere.toml: no such file"),
        (["compare", "allocation_rules", "--replications", "0"], "--replications 0"),
        (["data", "compile", "--year", "2016"], "base year 2016"),
    ],
)
def test_a_mistake_gets_one_message_and_exit_code_two(
    words, named, door, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = door(*words)
    assert answer.refused_in_one_line
    assert named in answer.err
    assert not list(tmp_path.iterdir())


def test_a_command_loads_what_it_alone_needs_and_the_list_of_all_none() -> None:
    """Pictures, statistics and searches are loaded by the commands that draw and search."""
    asked = (
        "import contextlib, sys; from analysis.command_line.command import main\n"
        "sys.argv = ['quotapolis', '--help']\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(sys.stderr): main()\n"
        "loaded = {*sys.modules}; from analysis.command_line import run_command\n"
        "print(*loaded, '|', *sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    listing, running = (set(part.split()) for part in ran.stdout.split("|"))
    assert "sensitivity" in ran.stderr
    assert not {name for name in listing if name.endswith("_command")}
    assert not {"numpy", "pandas", "mesa", "pydantic"} & listing
    assert not {"matplotlib", "scipy.stats", "analysis.uncertainty"} & running


@pytest.mark.parametrize("name", MODULES)
def test_the_list_of_commands_says_what_the_help_of_each_begins_with(name) -> None:
    assert summary(name)
    assert summary(name) == loaded(name).help


def test_a_word_that_is_no_command_is_answered_with_the_nearest(door) -> None:
    answer = door("comprae", "markets")
    assert answer.code == 2
    assert "Did you mean 'compare'?" in answer.err


def test_a_mistake_ends_the_program_with_one_line(tmp_path) -> None:
    answer = quotapolis("run", "baselin", cwd=tmp_path)
    assert answer.returncode == 2
    assert answer.stderr.startswith("quotapolis: ")
    assert answer.stderr.endswith("did you mean baseline?\n")
    assert answer.stderr.count("\n") == 1


def test_a_name_that_is_like_none_is_answered_with_what_there_is(door) -> None:
    answer = door("scenarios", "show", "nothing")
    assert answer.refused_in_one_line
    assert "no such scenario or experiment; known: all_rules, " in answer.err


def test_a_run_that_fails_is_said_to_and_no_success(
    door, on_the_small_economy, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    built_in = RULES.entries()
    (tmp_path / "mine.py").write_text(
        "from model.allocation import RULES\n\n\n@RULES.register()\n"
        "def broken(cap, knowledge):\n    raise ValueError('no rule at all')\n"
    )
    words = ["--plugin", "mine.py", "--set", "allocation.rule=broken", "--set", "horizon.end=2013",
             "--no-pictures"]  # fmt: skip
    answer = door("run", "default", *words, "--out", "r")
    RULES.restore(built_in)
    assert answer.code == 1
    assert "default-0000: failed" in answer.err


def test_what_a_terminal_cannot_write_does_not_end_the_command() -> None:
    answer = quotapolis("scenarios", "list", coding="ascii")
    assert answer.returncode == 0
    assert "allocation_rules" in answer.stdout


def test_keys_of_the_schema_are_never_cut(door) -> None:
    listed = door("scenarios", "schema").out
    assert "CNY/t" in listed
    assert "abatement.demand_floor" in listed
    assert "allocation.responsibility_capability.income_threshold" in listed


def test_the_library_is_listed_and_shown(door) -> None:
    listed = door("scenarios", "list").out
    assert "allocation_rules" in listed
    assert "baseline" in listed
    assert "penalty_multiple = 5.0" in door("scenarios", "show", "strict_enforcement").out


def test_what_show_prints_can_be_run(door, tmp_path) -> None:
    for name in ("shared_responsibility", "clean_power_west"):
        shown = door("scenarios", "show", name).out
        (tmp_path / "mine.toml").write_text(shown, encoding="utf-8")
        assert read_scenario(tmp_path / "mine.toml") == read_scenario(name)


def test_what_show_prints_of_tables_within_sections_can_be_run(door, tmp_path) -> None:
    words = 'extends = "default"\n[cap]\npath = "table"\nlevels_mt = { 2020 = 9000.0 }\n'
    (tmp_path / "mine.toml").write_text(
        words + '[behaviour]\nrule = "mix"\nshares = { imitate = 0.4, logit = 0.6 }\n'
    )
    shown = door("scenarios", "show", str(tmp_path / "mine.toml")).out
    (tmp_path / "shown.toml").write_text(shown, encoding="utf-8")
    assert read_scenario(tmp_path / "shown.toml") == read_scenario(tmp_path / "mine.toml")


def test_one_scenario_runs_to_tables_and_pictures(
    door, price_alone, on_the_small_economy, tmp_path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["run", "default", "--set", "horizon.end=2014", "--out", "mine"]
    answer = door(*words)
    assert answer.code == 0, answer.err
    assert "Results: mine" in answer.out
    assert answer.err == ""
    made = {path.suffix for path in (tmp_path / "mine" / "figures").iterdir()}
    assert made == {".png", ".svg", ".csv"}
    again = door(*words)
    assert again.refused_in_one_line
    assert "add --resume" in again.err
    resumed = door(*words, "--resume")
    assert re.sub(r"\s", "", resumed.out) == re.sub(r"\s", "", answer.out)


@pytest.mark.full
@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a POSIX signal")
def test_ctrl_c_keeps_the_finished_runs_and_says_how_to_go_on(full, tmp_path) -> None:
    words = ["compare", "allocation_rules", "--workers", "1", "--out", "mine"]
    runs = tmp_path / "mine" / "runs"
    with subprocess.Popen(
        [sys.executable, "-c", AS_IN_A_TERMINAL + COMMAND[-1], *words],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 120
        while not list(runs.rglob("[!.]*.arrow")) and time.monotonic() < deadline:
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        try:
            _, message = process.communicate(timeout=60)
        finally:
            with suppress(ProcessLookupError):  # it has ended, as it should
                os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130
    assert "go on with --resume" in message
    assert "Traceback" not in message
    assert list(runs.rglob("[!.]*.arrow"))
    assert not list(runs.rglob(".*"))


def test_one_history_is_saved_gone_on_with_and_branched(door, compiles, tmp_path) -> None:
    """The scenario alone, stopped in 2014; then the same policy, and another, from there."""
    state = f"{tmp_path}/after2014.npz"
    words = ["run", "default", "--set", "horizon.end=2016"]
    assert door(*words, "--until", "2014", "--save", state).code == 0
    same = door(*words, "--from", state, "--out", f"{tmp_path}/same")
    assert same.code == 0, same.err
    assert "2015 to 2016" in same.out
    assert door(*words, "--set", "compliance.audit=0.9", "--from", state).code == 0
    refused = door(*words, "--set", "growth.exports=0.1", "--from", state)
    assert refused.code == 2
    assert "a branch cannot change it" in refused.err
