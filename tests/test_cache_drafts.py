"""Drafts of cached folders: swept with their process; what cannot be written is told first."""

import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.compiled import cache, kept_economy
from data.errors import InputError
from model.compile.assumptions import Assumptions

KILLED = """
import os, sys
from pathlib import Path
from data.compiled.drafts import draft_of
with draft_of(Path(sys.argv[1])) as draft:
    (draft / "F.npy").write_bytes(b"half")
    os._exit(9)
"""


def folder_of() -> Path:
    return cache.economy_folder(2012, Assumptions())


def drafts() -> list[Path]:
    return list(cache.cache_folder().glob("*.draft"))


def left_by(owner: str, hours: float) -> Path:
    draft = cache.cache_folder() / f"economy-2012-0123456789abcdef.{owner}.draft"
    draft.mkdir(parents=True)
    then = time.time() - 3600 * hours
    os.utime(draft, (then, then))
    return draft


def test_a_draft_of_a_killed_process_is_swept_when_the_cache_is_opened(compiles) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder_of())], check=False)
    assert len(drafts()) == 1
    assert not folder_of().exists()
    cache.load_economy(2012)
    assert drafts() == []


OWNERS = {
    "of this process": f"{os.getpid()}@{platform.node()}.0a1b2c3d",
    "of another machine": "999999999@elsewhere.0a1b2c3d",
    "of nobody knows whom": "x7_k2p9q",
}


@pytest.mark.parametrize("owner", OWNERS)
def test_a_draft_that_somebody_may_work_on_stays_for_a_day(owner: str, compiles) -> None:
    """Processes of other machines cannot be asked, and some drafts do not say whose they are."""
    draft = left_by(OWNERS[owner], hours=23)
    cache.load_economy(2012)
    assert drafts() == [draft]
    draft.rmdir()
    left_by(OWNERS[owner], hours=25)
    cache.load_economy(2012)
    assert drafts() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
@pytest.mark.parametrize(
    ("umask", "folder", "file"), [(0o022, 0o755, 0o644), (0o007, 0o770, 0o660)]
)
def test_a_cached_economy_may_be_read_by_whom_the_umask_lets(
    umask: int, folder: int, file: int, compiles
) -> None:
    before = os.umask(umask)
    try:
        cache.load_economy(2012)
    finally:
        os.umask(before)
    assert folder_of().stat().st_mode & 0o777 == 0o777 & ~umask
    assert {path.stat().st_mode & 0o777 for path in folder_of().iterdir()} == {0o666 & ~umask}


def test_an_economy_that_may_not_be_read_is_told_with_the_way_out(compiles, monkeypatch) -> None:
    def closed(folder: Path, _: object) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "manifest.json"))

    cache.load_economy(2012)
    monkeypatch.setattr(kept_economy, "read_arrays", closed)
    with pytest.raises(InputError, match=r"manifest\.json: Permission denied; ask its owner"):
        cache.load_economy(2012)
    assert folder_of().exists()
    assert compiles == ["compiled"]


def test_a_cache_that_cannot_be_written_is_told_before_the_compile(
    compiles, monkeypatch, tmp_path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(InputError, match=r"cannot write .*point QUOTAPOLIS_CACHE to another"):
        cache.load_economy(2012)
    assert compiles == []


@pytest.mark.parametrize("place", [cache.cache_folder, folder_of])
def test_a_link_to_nothing_is_told_before_the_compile(place, compiles, tmp_path) -> None:
    place().parent.mkdir(parents=True, exist_ok=True)
    place().symlink_to(tmp_path / "nothing")
    with pytest.raises(InputError, match=f"{place().name}: is a link to nothing; delete it"):
        cache.load_economy(2012)
    assert compiles == []
