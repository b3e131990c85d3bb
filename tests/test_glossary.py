"""The glossary speaks of what is there, and leaves nothing out."""

import importlib
import re

import pytest

from analysis.documents.docs_folder import DOCS
from scenarios.schema import parameters
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = ROW.findall((DOCS / "glossary.md").read_text(encoding="utf-8"))
NAMES = sorted({name for _, _, name, _, _ in ROWS})
COLUMNS = {*CITY_COLUMNS, *NATIONAL_COLUMNS}
KEYS = {re.sub(r"\(\w+\)", "", row.key) for row in parameters()}
SECTIONS = {key.split(".")[0] for key in KEYS if "." in key}


def is_known(name: str) -> bool:
    """Return whether a name is a section, a key, a column, or an attribute of a module."""
    if name.startswith("["):
        return name.strip("[]") in SECTIONS
    if ":" not in name:
        return name in KEYS or name in COLUMNS
    module, path = name.split(":")
    thing = importlib.import_module(module)
    for part in path.split("."):
        thing = getattr(thing, part)
    return thing is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_name_in_code_exists(name: str) -> None:
    assert is_known(name), f"docs/glossary.md names {name}, which is nowhere in the code"


def test_every_row_of_a_table_is_read() -> None:
    lines = (DOCS / "glossary.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and "name in code" not in line]
    assert len(rows) == len(ROWS)


def test_every_term_has_a_chinese_word_a_unit_and_a_meaning() -> None:
    for english, chinese, _, unit, meaning in ROWS:
        assert re.search(r"[\u4e00-\u9fff]", chinese), f"{english} lacks its Chinese word"
        assert unit.strip()
        assert meaning.strip()


def test_no_term_is_explained_twice() -> None:
    terms = [english for english, *_ in ROWS]
    assert len(terms) == len(set(terms))


@pytest.mark.parametrize("column", sorted(COLUMNS))
def test_every_recorded_column_has_its_term(column: str) -> None:
    assert column in NAMES


@pytest.mark.parametrize("section", sorted(SECTIONS))
def test_every_section_of_a_scenario_has_its_term(section: str) -> None:
    assert f"[{section}]" in NAMES
