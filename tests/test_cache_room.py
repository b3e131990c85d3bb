"""Room in the cache: the longest unused are dropped first, and none that a process uses."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from data.compiled import cache
from data.compiled.leases import hold
from data.errors import InputError
from model.compile.assumptions import Assumptions

MB = 1e6
HOLDING = """
import sys, time
from pathlib import Path
from data.compiled.leases import hold
hold(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def economy(number: int, hours: float) -> Path:
    """Return an economy of 1 MB that was last used some hours ago."""
    folder = cache.cache_folder() / f"economy-2012-{number:016x}"
    folder.mkdir(parents=True)
    np.save(folder / "x.npy", np.zeros(125_000))
    then = time.time() - 3600 * hours
    (folder / "used").touch()
    for file in folder.iterdir():
        os.utime(file, (then, then))
    return folder


def limit(monkeypatch, megabytes: float) -> None:
    monkeypatch.setenv("QUOTAPOLIS_CACHE_LIMIT", str(megabytes / 1000))


def own_size() -> float:
    """Return how large one compiled invented economy is, MB."""
    folder = cache.economy_folder(2012, Assumptions())
    return sum(file.stat().st_size for file in folder.iterdir()) / MB


def test_the_longest_unused_is_dropped_first_and_no_more_than_needed(
    compiles, monkeypatch, capsys
) -> None:
    oldest, older, newest = (economy(number, hours) for number, hours in ((1, 9), (2, 5), (3, 1)))
    limit(monkeypatch, 2.5)
    cache.load_economy(2012)
    assert own_size() < 0.4
    assert not oldest.exists()
    assert older.exists()
    assert newest.exists()
    assert "dropped an economy not used for longest" in capsys.readouterr().err


def test_use_makes_an_old_economy_young(compiles, monkeypatch) -> None:
    old, other = economy(1, 9), economy(2, 5)
    (old / "used").touch()
    limit(monkeypatch, 1.5)
    cache.load_economy(2012)
    assert old.exists()
    assert not other.exists()


def test_an_economy_in_use_is_never_dropped(compiles, monkeypatch) -> None:
    mine, theirs = economy(1, 9), economy(2, 8)
    hold(mine)
    words = [sys.executable, "-c", HOLDING, str(theirs)]
    with subprocess.Popen([*words, "60"], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        limit(monkeypatch, 0)
        cache.load_economy(2012)
        other.kill()
    assert mine.exists()
    assert theirs.exists()
    assert cache.economy_folder(2012, Assumptions()).exists()
    cache.load_economy(2012, Assumptions(home_weight=2.0))
    assert mine.exists()
    assert not theirs.exists()  # its process was killed


def test_a_process_that_ends_gives_its_economies_back(compiles) -> None:
    folder = economy(1, 9)
    subprocess.run([sys.executable, "-c", HOLDING, str(folder), "0"], check=True, stdout=-3)
    assert not list(folder.glob("in-use*"))
    assert (folder / "used").stat().st_mtime > time.time() - 600


def test_reading_drops_nothing_and_no_limit_keeps_all(compiles, monkeypatch) -> None:
    cache.load_economy(2012)
    old = economy(1, 9)
    limit(monkeypatch, 0)
    cache.load_economy(2012)
    assert old.exists()
    monkeypatch.setenv("QUOTAPOLIS_CACHE_LIMIT", "none")
    cache.load_economy(2012, Assumptions(home_weight=2.0))
    assert old.exists()


@pytest.mark.parametrize("told", ["much", "-1", "inf", "nan"])
def test_a_limit_that_is_no_number_is_refused(told, compiles, monkeypatch) -> None:
    monkeypatch.setenv("QUOTAPOLIS_CACHE_LIMIT", told)
    with pytest.raises(InputError, match=f"QUOTAPOLIS_CACHE_LIMIT={told}: write gigabytes"):
        cache.load_economy(2012)
    assert compiles == []
