"""Assembly: the tidy tables of an experiment, written run by run and never held whole."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.experiment.digest import Digest, columns_of
from analysis.experiment.portable_digest import PortableDigest
from analysis.experiment.results import Results
from analysis.experiment.run_file import RunTables
from analysis.experiment.run_key import RunKey
from analysis.interop.parquet_fields import described
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.class_changes import ClassChanges
from analysis.outcomes.class_dates import ClassDates
from analysis.outcomes.incidence import Incidence
from analysis.outcomes.measures import measures
from analysis.outcomes.one_run import Cities, NationalTable, OneRun
from analysis.outcomes.outcomes import OutcomeTable
from analysis.outcomes.welfare_courses import WelfareCourses
from data.atomic import atomic

TABLES = ("cities", "national")
READ_AHEAD = 4
"""Runs read before their turn."""
ROWS_A_GROUP = 80_000
"""Rows a row group: many, since each group takes memory until the file is closed, and few enough to
hold (14 runs of all cities, 60 MB)."""
RUNS_A_GROUP = 100
"""Runs a row group at most: their tables take memory for every column."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """Tables as they were written, and the sums taken on the way."""

    digests: dict[str, str]
    """By table, over its values."""
    portable: dict[str, str]
    """By table, the same on another kind of processor; see `portable_digest`."""
    outcomes: OutcomeTable
    """A row a run."""
    summary: CitySummary
    """Sums over cities that pictures need."""
    changes: ClassChanges
    classes: pd.DataFrame
    """Classes of cities by name; see `analysis.outcomes.class_dates`."""
    welfare: pd.DataFrame
    """Welfare by year; see `analysis.outcomes.welfare_courses`."""
    incidence: Incidence


def assemble(
    results: Results, cities_of: Callable[[int], Cities], progress: Callable[[int], None]
) -> Assembled:
    """Write `cities.parquet` and `national.parquet` of all finished runs, in their order.

    One thread reads ahead and one writes behind, so that a second processor is of use. `cities_of`
    tells what outcomes need of a drawn economy's cities; `progress` hears how many runs have gone
    in.
    """
    digests = {name: Digest() for name in TABLES}
    portable = {name: PortableDigest() for name in TABLES}
    economies = results.experiment.economies
    outcomes = OutcomeTable(results.experiment.reference, economies)
    without = _without_policy(results)
    summary, changes, dates = CitySummary(economies), ClassChanges(), ClassDates()
    welfare, incidence = WelfareCourses(), Incidence(economies)
    with ExitStack() as stack:
        reading, writing = (stack.enter_context(ThreadPoolExecutor(1)) for _ in range(2))
        writers = {
            name: Writer(results.folder / f"{name}.parquet", stack, writing, name)
            for name in TABLES
        }
        keys = results.finished()
        for number, (key, run) in enumerate(
            zip(keys, ahead(reading, results.read, keys), strict=True)
        ):
            for name, table in zip(TABLES, (run.cities, run.national), strict=True):
                columns = columns_of(table)
                digests[name].add(columns)
                portable[name].add(columns)
                writers[name].add(table)
            summary.add(key.arm, key.replication, run.cities)
            changes.add(key.arm, run.cities)
            dates.add(key.arm, run.cities)
            cities = cities_of(results.experiment.economy_of(key.replication))
            seen = NationalTable(run.national), cities, without.get(key.replication)
            one = OneRun(run.cities, *seen)
            found = measures(one) if run.measures is None else run.measures.against(one)
            outcomes.add(key.arm, key.replication, found.outcomes, found.used)
            welfare.add(key.arm, found.welfare, one.national["year"])
            incidence.add(key.arm, key.replication, found.burdens)
            progress(number + 1)
        for writer in writers.values():
            writer.close()
    exact, rounded = (
        {name: one.hexdigest() for name, one in of.items()} for of in (digests, portable)
    )
    tables = dates.table(), welfare.table()
    return Assembled(exact, rounded, outcomes, summary, changes, *tables, incidence)


def _without_policy(results: Results) -> dict[int, NationalTable]:
    """Return the national tables of the reference by replication: some kilobytes each."""
    reference = results.experiment.reference
    return {
        key.replication: NationalTable(results.read(key).national).compact()
        for key in results.finished()
        if key.arm == reference
    }


def ahead(
    pool: Executor, read: Callable[[RunKey], RunTables], keys: Sequence[RunKey]
) -> Iterator[RunTables]:
    """Read runs in order, a few of them before they are asked for."""
    coming: deque[Future[RunTables]] = deque()
    for key in keys:
        coming.append(pool.submit(read, key))
        if len(coming) > READ_AHEAD:
            yield coming.popleft().result()
    for future in coming:
        yield future.result()


class Writer:
    """Writes a Parquet file run by run, some runs a row group; the file appears whole."""

    def __init__(self, path: Path, stack: ExitStack, pool: Executor, table: str) -> None:
        self._draft = stack.enter_context(atomic(path))
        self._stack, self._pool, self._table = stack, pool, table
        self._writing: Future[None] | None = None
        self._file: pq.ParquetWriter | None = None
        self._held: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take the rows of one more run."""
        self._held.append(table)
        self._rows += len(table)
        if self._rows >= ROWS_A_GROUP or len(self._held) == RUNS_A_GROUP:
            self._write()

    def close(self) -> None:
        """Write what is held and end the file."""
        if self._held:
            self._write()
        self._wait()
        if self._file is not None:
            self._file.close()

    def _wait(self) -> None:
        """Wait for the rows on their way, and raise what went wrong with them."""
        if self._writing is not None:
            self._writing.result()

    def _write(self) -> None:
        self._wait()
        rows = pa.concat_tables(self._held).unify_dictionaries()
        self._held.clear()
        self._rows = 0
        if self._file is None:
            floats = [field.name for field in rows.schema if pa.types.is_floating(field.type)]
            others = [name for name in rows.column_names if name not in floats]
            self._file = pq.ParquetWriter(
                self._draft,
                described(self._table, rows.schema),
                compression="zstd",
                compression_level=1,
                use_dictionary=others,
                use_byte_stream_split=floats,
                write_statistics=others,
            )
            self._stack.callback(self._file.close)
        self._writing = self._pool.submit(self._file.write_table, rows)
