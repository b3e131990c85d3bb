"""Sources of a table: which reader a file, a folder or a system in memory needs."""

from pathlib import Path
from typing import Any

from data.errors import InputError
from data.importing.archive import archive_of
from data.importing.matlab_table import read_matlab_table
from data.importing.plain_folder import is_plain, read_plain, told_beside
from data.importing.pymrio_folder import is_pymrio, of_system, read_pymrio
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from data.importing.workbook_table import read_workbook

SETTINGS = "economy.toml"
"""Settings that lie in a source are read unless others are named."""
PICKLES = (".pkl", ".pickle", ".p", ".joblib")


def read_source(source: str | Path | Any, settings: Settings) -> RawTable:
    """Return the table of a source.

    Raises
    ------
    InputError
        If it is nothing that can be read.
    """
    if not isinstance(source, str | Path):
        if hasattr(source, "Z") and hasattr(source, "get_extensions"):
            return of_system(source, settings)
        raise InputError(f"{type(source).__name__}: is no path and no pymrio system")
    path = Path(source)
    if not path.exists():
        raise InputError(f"{path}: is not there; name a folder or a file")
    if path.suffix in PICKLES:
        raise InputError(
            f"{path}: is a pickle, which may run anything when opened; save the table as text,"
            " Parquet or MATLAB"
        )
    if path.suffix == ".mat":
        return read_matlab_table(path, settings)
    if path.suffix.lower() == ".xlsx":
        return read_workbook(path, settings)
    if path.is_dir() or path.suffix == ".zip":
        archive = archive_of(path)
        if is_pymrio(archive):
            return read_pymrio(archive, settings)
        if is_plain(archive):
            return read_plain(archive, settings)
    raise InputError(
        f"{path}: is no table that can be read: a folder that pymrio saved or one like `quotapolis"
        " data template` writes, a .mat file, or a workbook (.xlsx)"
    )


def told_in_tables(source: str | Path | Any) -> dict[str, Any]:
    """Return settings that a source's own tables hold; a file of settings goes before them."""
    path = Path(source) if isinstance(source, str | Path) else None
    if path is None or not (path.is_dir() or path.suffix == ".zip"):
        return {}
    archive = archive_of(path)
    return dict(told_beside(archive)) if is_plain(archive) else {}


def settings_beside(source: str | Path | Any) -> Path | None:
    """Return the settings that lie in the source's folder, or beside its file."""
    if not isinstance(source, str | Path):
        return None
    path = Path(source)
    beside = path / SETTINGS if path.is_dir() else path.with_name(f"{path.stem}.toml")
    return beside if beside.is_file() else None
