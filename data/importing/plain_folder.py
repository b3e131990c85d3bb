"""The plain layout: a folder of tables as CSV or Parquet that any program can write."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import InputError
from data.importing.archive import Archive
from data.importing.frames import values
from data.importing.pymrio_files import PARAMETERS
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from model.arrays import Vector

ACCOUNTS = ("emissions", "output", "value_added", "imports", "export")
"""Columns of `accounts` by region and sector; all but emissions may be left out."""


def is_plain(archive: Archive) -> bool:
    """Return whether a folder has the plain layout."""
    theirs = PARAMETERS in archive.names
    return not theirs and any(f"Z{ending}" in archive.names for ending in (".csv", ".parquet"))


def read_plain(archive: Archive, settings: Settings) -> RawTable:
    """Return the table of a folder in the plain layout.

    Raises
    ------
    InputError
        If a file or column is missing, cut short, or does not fit the labels.
    """
    source = str(archive.path)
    regions = _labels(archive, "regions", "region")
    sectors = _labels(archive, "sectors", "sector")
    categories = _labels(archive, "categories", "category")
    rows = pd.MultiIndex.from_product([regions.index, sectors.index])
    demands = pd.MultiIndex.from_product([regions.index, categories.index])
    Z, Y = (_flows(archive, name) for name in ("Z", "Y"))
    accounts = _table(archive, "accounts")
    for column in ("region", "sector", "emissions"):
        if column not in accounts:
            raise InputError(f"{source}: accounts have no column {column}; see data template")
    unknown = [word for word in accounts if word not in ("region", "sector", *ACCOUNTS)]
    if unknown:
        raise InputError(f"{source}: accounts have a column {unknown[0]!r} that means nothing here")
    accounts = accounts.set_index(["region", "sector"])

    def account(name: str) -> Vector | None:
        if name not in accounts:
            return None
        return values(source, name, accounts[[name]], rows, None)[:, 0]

    emissions = account("emissions")
    if settings.orientation == "transposed":
        Z = Z.T
    return RawTable(
        source=source,
        regions=tuple(regions.index),
        sectors=tuple(sectors.index),
        categories=tuple(categories.index),
        Z=values(source, "Z", Z, rows, rows),
        Y=values(source, "Y", Y, rows, demands),
        F=np.zeros(0) if emissions is None else emissions.reshape(len(regions), -1),
        x=account("output"),
        value_added=account("value_added"),
        imports=account("imports"),
        export=account("export"),
        household_emissions=_numbers(source, regions, "household_emissions"),
        people=_numbers(source, regions, "people"),
        names=tuple(regions["name"].astype(str)) if "name" in regions else None,
        title=archive.path.name,
        said={"emissions": "column emissions of accounts"},
    )


def told_beside(archive: Archive) -> dict[str, dict[str, dict[str, str]]]:
    """Return settings that stand in the tables of labels: groups, kinds, provinces."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, label, section, column in (
        ("regions", "region", "regions", "provinces"),
        ("sectors", "sector", "sectors", "group"),
        ("sectors", "sector", "sectors", "kind"),
    ):
        frame = _labels(archive, name, label)
        heading = "province" if column == "provinces" else column
        if heading in frame:
            words = frame[heading].dropna().astype(str)
            found.setdefault(section, {})[column] = {str(k): v for k, v in words.items()}
    return found


def _labels(archive: Archive, name: str, label: str) -> pd.DataFrame:
    frame = _table(archive, name)
    if label not in frame:
        raise InputError(f"{archive.path}: {name} have no column {label}; see data template")
    words = frame[label].fillna("").astype(str)
    if words.duplicated().any():
        word = words[words.duplicated()].iloc[0]
        raise InputError(f"{archive.path}: {name}: {word!r} stands there twice; rename it")
    if (words == "").any():
        raise InputError(f"{archive.path}: {name}: a label is missing; write it")
    return frame.assign(**{label: words}).set_index(label)


def _numbers(source: str, frame: pd.DataFrame, column: str) -> Vector | None:
    if column not in frame or frame[column].isna().all():
        return None
    return values(source, column, frame[[column]], None, None)[:, 0]


def _flows(archive: Archive, name: str) -> pd.DataFrame:
    ending = ".parquet" if f"{name}.parquet" in archive.names else ".csv"
    with archive.opened(name + ending) as stream:
        try:
            if ending == ".parquet":
                frame = pd.read_parquet(stream)
            else:
                frame = pd.read_csv(stream, index_col=[0, 1], header=[0, 1])
        except (ValueError, OSError, EOFError, IndexError) as error:
            raise InputError(_unreadable(archive.path, name + ending, error)) from error
    for what, index in (("rows", frame.index), ("columns", frame.columns)):
        if index.nlevels != 2:
            raise InputError(
                f"{archive.path}: {what} of {name} need two labels, region and sector or category"
            )
    frame.index = _as_words(frame.index)
    frame.columns = _as_words(frame.columns)
    return frame


def _as_words(index: pd.Index) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples([(str(region), str(word)) for region, word in index])


def _table(archive: Archive, name: str) -> pd.DataFrame:
    ending = ".parquet" if f"{name}.parquet" in archive.names else ".csv"
    words = {"region": str, "sector": str, "category": str}
    with archive.opened(name + ending) as stream:
        try:
            if ending == ".parquet":
                frame = pd.read_parquet(stream)
                return frame.astype({key: "str" for key in words if key in frame})
            return pd.read_csv(stream, dtype=words, keep_default_na=True)
        except (ValueError, OSError, EOFError) as error:
            raise InputError(_unreadable(archive.path, name + ending, error)) from error


def _unreadable(path: Path, name: str, error: Exception) -> str:
    reason = (str(error).splitlines() or ["empty"])[0]
    return f"{path}: {name} cannot be read ({reason}); write it anew"
