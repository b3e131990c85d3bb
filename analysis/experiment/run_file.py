"""The file of one run: its tables as Arrow streams, and their hash.

Its city table and its national table; of outcomes alone, few columns of the cities, and measures.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import xxhash

from analysis.experiment.run_key import RunKey
from analysis.outcomes.city_summary import MITIGATION
from analysis.outcomes.measures import Measures, measures
from analysis.outcomes.misfits import COLUMNS as MISFITS
from analysis.outcomes.one_run import one_run
from model.compile.city_economy import Economy
from scenarios.scenario import Scenario
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS, WHOLE
from simulation.run_result import Run

HASH_BYTES = xxhash.xxh3_128().digest_size
WORD = pa.dictionary(pa.int32(), pa.string())
LABELS = {
    "arm": WORD,
    "rule": WORD,
    "institution": WORD,
    "replication": pa.int32(),
    "economy": pa.int32(),
    "year": pa.int32(),
}
"""Columns that both tables begin with."""
CITY_SCHEMA = pa.schema(
    {
        **LABELS,
        "region_code": WORD,
        "city": WORD,
        "co2_estimated": pa.bool_(),
        **{name: pa.int8() if name in WHOLE else pa.float64() for name in CITY_COLUMNS},
    }
)
NATIONAL_SCHEMA = pa.schema({**LABELS, **dict.fromkeys(NATIONAL_COLUMNS, pa.float64())})
FEW = (
    *(name for name in CITY_COLUMNS if name.startswith("class_")),
    *MITIGATION,
    *MISFITS,
    "emissions",
)
"""Columns of cities that are kept beside outcomes, for tables of classes and for pictures."""
FEW_SCHEMA = pa.schema(
    [field for field in CITY_SCHEMA if field.name not in CITY_COLUMNS or field.name in FEW]
)
MEASURES_SCHEMA = pa.schema({"measures": pa.float64()})


@dataclass(frozen=True, slots=True)
class RunTables:
    """Tables of one run, tidy, as it goes into the tables of its experiment."""

    cities: pa.Table
    """A row a year and city."""
    national: pa.Table
    """A row a year."""
    measures: Measures | None = None
    """Of a run of which outcomes alone were kept."""


@dataclass(frozen=True, slots=True)
class RunLabels:
    """Labels of a run: what every row of its tables begins with."""

    key: RunKey
    scenario: Scenario
    economy: int
    """Number of the drawn economy; 0 for the one as compiled."""

    def columns(self, rows: int) -> dict[str, pa.Array]:
        """Return the columns, each of one value."""
        words = {
            "arm": self.key.arm,
            "rule": self.scenario.allocation.rule,
            "institution": self.scenario.institution_in_force,
        }
        return {
            **{name: _words(np.zeros(rows), (word,)) for name, word in words.items()},
            "replication": pa.array(np.full(rows, self.key.replication, dtype=np.int32)),
            "economy": pa.array(np.full(rows, self.economy, dtype=np.int32)),
        }


def packed(
    labels: RunLabels, mark: str, run: Run, economy: Economy, *, outcomes_only: bool = False
) -> bytes:
    """Return the content of a run's file; `mark` says whose results it belongs to."""
    said = {"run": labels.key.id, "mark": mark}
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    schema = FEW_SCHEMA if outcomes_only else CITY_SCHEMA
    tables = [_cities(labels, run, economy, schema), _national(labels, run)]
    if outcomes_only:
        numbers = measures(one_run(run, economy)).numbers
        tables.append(pa.table({"measures": numbers}, schema=MEASURES_SCHEMA))
    for table in tables:
        marked = table.replace_schema_metadata(said)
        with pa.ipc.new_stream(sink, marked.schema, options=options) as stream:
            stream.write_table(marked)
    content = sink.getvalue().to_pybytes()
    return content + xxhash.xxh3_128(content).digest()


def _cities(labels: RunLabels, run: Run, economy: Economy, schema: pa.Schema) -> pa.Table:
    years, count = len(run.years), len(run.codes)
    estimated = economy.co2_estimated[economy.players]
    columns = {
        **labels.columns(years * count),
        "year": pa.array(np.repeat(np.array(run.years, dtype=np.int32), count)),
        "region_code": _words(np.tile(np.arange(count), years), run.codes),
        "city": _words(np.tile(np.arange(count), years), run.names),
        "co2_estimated": pa.array(np.tile(estimated, years)),
    }
    for name in schema.names[len(columns) :]:
        values = run.recorder.cities[name].reshape(-1)
        whole = name in WHOLE
        columns[name] = pa.array(values.astype(np.int8) if whole else values, from_pandas=not whole)
    return pa.table(columns, schema=schema)


def _national(labels: RunLabels, run: Run) -> pa.Table:
    columns = {
        **labels.columns(len(run.years)),
        "year": pa.array(np.array(run.years, dtype=np.int32)),
    }
    for name in NATIONAL_COLUMNS:
        columns[name] = pa.array(run.recorder.national[name], from_pandas=True)
    return pa.table(columns, schema=NATIONAL_SCHEMA)


def _words(places: np.ndarray, words: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(places.astype(np.int32), pa.array(words, pa.string()))
