"""Drafts: what appears whole is written beside its place, by one process, and cleared away."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_executors import InTurn

from analysis import compare
from analysis.experiment.run_key import RunKey
from data.atomic import ABANDONED, MACHINE, atomic, sweep_drafts
from scenarios import read_experiment

posix = pytest.mark.skipif(os.name != "posix", reason="asks a POSIX system for a process")


def draft_of(process: int, machine: str = MACHINE) -> str:
    return f".{process}-{machine}-thing.csv"


@pytest.fixture
def ended() -> int:
    """Return the number of a process that has ended."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@posix
def test_a_planted_link_is_not_followed(tmp_path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    (tmp_path / draft_of(os.getpid())).symlink_to(mine)
    with atomic(tmp_path / "thing.csv") as draft:
        assert not draft.is_symlink()
        draft.write_text("thing")
    assert mine.read_text() == "mine"
    assert (tmp_path / "thing.csv").read_text() == "thing"
    assert not (tmp_path / "thing.csv").is_symlink()


@posix
def test_drafts_of_processes_that_have_ended_are_swept_and_no_others(ended, tmp_path) -> None:
    dead, living = tmp_path / draft_of(ended), tmp_path / draft_of(os.getpid())
    other, old = tmp_path / draft_of(ended, "abcdef"), tmp_path / draft_of(1, "abcdef")
    notes = tmp_path / ".2026-november-notes"
    for path in (dead, living, other, old, notes):
        path.write_text("half a ")
    past = time.time() - 2 * ABANDONED
    for path in (old, living, notes):
        os.utime(path, (past, past))
    sweep_drafts(tmp_path)
    assert set(tmp_path.iterdir()) == {living, other, notes}


@posix
def test_a_results_directory_is_swept_when_it_is_opened(ended, small, tmp_path) -> None:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    chosen = full.model_copy(update={"arms": full.arms[:1], "replications": 1, "name": "trial"})
    folder = tmp_path / "r"
    for resume in (False, True):
        compare(chosen, economy=small, out=folder, executor=InTurn(), resume=resume, pictures=False)
        assert not list(folder.rglob(".*"))
        for place in (folder, (folder / Path(RunKey("no_policy", 0).file)).parent):
            (place / draft_of(ended)).write_text("half a ")
