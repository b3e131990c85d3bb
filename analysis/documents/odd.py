"""The tables of the ODD pages that the code itself writes."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import Field, fields
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown
from model.compile.assumptions import Assumptions
from scenarios.schema import parameters
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS
from simulation.state import State

PAGES = tuple(
    DOCS / "odd" / f"{name}.md"
    for name in ("index", "overview", "design-concepts", "details", "references")
)
"""The model's description by the ODD+D protocol, in the order in which it is read."""

TABLE_PAGE = DOCS / "odd" / "tables.md"
"""The page whose tables the code writes."""


def parameter_table() -> str:
    """Return every key of a scenario as a Markdown table, in the order of the sections."""
    rows = [
        (f"`{row.key}`", row.default, row.limits, row.unit, row.source, row.meaning)
        for row in parameters()
    ]
    columns = ["key", "default", "range", "unit", "source", "meaning"]
    return markdown(pd.DataFrame(rows, columns=columns))


def state_table() -> str:
    """Return the fields of `State` as a Markdown table: name, type, and the docstring below it.

    Raises
    ------
    KeyError
        If a field has no docstring.
    """
    rows = [(f"`{field.name}`", f"`{kind}`", said) for field, kind, said in _documented(State)]
    return markdown(pd.DataFrame(rows, columns=["field", "type", "meaning"]))


def assumption_table() -> str:
    """Return what the compile assumes as a Markdown table; raises as `state_table`."""
    rows = [
        (f"`{field.name}`", _value(field.default), said)
        for field, _, said in _documented(Assumptions)
    ]
    return markdown(pd.DataFrame(rows, columns=["name", "value", "meaning, unit and status"]))


def column_table() -> str:
    """Return every recorded column as a Markdown table, those of the cities first."""
    rows = [
        (f"`{file}.parquet`", f"`{name}`", said)
        for file, columns in (("cities", CITY_COLUMNS), ("national", NATIONAL_COLUMNS))
        for name, said in columns.items()
    ]
    return markdown(pd.DataFrame(rows, columns=["table", "column", "unit: meaning"]))


def _value(default: object) -> str:
    return f"{default:g}" if isinstance(default, float) else f"`{default}`"


TABLES: dict[str, Callable[[], str]] = {
    "state": state_table,
    "columns": column_table,
    "assumptions": assumption_table,
    "parameters": parameter_table,
}
"""Tables between the marker lines `<!-- name:begin -->` and `<!-- name:end -->`."""


def _documented(record: type) -> list[tuple[Field[Any], str, str]]:
    """Return each field of a dataclass with its type as written and the docstring below it."""
    source = ast.parse(inspect.getsource(inspect.getmodule(record) or record))
    body = next(
        node.body
        for node in source.body
        if isinstance(node, ast.ClassDef) and node.name == record.__name__
    )
    known = {
        field.target.id: (ast.unparse(field.annotation), " ".join(text.value.value.split()))
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
    return [(field, *known[field.name]) for field in fields(record)]
