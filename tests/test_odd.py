"""The description of the model agrees with the code it describes."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.odd import (
    DOCUMENT,
    TABLES,
    assumption_table,
    between,
    parameter_table,
    renew,
    state_table,
)
from data.assumptions import Assumptions
from data.mistakes import UserMistake
from scenarios.schema import parameters
from simulation.state import State

HINT = "docs/ODD.md is behind the code; renew it with: .venv/bin/python -m analysis.odd"


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_the_document_are_those_of_the_code(name: str) -> None:
    assert between(DOCUMENT.read_text(encoding="utf-8"), name) == TABLES[name](), HINT


def test_every_parameter_has_a_row_with_a_unit_a_source_and_a_meaning() -> None:
    table = parameter_table().splitlines()[2:]
    assert len(table) == len(parameters())
    for row, known in zip(table, parameters(), strict=True):
        assert row.startswith(f"| `{known.key}` | ")
        assert known.unit
        assert known.source
        assert known.meaning, f"{known.key} has no docstring"


def test_every_field_of_the_state_has_a_row() -> None:
    rows = state_table().splitlines()[2:]
    names = [row.split("`")[1] for row in rows]
    assert names == [field.name for field in fields(State)]


def test_every_assumption_of_the_compile_has_a_row() -> None:
    rows = assumption_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [field.name for field in fields(Assumptions)]


def test_cells_stay_cells_when_a_range_lists_words() -> None:
    row = next(row for row in parameter_table().splitlines() if "`market.institution`" in row)
    assert len(re.split(r"(?<!\\)\|", row)) == 8


def test_renewing_mends_a_table_and_nothing_else(tmp_path: Path) -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    drifted = tmp_path / "ODD.md"
    changed = document.replace(between(document, "state"), "| an | older | table |")
    assert changed != document
    drifted.write_text(changed, encoding="utf-8")
    renew(drifted)
    assert drifted.read_text(encoding="utf-8") == document, HINT


def test_a_document_without_markers_is_refused_with_the_way_out(tmp_path: Path) -> None:
    bare = tmp_path / "bare.md"
    bare.write_text("nothing here\n", encoding="utf-8")
    with pytest.raises(UserMistake, match="<!-- state:begin -->"):
        renew(bare)


def test_every_file_the_document_names_exists() -> None:
    root = DOCUMENT.parent.parent
    named = set(re.findall(r"`((?:\w+/)+[\w.]+\.\w+)`", DOCUMENT.read_text(encoding="utf-8")))
    assert named, "the document names no file"
    missing = sorted(name for name in named if not (root / name).exists())
    assert not missing, f"docs/ODD.md names files that are not there: {missing}"
