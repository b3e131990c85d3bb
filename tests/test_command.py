"""The command line as a person meets it: messages, exit codes, files."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

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


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["run", "baselin"], "did you mean baseline?"),
        (["run", "default", "--set", "cap.cutt=0.3"], "unknown key cap.cutt; did you mean cut?"),
        (["compare", "markets", "--replications", "200000"], "at most 100000"),
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
def test_a_mistake_gets_one_message_and_exit_code_two(words, named, tmp_path) -> None:
    answer = quotapolis(*words, cwd=tmp_path)
    assert answer.returncode == 2
    assert named in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_run_that_fails_is_said_to_and_no_success(tmp_path) -> None:
    (tmp_path / "mine.py").write_text(
        "from model.allocation import RULES\n\n\n@RULES.register()\n"
        "def broken(cap, knowledge):\n    raise ValueError('no rule at all')\n"
    )
    words = ["--plugin", "mine.py", "--set", "allocation.rule=broken", "--set", "horizon.end=2013"]
    answer = quotapolis("run", "default", *words, "--out", "r", cwd=tmp_path)
    assert answer.returncode == 1
    assert "default-0000: failed" in answer.stderr


def test_what_a_terminal_cannot_write_does_not_end_the_command() -> None:
    answer = quotapolis("scenarios", "list", coding="ascii")
    assert answer.returncode == 0
    assert "allocation_rules" in answer.stdout


def test_keys_of_the_schema_are_never_cut() -> None:
    listed = quotapolis("scenarios", "schema").stdout
    assert "abatement.demand_floor" in listed
    assert "allocation.responsibility_capability.income_threshold" in listed


def test_the_library_is_listed_shown_and_its_schema_explained() -> None:
    listed = quotapolis("scenarios", "list").stdout
    assert "allocation_rules" in listed
    assert "baseline" in listed
    shown = quotapolis("scenarios", "show", "strict_enforcement").stdout
    assert "penalty_multiple = 5.0" in shown
    assert "CNY/t" in quotapolis("scenarios", "schema").stdout


def test_what_show_prints_can_be_run(tmp_path) -> None:
    from scenarios import read_scenario

    for name in ("shared_responsibility", "clean_power_west"):
        shown = quotapolis("scenarios", "show", name).stdout
        (tmp_path / "mine.toml").write_text(shown, encoding="utf-8")
        assert read_scenario(tmp_path / "mine.toml") == read_scenario(name)


def test_what_show_prints_of_tables_within_sections_can_be_run(tmp_path) -> None:
    from scenarios import read_scenario

    words = 'extends = "default"\n[cap]\npath = "table"\nlevels_mt = { 2020 = 9000.0 }\n'
    (tmp_path / "mine.toml").write_text(
        words + '[behaviour]\nrule = "mix"\nshares = { imitate = 0.4, logit = 0.6 }\n'
    )
    shown = quotapolis("scenarios", "show", str(tmp_path / "mine.toml")).stdout
    (tmp_path / "shown.toml").write_text(shown, encoding="utf-8")
    assert read_scenario(tmp_path / "shown.toml") == read_scenario(tmp_path / "mine.toml")


@pytest.mark.full
def test_one_scenario_runs_to_tables_and_pictures(full, tmp_path) -> None:
    words = ["run", "default", "--set", "horizon.end=2015", "--out", "mine"]
    answer = quotapolis(*words, cwd=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert "Results: mine" in answer.stdout
    assert answer.stderr == ""
    made = {path.suffix for path in (tmp_path / "mine" / "figures").iterdir()}
    assert made == {".png", ".svg", ".csv"}
    again = quotapolis(*words, cwd=tmp_path)
    assert again.returncode == 2
    assert "add --resume" in again.stderr
    resumed = quotapolis(*words, "--resume", cwd=tmp_path)
    assert re.sub(r"\s", "", resumed.stdout) == re.sub(r"\s", "", answer.stdout)


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


def test_one_history_is_saved_gone_on_with_and_branched(tmp_path) -> None:
    """The scenario alone, stopped in 2014; then the same policy, and another, from there."""
    state = f"{tmp_path}/after2014.npz"
    words = ["run", "default", "--set", "horizon.end=2016"]
    assert quotapolis(*words, "--until", "2014", "--save", state).returncode == 0
    same = quotapolis(*words, "--from", state, "--out", f"{tmp_path}/same")
    assert same.returncode == 0, same.stderr
    assert "2015 to 2016" in same.stdout
    strict = quotapolis(*words, "--set", "compliance.audit=0.9", "--from", state)
    assert strict.returncode == 0
    refused = quotapolis(*words, "--set", "growth.exports=0.1", "--from", state)
    assert refused.returncode == 2
    assert "a branch cannot change it" in refused.stderr
