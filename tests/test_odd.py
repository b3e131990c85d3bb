"""The description of the model agrees with the code it describes."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from analysis.documents.markdown import between, renew_tables
from analysis.documents.odd import (
    PAGES,
    TABLE_PAGE,
    TABLES,
    assumption_table,
    column_table,
    parameter_table,
    state_table,
)
from data.errors import InputError
from model.allocation import RULES as ALLOCATION_RULES
from model.behaviour import RULES as DECISION_RULES
from model.compile.assumptions import Assumptions
from model.footprints.demand_shift import GROWTH_MIXES
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.payers import AID_PAYERS
from scenarios.cap import CAP_PATHS
from scenarios.schema import Parameter, parameters
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS
from simulation.market import INSTITUTIONS
from simulation.quota_model import QuotaModel
from simulation.state import State
from simulation.streams import PURPOSES

HINT = "docs/odd/tables.md is behind the code; renew it: .venv/bin/python -m analysis.documents"
ROOT = TABLE_PAGE.parents[2]
CODE = ("model", "data", "scenarios", "simulation", "analysis", "tests")
SECTIONS = "|".join(sorted({row.key.split(".")[0].split("(")[0] for row in parameters()}))
OF_A_SCENARIO = re.compile(rf'`(?P<key>(?:{SECTIONS})\.\w+)(?: = "?(?P<value>[\w.]+)"?)?`')
"""A key of a scenario as the text names it, with a value or without."""


def text() -> str:
    """Return the pages of the description, without the tables that the code writes."""
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def section(start: str, end: str) -> str:
    """Return the text from the heading of one number to that of another."""
    begin, stop = (rf"^#+ {re.escape(number)} " for number in (start, end))
    return re.split(stop, re.split(begin, text(), flags=re.MULTILINE)[1], flags=re.MULTILINE)[0]


def known_parameters() -> dict[str, list[Parameter]]:
    """Return the parameters by key as written in a file, those of all cap paths as `cap.key`."""
    known: dict[str, list[Parameter]] = {}
    for row in parameters():
        known.setdefault(re.sub(r"\(\w+\)", "", row.key), []).append(row)
    return known


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_the_document_are_those_of_the_code(name: str) -> None:
    assert between(TABLE_PAGE.read_text(encoding="utf-8"), name) == TABLES[name](), HINT


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


def test_every_recorded_column_has_a_row_with_a_meaning() -> None:
    rows = [row.split(" | ") for row in column_table().splitlines()[2:]]
    assert [row[1].strip("`") for row in rows] == [*CITY_COLUMNS, *NATIONAL_COLUMNS]
    assert all(row[2].removesuffix("|").strip() for row in rows)


def test_cells_stay_cells_when_a_range_lists_words() -> None:
    row = next(row for row in parameter_table().splitlines() if "`market.institution`" in row)
    assert len(re.split(r"(?<!\\)\|", row)) == 8


def test_renewing_mends_a_table_and_nothing_else(tmp_path: Path) -> None:
    document = TABLE_PAGE.read_text(encoding="utf-8")
    drifted = tmp_path / "tables.md"
    changed = document.replace(between(document, "state"), "| an | older | table |")
    assert changed != document
    drifted.write_text(changed, encoding="utf-8")
    renew_tables(drifted, {name: of() for name, of in TABLES.items()})
    assert drifted.read_text(encoding="utf-8") == document, HINT


def test_a_document_without_markers_is_refused_with_the_way_out(tmp_path: Path) -> None:
    bare = tmp_path / "bare.md"
    bare.write_text("nothing here\n", encoding="utf-8")
    with pytest.raises(InputError, match="<!-- state:begin -->"):
        renew_tables(bare, {"state": state_table()})


def test_every_file_the_document_names_exists() -> None:
    named = set(re.findall(r"`((?:\w+/)+[\w.-]+\.\w+)`", text()))
    assert named, "the document names no file"
    missing = sorted(name for name in named if not (ROOT / name).exists())
    assert not missing, f"docs/odd/ names files that are not there: {missing}"


def test_every_table_of_figures_the_document_names_exists() -> None:
    named = set(re.findall(r"`(\w+\.csv)`", section("3.3", "3.4")))
    assert named
    assert not sorted(name for name in named if not (ROOT / "data" / "tables" / name).exists())


def test_every_key_the_text_names_is_a_parameter_and_every_value_one_of_its_words() -> None:
    named = [(found["key"], found["value"]) for found in OF_A_SCENARIO.finditer(text())]
    assert named, "the text names no parameter"
    known = known_parameters()
    unknown = sorted({key for key, _ in named if key not in known})
    assert not unknown, f"docs/odd/ names parameters that are not there: {unknown}"
    for key, value in named:
        words = [row.limits.split(" | ") for row in known[key] if " | " in row.limits]
        if value and words:
            assert any(value in some for some in words), f"{value} is no word of {key}"


def test_every_section_of_a_scenario_is_named_in_the_text() -> None:
    sections = {key.split(".")[0] for key in known_parameters() if "." in key}
    named = {found["key"].split(".")[0] for found in OF_A_SCENARIO.finditer(text())}
    assert not sections - named


def test_every_column_the_text_names_is_recorded() -> None:
    lists = re.findall(r"[Cc]olumns? ((?:`\w+`(?:, | and )?\s*)+)", text())
    named = {name for words in lists for name in re.findall(r"`(\w+)`", words)}
    assert named, "the text names no column"
    unknown = sorted(named - {*CITY_COLUMNS, *NATIONAL_COLUMNS})
    assert not unknown, f"docs/odd/ names columns that are not recorded: {unknown}"


def test_every_field_of_the_state_is_told_of_in_the_text() -> None:
    silent = [field.name for field in fields(State) if f"`{field.name}`" not in text()]
    assert not silent, f"docs/odd/ has these in the table of the state alone: {silent}"


def test_the_year_has_the_phases_of_the_model_in_their_order() -> None:
    told = re.findall(r"^\| (\w+) \|", section("1.3", "2.").split("| verb |")[1], re.MULTILINE)
    step = (QuotaModel.step.__doc__ or "").rstrip(".").lower().split(", ")
    assert told == step


def test_every_registered_word_is_told_of_in_the_text() -> None:
    words = [
        *ALLOCATION_RULES,
        *DECISION_RULES,
        *INSTITUTIONS,
        *CAP_PATHS,
        *DISTRIBUTIONS,
        *PLACEMENTS,
        *GROWTH_MIXES,
        *AID_PAYERS,
        *MERITS,
    ]
    silent = [word for word in words if f"`{word}`" not in text() and f"*{word}*" not in text()]
    assert not silent, f"docs/odd/ does not say what these do: {silent}"


def test_the_text_counts_the_streams_of_chance() -> None:
    counts = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    by_year = re.findall(r"(\w+) purposes have random numbers by year", text())
    once = re.findall(r"(\w+) have one a city", text())
    told = [counts.index(word.lower()) + 1 for word in by_year + once]
    assert len(told) == 2
    assert sum(told) == len(PURPOSES)


def references() -> list[tuple[str, str]]:
    """Return first author's surname and year of each reference."""
    entries = re.findall(
        r"^- (.+?)\((\d{4})\)", section("4.", "no such heading"), re.MULTILINE | re.DOTALL
    )
    return [(authors.split(",")[0].split(" et al")[0].strip(), year) for authors, year in entries]


@pytest.mark.parametrize(("surname", "year"), references())
def test_every_reference_is_cited_in_the_text_or_in_the_code(surname: str, year: str) -> None:
    cited = re.compile(rf"{re.escape(surname)}.{{0,80}}?{year}", re.DOTALL)
    body = text().split("\n# 4.", 1)[0]
    files = (path for floor in CODE for path in (ROOT / floor).rglob("*.py"))
    assert cited.search(body) or any(
        cited.search(path.read_text(encoding="utf-8")) for path in files
    ), f"{surname} {year} is a reference that nothing cites"


def fixed_numbers() -> list[tuple[str, str]]:
    """Return number and file of each row of the table of numbers that are no parameters."""
    row = r"^\| ([^|]*\d[^|]*) \| [^|]* \| `([\w/]+\.py)` \|$"
    rows = re.findall(row, section("3.5", "4."), re.MULTILINE)
    return [(number.strip(), file) for numbers, file in rows for number in numbers.split(",")]


@pytest.mark.parametrize(("number", "file"), fixed_numbers())
def test_every_fixed_number_stands_in_the_file_that_is_named(number: str, file: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    written = re.escape(number)
    assert re.search(rf"(?<![\w.]){written}(?![\w.])", source), f"{file} holds no {number}"
