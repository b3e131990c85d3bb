"""Files and folders that appear whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import InputError


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Give a draft beside the file, and put it in place when all went well."""
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


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
