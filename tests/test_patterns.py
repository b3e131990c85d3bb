"""Simulated values beside observed ranges: each verdict follows from the numbers."""

import pytest

from analysis.documents.markdown import with_tables
from analysis.studies import patterns
from data.readers.verified import read_table


@pytest.fixture(scope="module")
def found(small):
    return patterns.runs(small, 3)


def test_every_observed_pattern_is_simulated_and_sourced() -> None:
    table = read_table("patterns.csv")
    assert set(table["pattern"]) == set(patterns.SIMULATED)
    assert (table["low"] < table["high"]).all()
    assert (table["source"].str.len() > 10).all()


def test_a_verdict_is_where_the_median_lies(found, monkeypatch) -> None:
    said = patterns.verdicts(found).set_index("pattern")["verdict"]
    monkeypatch.setitem(patterns.SIMULATED, "price_level", lambda _: 1e6)
    moved = patterns.verdicts(found).set_index("pattern")["verdict"]
    assert moved["mean clearing price over all years"] == "above"
    monkeypatch.setitem(patterns.SIMULATED, "price_level", lambda _: 50.0)
    moved = patterns.verdicts(found).set_index("pattern")["verdict"]
    assert moved["mean clearing price over all years"] == "within"
    assert (said.drop("mean clearing price over all years")
            == moved.drop("mean clearing price over all years")).all()  # fmt: skip


def test_free_riders_are_counted_among_cities_short_of_quota(found, small) -> None:
    table = patterns.free_riders_by_cluster(found, small)
    assert table["cities"].sum() == 8
    free, short = table["free-riders among these, %"], table["short of quota, % of years"]
    assert free.between(0, 100).all()
    assert short.between(0, 100).all()


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_patterns(full) -> None:
    text = patterns.DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, patterns.tables(full)) == text, (
        "renew: .venv/bin/python -m analysis.documents patterns"
    )
