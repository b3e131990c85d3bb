"""Importing an economy: read a source, check it, build it, keep it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.importing.building import Built, Progress, built
from data.importing.economies_folder import new_place
from data.importing.kept import keep
from data.importing.map_file import read_map
from data.importing.settings import MapWords, read_settings
from data.importing.sources import read_source, settings_beside, told_in_tables


def silent(_stage: str, _done: int, _of: int) -> None:
    """Report no progress."""


def import_economy(
    source: str | Path | Any,
    to: str | Path | None = None,
    settings: Path | None = None,
    overrides: Sequence[str] = (),
    progress: Progress = silent,
) -> Built:
    """Return the economy of a source, and keep it where one is told to.

    Parameters
    ----------
    source
        Folder or archive saved by pymrio, a `pymrio.IOSystem`, a folder of plain tables, a
        workbook, or a MATLAB file.
    to
        Folder to write, which must not exist, or a bare name to call the economy by.
    settings
        TOML file; else `economy.toml` in the source's folder, or the file's own name with `.toml`.
    overrides
        Such as `["year=2015", "money.unit=1e6"]`.

    Raises
    ------
    InputError
        If the source is no sound table, or something is not said that must be; nothing is written.
    """
    place = None if to is None else new_place(to)
    if place is not None and place.exists():
        raise InputError(f"{place}: is there already; nothing was overwritten; choose another name")
    chosen = read_settings(settings or settings_beside(source), overrides, told_in_tables(source))
    made = built(read_source(source, chosen), chosen, progress)
    if chosen.map.file is not None:
        made = _with_map(made, source, chosen.map)
    if place is not None:
        keep(made, place)
    return made


def _with_map(made: Built, source: str | Path | Any, words: MapWords) -> Built:
    path = Path(source) if isinstance(source, str | Path) else Path()
    folder = path if path.is_dir() else path.parent
    regions = made.economy.regions
    outlines, told = read_map(folder / str(words.file), words.key, regions.codes, regions.names)
    return replace(made, outlines=outlines, said={**made.said, "map": told})
