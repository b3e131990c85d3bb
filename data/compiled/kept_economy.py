"""Arrays in one folder of the cache: read if they are whole, else made and kept."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from data.compiled.cache_place import cache_limit
from data.compiled.drafts import discard, draft_of, sweep, told
from data.compiled.kept_arrays import Arrays, Damaged, arrays_digest, read_arrays, write_arrays
from data.compiled.leases import hold
from data.compiled.room import make_room
from data.errors import InputError
from data.readers.figures import read_city_statistics, read_regions, read_sectors
from data.readers.prospects import read_prospects
from data.readers.records import read_records
from model.arrays import Columns, OutputTogether
from model.compile.city_economy import CityTables, Economy
from model.input_output.trade_form import TradeForm
from model.labels import OUR_CATEGORIES, OUR_MONEY

TABLES = ("d", "export", "x", "value_added", "F", "household_emissions")
RESPONDING = (*TABLES, "called_for", "t", "a")
"""Arrays of an economy without its response basis."""


def kept_economy(year: int, folder: Path, compiled: Callable[[], Economy]) -> Economy:
    """Return the economy of a folder, its large arrays left on disk; raises as `kept_whole`."""

    def arrays() -> Arrays:
        economy = compiled()
        return arrays_of(economy, economy.called_for) | {"basis": economy.basis}

    kept = kept_whole(folder, (*RESPONDING, "basis"), arrays)
    return economy_of(year, kept, kept["basis"])


def arrays_of(tables: CityTables, called_for: OutputTogether) -> dict[str, NDArray[Any]]:
    """Return what is kept of an economy, but its response basis; named as in `RESPONDING`."""
    arrays = {name: getattr(tables, name) for name in TABLES}
    return arrays | {"called_for": called_for, "t": tables.trade.t, "a": tables.trade.a}


def economy_of(year: int, arrays: Arrays, by_category: Columns | Callable[[], Columns]) -> Economy:
    """Return the economy that kept arrays make, with the residents and prospects of the tables.

    `by_category` as in `model.compile.city_economy.CityTables.with_response`.
    """
    regions, sectors = read_regions(), read_sectors()
    statistics = read_city_statistics(year, regions)
    tables = CityTables(
        year=year,
        regions=regions,
        sectors=sectors,
        form=TradeForm(t=arrays["t"], a=arrays["a"]),
        population=statistics.population,
        co2_estimated=statistics.co2_estimated,
        categories=OUR_CATEGORIES,
        money=OUR_MONEY,
        **{name: arrays[name] for name in TABLES},
    )
    prospects, records = read_prospects(regions, sectors), read_records(year, regions)
    return tables.with_response(arrays["called_for"], by_category, prospects, records)


def kept_whole(folder: Path, names: Sequence[str], made: Callable[[], Arrays]) -> Arrays:
    """Return the arrays of a folder by name, verified and left on disk.

    Arrays that are absent are made and kept, and others that nobody uses are dropped where
    the cache is full. So are those of which one is damaged, and the standard error says which.

    Raises
    ------
    InputError
        If the folder cannot be written, or may not be read, or the cache's limit is no number.
    """
    known = _whole(folder, names)
    if known is None:
        cache_limit()  # a wrong one is told before anything is compiled
    arrays = _made(folder, names, made) if known is None else known
    hold(folder)
    if known is None:
        make_room()
    return arrays


def kept_mark(folder: Path) -> str:
    """Return the hash of the arrays that a folder holds.

    Raises
    ------
    InputError
        If it holds none, or a damaged one.
    """
    try:
        return arrays_digest(folder)
    except (OSError, Damaged) as error:
        raise InputError(f"{_said(error, folder)}; compile the economy first") from error


def _whole(folder: Path, names: Sequence[str]) -> Arrays | None:
    """Return what a folder holds; nothing if it is absent, or damaged and therefore removed."""
    sweep(folder.parent)
    try:
        return read_arrays(folder, names) if folder.exists() else None
    except PermissionError as error:
        raise InputError(
            f"{_said(error, folder)}; ask its owner for leave to read it, or point"
            " QUOTAPOLIS_CACHE to another folder"
        ) from error
    except (OSError, Damaged) as error:
        damage = _said(error, folder)
    try:
        discard(folder)
    except InputError as error:
        raise InputError(f"{damage}; {error}") from error
    sys.stderr.write(f"quotapolis: {damage}; the economy is compiled anew\n")
    return None


def _made(folder: Path, names: Sequence[str], made: Callable[[], Arrays]) -> Arrays:
    with draft_of(folder) as draft:
        arrays = made()
        with told(folder):
            write_arrays(arrays, draft, folder.name)
    try:
        return read_arrays(folder, names)
    except (OSError, Damaged) as error:
        raise InputError(
            f"{_said(error, folder)}, though just written; try again, or point"
            " QUOTAPOLIS_CACHE to another disk"
        ) from error


def _said(error: OSError | Damaged, folder: Path) -> str:
    if isinstance(error, Damaged):
        return str(error)
    return f"{error.filename or folder}: {error.strerror}"
