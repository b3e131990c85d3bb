"""Arrays kept in a folder beside a manifest of their hashes, verified before they are used."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.atomic import atomic
from data.compiled.durable import flush

MANIFEST = "manifest.json"
STAMP = "verified.json"
SMALL = 2**20
"""Bytes up to which a file is hashed at every reading; a larger one where it is not as stamped."""

Arrays = Mapping[str, NDArray[Any]]


class Damaged(Exception):
    """A kept file is not the one that was written; the message names it."""


@dataclass(frozen=True, slots=True)
class KeptArray:
    """What the manifest says of one array."""

    sha256: str
    """Of the file."""
    size: int
    """Of the file, bytes."""
    dtype: str
    shape: tuple[int, ...]


def write_arrays(arrays: Arrays, folder: Path, name: str) -> None:
    """Write arrays and their manifest into a draft of the folder `name`, all of it to the disk."""
    entries = {}
    for letter, array in arrays.items():
        file = _file(folder, letter)
        np.save(file, array)
        flush(file)
        entry = KeptArray(_sha256(file), file.stat().st_size, array.dtype.str, array.shape)
        entries[letter] = asdict(entry)
    content = {"folder": name, "arrays": entries}
    (folder / MANIFEST).write_text(json.dumps(content, indent=1), encoding="utf-8")
    flush(folder / MANIFEST)
    flush(folder)


def read_arrays(folder: Path, names: Sequence[str], owner: str | None = None) -> Arrays:
    """Return the arrays of a folder, left on disk and mapped for reading.

    `owner` is the name that they were written for, if it is not the folder's.

    Raises
    ------
    Damaged
        If a file differs from what the manifest says of it, or the manifest is not this folder's.
    OSError
        If a file is missing or cannot be read.
    """
    entries = _manifest(folder, names, owner)
    stamp = _stamp(folder)
    seen = {name: _verified(_file(folder, name), entries[name], stamp.get(name)) for name in names}
    if seen != stamp:
        with suppress(OSError):  # somebody else's folder: every reading hashes anew
            _keep_stamp(folder, seen)
    return {name: _mapped(_file(folder, name), entries[name]) for name in names}


def arrays_digest(folder: Path) -> str:
    """Return one hash of all arrays of a folder, by its manifest; raises as `read_arrays`."""
    hashes = {name: entry.sha256 for name, entry in _manifest(folder).items()}
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _manifest(
    folder: Path, names: Sequence[str] | None = None, known: str | None = None
) -> dict[str, KeptArray]:
    """Return what the manifest says of some arrays, or of all."""
    file = folder / MANIFEST
    try:
        content = json.loads(file.read_bytes())
        owner, arrays = content["folder"], content["arrays"]
        entries = {name: _entry(arrays[name]) for name in (arrays if names is None else names)}
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise Damaged(f"{file}: is no manifest of kept arrays") from error
    if owner != (known or folder.name):
        raise Damaged(f"{file}: belongs to {owner!r}")
    return entries


def _entry(said: Mapping[str, Any]) -> KeptArray:
    shape = tuple(int(length) for length in said["shape"])
    return KeptArray(str(said["sha256"]), int(said["size"]), str(said["dtype"]), shape)


def _verified(file: Path, entry: KeptArray, stamp: object) -> list[object]:
    """Return how the verified file is known at the next reading."""
    status = file.stat()
    if status.st_size != entry.size:
        raise Damaged(f"{file}: has {status.st_size} bytes instead of {entry.size}")
    mine: list[object] = [entry.sha256, status.st_size, status.st_mtime_ns, status.st_ctime_ns]
    if (status.st_size <= SMALL or mine != stamp) and _sha256(file) != entry.sha256:
        raise Damaged(f"{file}: is not what was written (other SHA-256)")
    return mine


def _mapped(file: Path, entry: KeptArray) -> NDArray[Any]:
    try:
        array = np.load(file, mmap_mode="r")
    except (ValueError, EOFError, SyntaxError, TokenError) as error:
        raise Damaged(f"{file}: holds no array") from error
    if [array.dtype.str, *array.shape] != [entry.dtype, *entry.shape]:
        raise Damaged(f"{file}: is not of the shape that the manifest names")
    return array


def _stamp(folder: Path) -> Mapping[str, object]:
    try:
        content = json.loads((folder / STAMP).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}  # none yet, or a broken one: all is hashed anew
    return content if isinstance(content, dict) else {}


def _keep_stamp(folder: Path, seen: Mapping[str, object]) -> None:
    with atomic(folder / STAMP) as draft:
        draft.write_text(json.dumps(seen), encoding="utf-8")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.npy"
