"""Where imported economies lie: a folder of the user's for those with a name, any other by path."""

import os
from pathlib import Path

import platformdirs

from data.compiled.cache_place import cache_folder


def economies_folder() -> Path:
    """Return where economies with a name are kept: the user's data, or QUOTAPOLIS_CACHE."""
    if os.environ.get("QUOTAPOLIS_CACHE"):
        return cache_folder() / "imported"
    return platformdirs.user_data_path("quotapolis") / "economies"


def new_place(name: str | Path) -> Path:
    """Return the folder to write for a name or a path: a bare word names an economy."""
    bare = isinstance(name, str) and Path(name).name == name and name not in (".", "..", "")
    return economies_folder() / name if bare else Path(name)


def place_of(name: str | Path) -> Path:
    """Return the folder of a name or a path: of the name, or a folder here that is called so."""
    place = new_place(name)
    return Path(name) if not place.exists() and Path(name).exists() else place
