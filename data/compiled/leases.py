"""Leases of kept economies: which are in use by a process that lives, and when they last were."""

import atexit
import os
import platform
import re
import time
from contextlib import suppress
from pathlib import Path

from data.compiled.drafts import LONGEST, alive

USED = "used"
"""Empty file in a kept folder: when it was last asked for."""
LEASE = re.compile(r"in-use\.(?P<pid>\d{1,9})@(?P<host>.*)")
_held: set[Path] = set()
"""Leases of this process."""


def hold(folder: Path) -> None:
    """Note that this process uses a folder, until it ends; a folder of others stays as it is."""
    lease = folder / f"in-use.{os.getpid()}@{platform.node()}"
    with suppress(OSError):
        for other in _leases(folder):
            if not _valid(other):
                other.unlink()
        (folder / USED).touch()
        lease.touch()
        if not _held:
            atexit.register(_let_go, os.getpid())
        _held.add(lease)


def in_use(folder: Path) -> bool:
    """Return whether a process that lives holds a folder."""
    return any(_valid(lease) for lease in _leases(folder))


def last_used(folder: Path, written: float) -> float:
    """Return when a folder was last asked for, or `written` where nobody noted it; s since 1970."""
    with suppress(OSError):
        return max((folder / USED).stat().st_mtime, written)
    return written


def _leases(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if LEASE.fullmatch(path.name)]
    return []


def _valid(lease: Path) -> bool:
    owner = LEASE.fullmatch(lease.name)
    try:
        age = time.time() - lease.stat().st_mtime
    except OSError:
        return False
    here = owner is not None and owner["host"] == platform.node()
    return age <= LONGEST and (owner is None or not here or alive(int(owner["pid"])))


def _let_go(process: int) -> None:
    """Give all leases back when the process ends; one that was forked from it keeps them."""
    if os.getpid() == process:
        for lease in _held:
            with suppress(OSError):
                lease.unlink()
