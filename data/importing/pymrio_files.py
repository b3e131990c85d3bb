"""Files that pymrio saved: frames of a system or of one of its extensions.

Text and Parquet are read; pickles never are, since opening one runs what is in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from data.errors import InputError
from data.importing.archive import Archive

PARAMETERS = "file_parameters.json"
OLDER = {"FY": "F_Y", "F_hh": "F_Y"}
"""Names that accounts of final demand had in older systems, and in EXIOBASE 3."""
PICKLES = (".pkl", ".pickle", ".p")


def frames_of(archive: Archive, folder: str, wanted: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the frames wanted of a folder, as far as they are there."""
    said = json_of(archive, folder + PARAMETERS)
    found = {}
    for key, name, index, header in _files(archive, folder, said):
        if key in wanted:
            found[key] = _frame(archive, folder + name, index, header)
    return found


def _files(
    archive: Archive, folder: str, said: Mapping[str, Any]
) -> Iterator[tuple[str, str, int, int]]:
    try:
        for key, entry in said["files"].items():
            name = str(entry["name"])
            if PurePosixPath(name).name != name:
                raise InputError(f"{archive.path}: {folder}{PARAMETERS} names {name}; not read")
            if PurePosixPath(name).suffix in PICKLES:
                raise InputError(
                    f"{archive.path}: {name} is a pickle, which may run anything when opened; save"
                    " the system as text or Parquet"
                )
            yield OLDER.get(key, key), name, int(entry["nr_index_col"]), int(entry["nr_header"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"{archive.path}: {folder}{PARAMETERS} is not pymrio's; save it anew"
        ) from error


def _frame(archive: Archive, name: str, index: int, header: int) -> pd.DataFrame:
    with archive.opened(name) as stream:
        try:
            if name.endswith(".parquet"):
                return pd.read_parquet(stream)
            return pd.read_csv(
                stream,
                sep="\t",
                index_col=list(range(index)) if index > 1 else 0,
                header=list(range(header)) if header > 1 else 0,
            )
        except (ValueError, OSError, EOFError, pd.errors.ParserError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{archive.path}: {name} cannot be read ({reason}); save it anew"
            ) from error


def json_of(archive: Archive, name: str) -> dict[str, Any]:
    """Return what a file of JSON says."""
    with archive.opened(name) as stream:
        try:
            said = json.loads(stream.read())
        except (ValueError, RecursionError) as error:
            raise InputError(f"{archive.path}: {name} is no JSON; save it anew") from error
    if not isinstance(said, dict):
        raise InputError(f"{archive.path}: {name} is not what pymrio writes; save it anew")
    return said
