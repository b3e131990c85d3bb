"""Tables of a document that the code writes, between marker lines."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from data.errors import InputError


def markdown(table: pd.DataFrame) -> str:
    """Return a table as Markdown, its columns in order and its index left out."""
    rows = [[str(value) for value in row] for row in table.itertuples(index=False)]
    lines = [[str(name) for name in table.columns], ["---"] * table.shape[1], *rows]
    cells = [[cell.replace("|", r"\|") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def between(text: str, name: str) -> str:
    """Return the lines between `<!-- name:begin -->` and `<!-- name:end -->`; see `with_tables`."""
    return _parted(text, name)[1].removesuffix("\n")


def with_tables(text: str, tables: Mapping[str, str]) -> str:
    """Return a document with each table between the marker lines of its name.

    Raises
    ------
    InputError
        If it does not hold both lines once, one below the other.
    """
    for name, table in tables.items():
        before, _, after = _parted(text, name)
        text = f"{before}{table}\n{after}"
    return text


def renew_tables(page: Path, tables: Mapping[str, str]) -> None:
    """Write tables into a page; raises as `with_tables`."""
    text = with_tables(page.read_text(encoding="utf-8"), tables)
    page.write_text(text, encoding="utf-8", newline="\n")


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
