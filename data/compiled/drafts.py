"""Drafts of cached folders: put in place when whole, swept once the process that made them died."""

import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.compiled.durable import flush
from data.errors import InputError

OWNER = re.compile(r"\.(?P<pid>\d{1,9})@(?P<host>.*)\.[0-9a-f]+\.draft$")
"""Process and machine in the name of a draft."""
LONGEST = 86_400.0
"""Seconds after which a draft is nobody's, whatever machine it came from."""


@contextmanager
def draft_of(folder: Path) -> Iterator[Path]:
    """Give an empty draft of a folder, and put it in place when all went well.

    If another process has put the same folder there meanwhile, that one stays.

    Raises
    ------
    InputError
        If the folder cannot be written.
    """
    draft = _name(folder)
    with told(folder):
        for link in (folder.parent, folder):
            if link.is_symlink() and not link.exists():
                raise InputError(f"{link}: is a link to nothing; delete it and compile again")
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
    try:
        yield draft
        with told(folder):
            _put_in_place(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def discard(folder: Path) -> None:
    """Take a damaged folder away; raises as `draft_of`."""
    aside = _name(folder)
    with told(folder), suppress(FileNotFoundError):  # another process was faster
        folder.rename(aside)
        remove(aside)


def sweep(cache: Path) -> None:
    """Remove the drafts of economies that nobody works on any more."""
    for draft in cache.glob("economy-*.draft"):
        if abandoned(draft):
            remove(draft)


def abandoned(draft: Path) -> bool:
    """Return whether the process that made a draft is gone, or must be."""
    try:
        age = time.time() - draft.lstat().st_mtime
    except FileNotFoundError:
        return False
    owner = OWNER.search(draft.name)
    here = owner is not None and owner["host"] == platform.node()
    return age > LONGEST or (owner is not None and here and not alive(int(owner["pid"])))


def remove(path: Path) -> None:
    """Remove a folder, a file or a link as far as it may be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what the system says against a writing into a sentence for the user."""
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{folder}: cannot write the compiled economy ({error.strerror}); make room"
            " (about 300 MB) or point QUOTAPOLIS_CACHE to another folder"
        ) from error


def _name(folder: Path) -> Path:
    owner = f"{os.getpid()}@{platform.node()}"
    return folder.with_name(f"{folder.name}.{owner}.{secrets.token_hex(4)}.draft")


def _put_in_place(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    flush(folder.parent)


def alive(process: int) -> bool:
    """Return whether a process of this machine lives, as far as can be told."""
    if os.name == "nt":  # there the question would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
