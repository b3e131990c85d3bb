"""Reading the file of a run: nothing of it is believed that was not checked."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from analysis.experiment.run_file import (
    CITY_SCHEMA,
    FEW_SCHEMA,
    HASH_BYTES,
    NATIONAL_SCHEMA,
    RunTables,
)
from analysis.experiment.run_key import RunKey
from analysis.outcomes.measures import read_measures
from data.errors import InputError
from model.classes.beneficiaries import Beneficiary
from simulation.columns import WHOLE

CLASSES = tuple(name for name in WHOLE if name.startswith("class_"))
"""Columns of classes."""


class DamagedRun(InputError):
    """A file that does not hold the run it should; the run can be done again."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Facts about a run that its file has to agree with."""

    key: RunKey
    mark: str
    """Of the experiment that it belongs to."""
    years: tuple[int, ...]
    cities: int | None = None
    """Number of cities; not checked if absent."""
    outcomes_only: bool = False
    """True where few columns of cities were kept, and measures of the run."""


def content_hash(path: Path) -> str:
    """Return the hash of a run's file, hexadecimal.

    Raises
    ------
    DamagedRun
        If the file cannot be read, or its content does not have the hash at its end.
    """
    return _content(path)[1]


def read_run(path: Path, expected: Expected) -> RunTables:
    """Return what a run's file holds.

    Raises
    ------
    DamagedRun
        If the file is damaged, altered, or of another run.
    """
    content, _ = _content(path)
    try:
        tables = _tables(content, expected)
    except (pa.ArrowException, OSError, ValueError, LookupError) as error:
        raise DamagedRun(f"{path}: no tables of a run ({_first_line(error)})") from error
    said = tables.cities.schema.metadata or {}
    key = expected.key
    if said.get(b"run") != key.id.encode() or said.get(b"mark") != expected.mark.encode():
        raise DamagedRun(f"{path}: not the run {key.id} of this experiment")
    if wrong := _wrong(tables, expected):
        raise DamagedRun(f"{path}: {wrong}")
    return replace(
        tables,
        cities=tables.cities.replace_schema_metadata(),
        national=tables.national.replace_schema_metadata(),
    )


def _content(path: Path) -> tuple[memoryview, str]:
    try:
        whole = memoryview(path.read_bytes())
    except OSError as error:
        raise DamagedRun(f"{path}: cannot be read ({error.strerror})") from error
    content, known = whole[:-HASH_BYTES], whole[-HASH_BYTES:]
    found = xxhash.xxh3_128(content)
    if found.digest() != known:
        raise DamagedRun(f"{path}: not a whole run (its content does not have its hash)")
    return content, found.hexdigest()


def _tables(content: memoryview, expected: Expected) -> RunTables:
    source = pa.BufferReader(content)
    options = pa.ipc.IpcReadOptions(use_threads=False)
    streams = range(3 if expected.outcomes_only else 2)
    cities, national, *more = (
        pa.ipc.open_stream(source, options=options).read_all() for _ in streams
    )
    for table in (cities, national, *more):
        for batch in table.to_batches():
            batch.validate(full=True)
    if not more:
        return RunTables(cities, national)
    numbers = more[0].column("measures").to_numpy()
    return RunTables(cities, national, read_measures(numbers, len(expected.years)))


def _wrong(tables: RunTables, expected: Expected) -> str | None:
    """Return what is other than it should be, in words."""
    for name, table, schema in (
        ("cities", tables.cities, FEW_SCHEMA if expected.outcomes_only else CITY_SCHEMA),
        ("national", tables.national, NATIONAL_SCHEMA),
    ):
        if not table.schema.equals(schema):
            return f"its table of {name} has other columns than this version writes"
        for column in schema.names:
            floating = pa.types.is_floating(schema.field(column).type)
            if not floating and table.column(column).null_count:
                return f"{column} is missing in rows of its table of {name}"
        for column, value in (("arm", expected.key.arm), ("replication", expected.key.replication)):
            if not pc.all(pc.equal(table.column(column), value)).as_py():
                return f"its table of {name} is of another {column}"
    years = np.array(expected.years)
    if not np.array_equal(tables.national.column("year"), years):
        return f"its years are not {years[0]} to {years[-1]}"
    cities = len(tables.cities) // len(years)
    if expected.cities not in (None, cities) or not np.array_equal(
        tables.cities.column("year"), np.repeat(years, cities)
    ):
        return f"its cities are not {expected.cities or 'the same'} in every year"
    for column in CLASSES:
        kinds = tables.cities.column(column).to_numpy()
        if not ((kinds >= 0) & (kinds < len(Beneficiary))).all():
            return f"{column} holds numbers that are no class"
    return None


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
