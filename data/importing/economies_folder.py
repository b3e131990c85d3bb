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


def place_of(name: str | Path) -> Path:
    """Return the folder of a name or a path: a bare word names an economy of the user's."""
    path = Path(name)
    bare = isinstance(name, str) and path.name == name and name not in (".", "..", "")
    return economies_folder() / name if bare and not path.exists() else path
