"""The tables of results as a Frictionless data package: `datapackage.json`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.interop.meanings import meaning

NAME = "datapackage.json"
KEYS = {
    "cities": ["arm", "replication", "year", "region_code"],
    "national": ["arm", "replication", "year"],
    "outcomes": ["arm", "replication"],
    "ranking": ["outcome", "arm"],
    "order": ["outcome", "better", "worse"],
    "transitions": ["arm", "reading", "from", "to"],
    "classes": ["arm", "region_code"],
    "welfare": ["arm", "year", "measure"],
    "regions": ["region_code"],
}
"""Columns that tell the rows of a table apart."""
YEARS = ("year", "from_year", "to_year", "becomes_strong", "stops")


def data_package(folder: Path, title: str, tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """Return the description of the tables in a folder; `tables` are those kept as CSV."""
    resources = [
        _resource(folder / f"{name}.parquet", _parquet_fields(folder / f"{name}.parquet"))
        for name in ("cities", "national")
    ]
    resources += [
        _resource(folder / f"{name}.csv", _text_fields(name, table))
        for name, table in tables.items()
    ]
    return {
        "profile": "data-package",
        "name": package_name(folder.name),
        "title": title,
        "resources": resources,
    }


def package_name(text: str) -> str:
    """Return a name of a package: small letters, digits, `.`, `_` and `-` alone."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in text)
    return plain.strip("-._").lower() or "results"


def _resource(path: Path, fields: list[dict[str, Any]]) -> dict[str, Any]:
    text = path.suffix == ".csv"
    schema: dict[str, Any] = {"fields": fields, "primaryKey": KEYS[path.stem]}
    words: dict[str, Any] = {"name": path.stem, "path": path.name, "format": path.suffix[1:]}
    if text:
        schema["missingValues"] = [""]
        return words | {
            "profile": "tabular-data-resource",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": schema,
        }
    return words | {"mediatype": "application/vnd.apache.parquet", "schema": schema}


def _parquet_fields(path: Path) -> list[dict[str, Any]]:
    schema = pq.read_schema(path)
    return [_field(path.stem, field.name, _kind(field.type, field.name)) for field in schema]


def _text_fields(table: str, values: pd.DataFrame) -> list[dict[str, Any]]:
    kinds = {name: _text_kind(str(kind), str(name)) for name, kind in values.dtypes.items()}
    return [_field(table, str(name), kind) for name, kind in kinds.items()]


def _field(table: str, name: str, kind: str) -> dict[str, Any]:
    found = meaning(table, name)
    words: dict[str, Any] = {"name": name, "type": kind, "description": found.text}
    if kind == "boolean":
        words |= {"trueValues": ["True"], "falseValues": ["False"]}
    return words | ({"unit": found.unit} if found.unit else {})


def _kind(kind: pa.DataType, name: str) -> str:
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "year" if name in YEARS else "integer"
    return "number" if pa.types.is_floating(kind) else "string"


def _text_kind(kind: str, name: str) -> str:
    if name in YEARS:
        return "year"
    known = {"bool": "boolean", "float": "number", "int": "integer", "Int": "integer"}
    return next((word for start, word in known.items() if kind.startswith(start)), "string")
