"""Scenarios written and read: what the command shows is a file that says the same."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import floats

from data.errors import UNSEEN, InputError
from scenarios import Scenario, read_scenario
from scenarios.files import is_experiment, library
from scenarios.writing import written

YEAR = st.integers(2013, 2060).map(str)
CAPS = st.one_of(
    st.fixed_dictionaries(
        {"path": st.just("below_baseline"), "cut": floats(0.0, 0.99)},
        optional={
            "coverage": st.sampled_from(
                [
                    "all",
                    ["power", "metals"],
                    "chemicals",
                    {"2021": "power", "2024": ["rest"], "2030": "all"},
                ]
            )
        },
    ),
    st.fixed_dictionaries({"path": st.just("peak"), "level_gt": st.floats(1e-3, 1e3)}),
    st.fixed_dictionaries(
        {
            "path": st.just("table"),
            "levels_mt": st.dictionaries(YEAR, st.floats(1e-6, 1e6), min_size=1),
        }
    ),
)
PLACES = st.lists(st.sampled_from(["east", "central", "west", "northeast"]), min_size=1)
CLEANER = st.fixed_dictionaries(
    {"where": PLACES, "sector": st.sampled_from(["electricity", "s10"]), "change": st.just(-0.03)}
)
SECTIONS = st.fixed_dictionaries(
    {"title": st.text(st.characters(exclude_categories=UNSEEN), max_size=300)},
    optional={
        "cap": CAPS,
        "market": st.fixed_dictionaries(
            {"institution": st.sampled_from(["none", "exchange", "bilateral", "auction"])},
            optional={"price_ceiling": st.none() | st.floats(0.01, 1e4)},
        ),
        "compliance": st.fixed_dictionaries(
            {"audit": floats(0.0, 1.0)}, optional={"bank_years": st.none() | st.integers(0, 99)}
        ),
        "behaviour": st.just({"rule": "mix", "shares": {"imitate": 0.4, "logit": 0.6}}),
        "abatement": st.fixed_dictionaries({"demand_lever": st.booleans()}),
        "growth": st.fixed_dictionaries({"cleaner": st.lists(CLEANER, max_size=2)}),
    },
)


def read_back(text: str) -> Scenario:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shown.toml"
        path.write_bytes(text.encode())
        return read_scenario(path)


@given(SECTIONS)
def test_any_scenario_reads_back_as_it_was_written(sections) -> None:
    scenario = Scenario.model_validate(sections)
    assert read_back(written(scenario)) == scenario


@pytest.mark.parametrize("name", [n for n, path in library().items() if not is_experiment(path)])
def test_every_scenario_of_the_library_reads_back_as_it_was_written(name) -> None:
    assert read_back(written(read_scenario(name))) == read_scenario(name)


def test_what_is_absent_is_said_in_a_comment() -> None:
    assert "# market.price_ceiling is absent\n[market]\n" in written(Scenario())


def test_a_title_with_quotes_and_backslashes_is_shown_as_valid_toml(tmp_path) -> None:
    title = 'What does "C:\\new" cost?'
    mine = tmp_path / "mine.toml"
    mine.write_text(f"extends = 'default'\ntitle = '''{title}'''\n", encoding="utf-8")
    main = "from analysis.command_line.command import main; main()"
    words = [sys.executable, "-c", main, "scenarios", "show", str(mine)]
    shown = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    assert read_back(shown).title == title


def test_a_file_that_begins_with_a_byte_order_mark_says_the_same(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "default"\ncap.cut = 0.3\n', encoding="utf-8-sig")
    assert read_scenario(path).cap == read_scenario("default", ["cap.cut=0.3"]).cap


@pytest.mark.parametrize("words", ["", "# mine\n"])
def test_a_file_that_holds_nothing_is_no_scenario(words, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=r"mine.toml: holds nothing; begin it with extends"):
        read_scenario(path)


def test_a_value_in_place_of_a_section_is_refused_whatever_is_set_in_that_section(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("horizon = 5\n", encoding="utf-8")
    for settings in ([], ["horizon.base_year=2015"]):
        with pytest.raises(InputError, match="horizon = 5"):
            read_scenario(path, settings)


def test_a_value_in_place_of_a_section_is_refused_in_what_is_extended_too(tmp_path) -> None:
    (tmp_path / "parent.toml").write_text("cap = 5\n", encoding="utf-8")
    child = tmp_path / "child.toml"
    child.write_text('extends = "parent.toml"\n[cap]\ncut = 0.2\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"parent.toml: cap = 5 must be a table"):
        read_scenario(child)


def test_a_folder_and_a_pipe_are_told_apart_from_a_file(tmp_path) -> None:
    with pytest.raises(InputError, match="is a folder, not a file"):
        read_scenario(tmp_path)
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(InputError, match="is a pipe or a device, not a file"):
        read_scenario(tmp_path / "pipe.toml")
