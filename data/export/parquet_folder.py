"""A dense table as a folder of Parquet files."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.atomic import new_folder
from data.export.dense_table import Deliveries, DenseTable, FullDeliveries
from data.export.export_notes import labels, notes

CELLS = 20_000_000
"""Cells in memory at a time (160 MB), and in a row group: many small ones are slow to read."""

HOW_TO_READ = """\
import pandas as pd

Z = pd.read_parquet("Z.parquet", use_threads=False)  # threads take twice the memory
Z.columns = Z.columns.str.split("|", expand=True)
"""


def write_parquet(table: DenseTable, folder: Path, cells: int = CELLS) -> None:
    """Write the table into a new folder, no more than about `cells` of it in memory.

    Every file is wide: the index in columns `region` and `sector`, then one column a user, named
    `region|sector` or `region|category`. pandas restores the index by itself and the two levels of
    the columns by one split; to polars, R and DuckDB they are plain columns with plain names,
    where pandas' own two levels would read "('Beijing', 'Agriculture')".

    Raises
    ------
    InputError
        If the folder is there already, or the disk is full.
    """
    users, demands = _joined(table.rows), _joined(table.demands)
    products = pd.Index(table.sectors, name="sector")
    by_region = {
        "code": table.codes,
        "population": table.population,
        "household_emissions": table.household_emissions,
    }
    of_sectors = {
        name: getattr(table, name).ravel()
        for name in ("x", "value_added", "imports", "export", "F")
    }
    whole = {
        "sectors": pd.DataFrame(of_sectors, index=table.rows),
        "regions": pd.DataFrame(by_region, index=pd.Index(table.regions, name="region")),
    }
    if table.Z_imports is not None:
        whole["Z_imports"] = pd.DataFrame(table.Z_imports, index=products, columns=users)
        whole["Y_imports"] = pd.DataFrame(table.Y_imports, index=products, columns=demands)
    with new_folder(folder) as draft:
        _stream(table, table.inputs, users, draft / "Z.parquet", cells)
        _stream(table, table.final, demands, draft / "Y.parquet", cells)
        for name, frame in whole.items():
            pq.write_table(_labelled(frame), draft / f"{name}.parquet")
        (draft / "metadata.json").write_text(
            json.dumps(labels(table), indent=1, ensure_ascii=False), encoding="utf-8"
        )
        (draft / "README.md").write_text(notes(table, HOW_TO_READ), encoding="utf-8")


def _stream(
    table: DenseTable,
    deliveries: Deliveries | FullDeliveries,
    columns: "pd.Index[str]",
    path: Path,
    cells: int,
) -> None:
    """Write the rows of as many regions at a time as make `cells` cells, and of one at least."""
    sectors = len(table.sectors)

    def rows(first: int, after: int) -> pa.Table:
        index = table.rows[first * sectors : after * sectors]
        flows = deliveries.of(slice(first, after))
        return _labelled(pd.DataFrame(flows, index=index, columns=columns, copy=False))

    step = max(1, cells // (sectors * len(columns)))
    with pq.ParquetWriter(
        path,
        rows(0, 1).schema,
        compression="zstd",
        use_dictionary=table.rows.names,
        write_statistics=False,
    ) as writer:
        for first in range(0, len(table.regions), step):
            # No name is kept for the rows: they must be gone before the next are formed.
            writer.write_table(rows(first, first + step))


def _labelled(frame: pd.DataFrame) -> pa.Table:
    """Return the frame with its labels in the first columns; pandas knows them for its index."""
    held = pa.Table.from_pandas(frame, nthreads=1)
    return held.select([*frame.index.names, *frame.columns])


def _joined(labels: pd.MultiIndex) -> "pd.Index[str]":
    return pd.Index([f"{region}|{of}" for region, of in labels])
