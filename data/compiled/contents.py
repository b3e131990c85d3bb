"""Contents of the cache: what is kept there, and its removal."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from data.compiled.cache_place import cache_folder
from data.compiled.drafts import abandoned, remove
from data.compiled.leases import in_use, last_used
from data.errors import InputError

OURS = re.compile(
    r"(?:economy-(?P<year>\d{4})-(?:draw-(?P<draw>\d+)-(?P<apart>by-category-)?)?|drawn-pairs-)[0-9a-f]{16}"
    r"(?P<draft>\..+\.draft)?"
)
"""Names of the folders that are Quotapolis' own; what else lies there is left alone."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder of the cache."""

    folder: Path
    kind: str
    """`compiled`, `draw N`, `draw N, basis`, `drawn pairs`, or `draft`."""
    year: str
    """Of the provincial tables; drawn pairs have none."""
    size: int
    """Of its files, bytes."""
    written: float
    """When its last array was, seconds since 1970; now, while it has none."""
    used: float
    """When it was last asked for, seconds since 1970."""
    in_use: bool
    """True while a process that lives has asked for it."""


def contents() -> list[Kept]:
    """Return what the cache keeps, by name."""
    cache = cache_folder()
    paths = sorted(cache.iterdir()) if cache.is_dir() else []
    named = [(path, OURS.fullmatch(path.name)) for path in paths if path.is_dir()]
    return [_kept(path, match) for path, match in named if match]


def clear() -> list[Kept]:
    """Remove what the cache keeps, but drafts at work, and return what is gone.

    Raises
    ------
    InputError
        If a folder cannot be removed.
    """
    chosen = [kept for kept in contents() if kept.kind != "draft" or abandoned(kept.folder)]
    for kept in chosen:
        remove(kept.folder)
        if kept.folder.exists():
            raise InputError(f"{kept.folder}: cannot be removed; ask its owner to do it")
    return chosen


def _kept(folder: Path, match: re.Match[str]) -> Kept:
    states = dict(_states(folder))
    arrays = [state.st_mtime for file, state in states.items() if file.suffix == ".npy"]
    written = max(arrays, default=time.time())
    return Kept(
        folder,
        kind=_kind(match),
        year=match["year"] or "",
        size=sum(state.st_size for state in states.values()),
        written=written,
        used=last_used(folder, written),
        in_use=in_use(folder),
    )


def _kind(match: re.Match[str]) -> str:
    if match["draft"]:
        return "draft"
    if match["draw"]:
        return f"draw {match['draw']}" + (", basis" if match["apart"] else "")
    return "compiled" if match["year"] else "drawn pairs"


def _states(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    with suppress(FileNotFoundError):  # another process may be removing it
        for file in folder.iterdir():
            with suppress(FileNotFoundError):
                yield file, file.lstat()
