"""Studies that hang, are stopped or killed: workers end, finished runs stay, one line says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="reads the processes of Linux"
)
STUDY = Path(__file__).parent / "hanging_study.py"
SOON = 25
"""Seconds after which a test gives up waiting; none takes nearly as long."""


@contextmanager
def hanging(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a study and wait until one run is done and its worker hangs in the other."""
    with subprocess.Popen(
        [sys.executable, STUDY, out],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        env={**os.environ, "PYTHONPATH": str(STUDY.parents[1])},
    ) as process:
        try:
            until(lambda: list(out.rglob("[!.]*.arrow")))
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def until(true) -> None:
    deadline = time.monotonic() + SOON
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def processes_of(session: int) -> list[int]:
    """Return the processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, owner = stat.read_text().rpartition(")")[2].split()[:4]
            if int(owner) == session and state != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize(
    "number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.study)]
)
def test_a_study_that_hangs_can_be_stopped_and_keeps_what_is_done(number, tmp_path) -> None:
    with hanging(tmp_path / "r") as study:
        study.send_signal(number)
        _, words = study.communicate(timeout=SOON)
        assert study.returncode == 128 + number
        assert words.startswith("interrupted after 1 of 2 runs; they are kept in ")
        assert words.endswith("go on with --resume\n")
        until(lambda: not processes_of(study.pid))
    assert not list((tmp_path / "r").rglob(".*"))


def test_workers_end_with_a_parent_that_was_killed(tmp_path) -> None:
    with hanging(tmp_path / "r") as study:
        assert len(processes_of(study.pid)) > 1
        study.kill()
        study.wait()
        until(lambda: not processes_of(study.pid))


def test_a_run_that_takes_too_long_has_failed_and_the_others_go_on(tmp_path) -> None:
    done = subprocess.run(
        [sys.executable, STUDY, tmp_path / "r", "3"],
        capture_output=True,
        text=True,
        timeout=4 * SOON,
        check=True,
        env={**os.environ, "PYTHONPATH": str(STUDY.parents[1])},
    )
    arms, failures = done.stdout.splitlines()
    assert arms == "['no_policy']"
    assert "'own-0000': 'failed: RunTooLong: more than 3 s; --run-limit allows more'" in failures


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.study),
        pytest.param(signal.SIGHUP, marks=pytest.mark.study),
    ],
)
def test_the_command_ends_in_one_line_by_whatever_signal(number) -> None:
    begin = (
        "from analysis.command_line.stop_signals import ended_by_signals; import time;"
        "ended_by_signals(lambda: (print('ready', flush=True), time.sleep(60)))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begin],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as command:
        assert command.stdout is not None
        command.stdout.readline()
        command.send_signal(number)
        _, words = command.communicate(timeout=SOON)
    assert command.returncode == 128 + number
    assert words == "quotapolis: interrupted; finished runs are kept\n"
