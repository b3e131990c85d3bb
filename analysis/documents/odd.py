"""The tables of the ODD pages that the code itself writes."""

import ast
import inspect
from collections.abc import Callable, Sequence
from dataclasses import Field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from analysis.documents.docs_folder import DOCS
from data.errors import InputError
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
    return _markdown(("key", "default", "range", "unit", "source", "meaning"), rows)


def state_table() -> str:
    """Return the fields of `State` as a Markdown table: name, type, and the docstring below it.

    Raises
    ------
    KeyError
        If a field has no docstring.
    """
    rows = [(f"`{field.name}`", f"`{kind}`", said) for field, kind, said in _documented(State)]
    return _markdown(("field", "type", "meaning"), rows)


def assumption_table() -> str:
    """Return what the compile assumes as a Markdown table; raises as `state_table`."""
    rows = [
        (f"`{field.name}`", _value(field.default), said)
        for field, _, said in _documented(Assumptions)
    ]
    return _markdown(("name", "value", "meaning, unit and status"), rows)


def column_table() -> str:
    """Return every recorded column as a Markdown table, those of the cities first."""
    rows = [
        (f"`{file}.parquet`", f"`{name}`", said)
        for file, columns in (("cities", CITY_COLUMNS), ("national", NATIONAL_COLUMNS))
        for name, said in columns.items()
    ]
    return _markdown(("table", "column", "unit: meaning"), rows)


def _value(default: object) -> str:
    return f"{default:g}" if isinstance(default, float) else f"`{default}`"


TABLES: dict[str, Callable[[], str]] = {
    "state": state_table,
    "columns": column_table,
    "assumptions": assumption_table,
    "parameters": parameter_table,
}
"""What stands between the marker lines `<!-- name:begin -->` and `<!-- name:end -->`."""


def between(text: str, name: str) -> str:
    """Return what stands between the markers of a table.

    Raises
    ------
    InputError
        If the text does not hold both markers once, each on its own line.
    """
    return _parted(text, name)[1].removesuffix("\n")


def renew(path: Path) -> None:
    """Put the tables, as the code now writes them, between the markers of a document."""
    text = path.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        before, _, after = _parted(text, name)
        text = f"{before}{table()}\n{after}"
    path.write_text(text, encoding="utf-8", newline="\n")


def _parted(text: str, name: str) -> tuple[str, str, str]:
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->\n"
    if text.count(begin) != 1 or text.count(end) != 1 or text.index(end) < text.index(begin):
        raise InputError(
            f"the document must hold the line {begin.strip()} and, below it, the line"
            f" {end.strip()}, once each; put them where the table belongs"
        )
    before, rest = text.split(begin)
    table, after = rest.split(end)
    return before + begin, table, end + after


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


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = [[cell.replace("|", r"\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
