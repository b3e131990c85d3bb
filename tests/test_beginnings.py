"""How worker processes begin: loaded once, as their parent is now, and also where no server can."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.experiment.identity import version_mark
from analysis.experiment.processes import RUN_LIMIT, Processes
from analysis.experiment.workers import WorkerContext, worker_name

COMMAND = "from analysis.command_line.command import main; main()"
ANSWER = (
    "from analysis.experiment.beginnings import begun\n"
    "if __name__ == '__main__':\n"
    "    process = begun(print, ('it', 'began'))\n"
    "    process.join()\n"
    "    print(process.exitcode)\n"
)


def test_a_worker_has_the_variables_that_its_parent_has_when_it_begins(monkeypatch) -> None:
    for value in ("one", "another"):
        monkeypatch.setenv("QUOTAPOLIS_TRIED", value)
        assert in_a_worker(os.getenv, "QUOTAPOLIS_TRIED") == value


def test_a_worker_has_the_folder_that_its_parent_is_in(monkeypatch, tmp_path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert in_a_worker(os.getcwd) == str((tmp_path / name).resolve())


def in_a_worker(function, *words):
    """Return what a function answers in a worker process that begins now."""
    context = WorkerContext("mark", version_mark(), Path(), b"", worker_name())
    pool = Processes(1, context, RUN_LIMIT)
    try:
        return pool.submit(function, *words).result()
    finally:
        pool.shutdown()


@pytest.mark.parametrize("place", ["usual", "too long for a socket", "missing"])
def test_workers_begin_and_nothing_is_left_of_them_wherever_temporary_files_go(
    place, tmp_path
) -> None:
    """Who waits for the end of the output waits for all that could write to it."""
    folder = tmp_path if place == "usual" else tmp_path / ("long" * 40)
    if place.startswith("too long"):
        folder.mkdir()
    script = tmp_path / "answer.py"
    script.write_text(ANSWER, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (ran.stdout, ran.stderr) == ("it began\n0\n", "")


@pytest.mark.parametrize("words", [["compare", "allocation_rulez"], ["compare", "--help"]])
def test_who_reads_what_a_command_says_does_not_wait_for_its_server(words, tmp_path) -> None:
    """Wherever temporary files go; the server would write to the same stream."""
    folder = tmp_path / ("long" * 40)
    folder.mkdir()
    for place in (tmp_path, folder):
        ran = subprocess.run(
            [sys.executable, "-c", COMMAND, *words],
            env={**os.environ, "TMPDIR": str(place)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in ran.stderr
        assert ran.returncode == (0 if "--help" in words else 2)
        assert not running_from(place)


def running_from(folder: Path) -> list[str]:
    """Return the processes whose temporary files go to a folder."""
    told = f"TMPDIR={folder}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if told in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
    return [words for words in found if "resource_tracker" not in words]
