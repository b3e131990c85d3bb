"""What the cache keeps: listed with year, size and age, and removed when asked."""

import os
import platform
import time
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from analysis.command_line.data_command import app
from data.compiled import cache, contents
from data.compiled.contents import clear
from data.errors import InputError
from model.compile.assumptions import Assumptions

DRAW = "economy-2017-draw-3-0123456789abcdef"
PAIRS = "drawn-pairs-0123456789abcdef"
DRAFT = f"economy-2012-0123456789abcdef.{os.getpid()}@{platform.node()}.0a1b2c3d.draft"
LIMITED = "above 8 GB (QUOTAPOLIS_CACHE_LIMIT) the longest unused are dropped"
FOREIGN = ("results", "economy-2012", "economy-2012.lock", "my-economy-2012-0123456789abcdef")


@pytest.fixture
def kept(compiles) -> Path:
    """Return a cache of an economy, a draw of two hours ago, drawn pairs, a draft, and others."""
    cache.load_economy(2012)
    folder = cache.cache_folder()
    for name in (DRAW, PAIRS, DRAFT, *FOREIGN):
        (folder / name).mkdir()
    np.save(folder / DRAW / "x.npy", np.zeros(250_000))
    then = time.time() - 2.5 * 3600
    os.utime(folder / DRAW / "x.npy", (then, then))
    return folder


def told(*words: str) -> list[str]:
    answer = CliRunner().invoke(app, ["cache", *words])
    assert answer.exit_code == 0
    return answer.output.splitlines()


def row(lines: list[str], name: str) -> list[str]:
    (line,) = (line for line in lines if name in line)
    return [cell.strip() for cell in line.strip("│").split("│")]


def test_what_is_kept_is_listed_with_year_size_and_age(kept) -> None:
    lines = told()
    compiled = cache.economy_folder(2012, Assumptions())
    size = sum(file.stat().st_size for file in compiled.iterdir())
    assert row(lines, compiled.name)[1:] == [
        "compiled",
        "2012",
        f"{size / 1e6:.1f} MB",
        "just now",
        "in use",
    ]
    assert row(lines, DRAW)[1:] == ["draw 3", "2017", "2.0 MB", "2 hours", "2 hours"]
    assert row(lines, PAIRS)[1:] == ["drawn pairs", "", "0.0 MB", "just now", "just now"]
    assert row(lines, DRAFT)[1] == "draft"
    assert lines[-1] == f"4 folders, {(size + 2_000_128) / 1e6:.1f} MB, kept in {kept}; {LIMITED}"


def test_folders_of_others_are_not_listed_and_not_removed(kept) -> None:
    assert not any(f" {name} " in line for line in told() for name in FOREIGN)
    told("--clear")
    assert {path.name for path in kept.iterdir()} == {*FOREIGN, DRAFT}


def test_what_was_removed_is_listed_and_compiled_anew_when_needed(kept, compiles) -> None:
    lines = told("--clear")
    assert row(lines, DRAW)[1] == "draw 3"
    assert lines[-1].startswith("3 folders, ")
    assert lines[-1].endswith(f" MB, removed from {kept}")
    assert told()[-1] == f"1 folder, 0.0 MB, kept in {kept}; {LIMITED}"
    cache.load_economy(2012)
    assert compiles == ["compiled", "compiled"]


def test_an_empty_cache_is_told_as_such(compiles) -> None:
    assert told() == [f"0 folders, 0.0 MB, kept in {cache.cache_folder()}; {LIMITED}"]


def test_a_folder_that_cannot_be_removed_is_named(kept, monkeypatch) -> None:
    monkeypatch.setattr(contents, "remove", lambda _: None)
    with pytest.raises(InputError, match=f"{PAIRS}: cannot be removed; ask its owner"):
        clear()
