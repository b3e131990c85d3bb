"""Files and folders that appear whole or not at all."""

import hashlib
import os
import platform
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import InputError

ABANDONED = 24 * 3600.0
"""Seconds after which a draft of another machine is taken to be abandoned."""
MACHINE = hashlib.sha256(platform.node().encode()).hexdigest()[:6]
"""Stands in the names of this machine's drafts; folders may be shared with others."""
DRAFT = re.compile(r"\.(\d+)-([0-9a-f]{6})-.")
"""Beginning of a draft's name: the process and the machine that write it."""


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Give a draft beside the file, and put it in place when all went well."""
    draft = path.with_name(f".{os.getpid()}-{MACHINE}-{path.name}")
    draft.unlink(missing_ok=True)
    # Made here or not at all: a link that somebody planted under its name is not followed.
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def sweep_drafts(folder: Path) -> None:
    """Delete the drafts in a folder whose processes have ended without doing so."""
    for path in folder.glob(".*"):
        name = DRAFT.match(path.name)
        if name is not None and _abandoned(path, int(name[1]), name[2]):
            path.unlink(missing_ok=True)


def _abandoned(draft: Path, process: int, machine: str) -> bool:
    if machine == MACHINE and os.name == "posix":
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            return False
        return False
    return draft.lstat().st_mtime < time.time() - ABANDONED


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """Give a draft beside the folder, and put it in place when all went well.

    Raises
    ------
    InputError
        If the folder is there already, or it cannot be written, as when the disk is full.
    """
    if folder.exists():
        raise InputError(
            f"{folder}: is there already; nothing was overwritten; delete it or choose another"
        )
    # Without a point in its name: what comes behind one pymrio takes for the suffix of a file.
    draft = folder.with_name(f"draft-{os.getpid()}-{folder.name.replace('.', '-')}")
    try:
        draft.mkdir(parents=True)
        yield draft
        draft.rename(folder)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot be written ({error.strerror or error}); make room or choose another"
            " folder"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
