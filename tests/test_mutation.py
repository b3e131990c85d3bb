"""Mutation testing: what is changed, and how a change ends that a test tells or does not."""

import shutil
from pathlib import Path

import pytest

from analysis.reliability import mutation
from analysis.reliability.mutants import all_mutants
from analysis.reliability.mutation_trials import KILLED, SURVIVED, reach, trial
from data.errors import InputError

SOURCE = '''"""Prices."""

LEAST = 1


def price(bid, offer):
    """Return the mean, or the offer; 2 is no number here."""
    if bid < offer:
        raise ValueError(f"{bid + 1}")
    return (bid + offer) / 2


def unused(a):
    return not a
'''
TESTS = """from model.price import price


def test_a_price_lies_between() -> None:
    assert price(8.0, 4.0) == 6.0
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """Return a project of one file with one test."""
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "__init__.py").touch()
    (tmp_path / "model" / "price.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_price.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -n 0\nmarkers = study\n", "utf-8")
    for name in ("another_source.py", "calls.py"):
        shutil.copy(Path(__file__).parent / name, tmp_path / "tests")
    return tmp_path


def test_operators_numbers_and_conditions_change_and_words_do_not(project) -> None:
    changes = {mutant.change for mutant in all_mutants(project)}
    assert changes == {
        "1 → 2", "bid < offer → bid <= offer", "bid < offer → bid >= offer",
        "(bid + offer) / 2 → (bid + offer) * 2", "bid + offer → bid - offer", "2 → 3",
        "not a → a",
    }  # fmt: skip


def test_a_file_that_is_not_there_is_named(project) -> None:
    with pytest.raises(InputError, match="model/market: no file"):
        all_mutants(project, "model/market")


@pytest.mark.study
def test_a_change_is_killed_by_a_test_that_tells_it_and_survives_where_none_does(project) -> None:
    known = reach(project, project / "calls")
    possible = {mutant.change: mutant for mutant in all_mutants(project)}
    ends = {
        change: trial(project, possible[change], known)
        for change in ("bid < offer → bid >= offer", "bid < offer → bid <= offer", "not a → a")
    }
    killer = "tests/test_price.py::test_a_price_lies_between"
    assert ends["bid < offer → bid >= offer"] == (KILLED, killer)
    assert ends["bid < offer → bid <= offer"] == (SURVIVED, "")
    assert ends["not a → a"] == (SURVIVED, "")
    assert (project / "model" / "price.py").read_text("utf-8") == SOURCE


def test_a_larger_sample_holds_the_smaller_one() -> None:
    few, more = (mutation.sample(count, "model/quota") for count in (5, 9))
    assert more[:5] == few
    assert mutation.sample(5, "model/quota", seed=1) != few


def test_every_change_that_is_said_to_make_no_difference_can_be_made() -> None:
    possible = {(each.file, each.text, each.change) for each in all_mutants(mutation.ROOT)}
    for row in mutation.no_difference():
        assert row in possible
