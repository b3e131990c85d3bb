"""Emissions after 2017 without policy, beside those observed."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from analysis.documents.markdown import with_tables
from analysis.studies import after_2017
from analysis.studies.after_2017 import (
    DOCUMENT,
    Simulated,
    by_province,
    observed_cities,
    observed_nation,
    skill,
    tables,
)
from data.readers.figures import read_regions

CODES = read_regions().codes


def perfect(scale: float) -> Simulated:
    """Run that has observed growth in every city, at another level; missing ones are still."""
    seen = observed_cities(read_regions())
    then = seen.loc[2017].to_numpy()
    since = scale * np.where(np.isnan(then), 1e6, then)
    years = {
        int(year): np.where(np.isnan(then + seen.loc[year]), since, scale * seen.loc[year])
        for year in seen.index[seen.index > 2017]
    }
    return Simulated(since, years)


@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_growth_as_observed_has_no_error_whatever_the_level(scale) -> None:
    runs = {2012: perfect(scale)}
    table = by_province(runs, read_regions())
    assert len(table) > 40
    assert_allclose(table["from 2012"], table["observed"], rtol=1e-12)
    rows = skill(table, runs).set_index("forecast")
    assert (rows.loc["simulation from 2012", "skill against no change"] > 1 - 1e-12).all()
    assert (rows.loc["no change", "root mean square, log"] > 0.05).all()


def test_a_city_without_an_inventory_of_both_years_is_on_neither_side(monkeypatch) -> None:
    """Two cities of one province; the second has none in 2018, so 10 % of the first is all."""
    regions = read_regions()
    whose = np.flatnonzero(regions.province == regions.province[5])[:2]
    seen = pd.DataFrame(np.nan, index=[2017, 2018], columns=list(CODES))
    seen.iloc[0, whose], seen.iloc[1, whose[0]] = 100.0, 110.0
    monkeypatch.setattr(after_2017, "observed_cities", lambda _: seen)
    grown = np.full(len(CODES), 3.0)
    grown[whose[0]] = 1.2
    (row,) = by_province({2012: Simulated(np.ones(len(CODES)), {2018: grown})}, regions).to_dict(
        "records"
    )
    assert row["cities"] == 1
    assert row["observed"] == pytest.approx(1.1)
    assert row["from 2012"] == pytest.approx(1.2)


def test_national_growth_is_that_of_the_inventory() -> None:
    """9,794.8 over 9,408.2 Mt (CEADs)."""
    assert observed_nation()["CEADs"][2019] == pytest.approx(9794.8 / 9408.2)


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_years_after_2017(full) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, tables()) == text, (
        "renew: .venv/bin/python -m analysis.documents after-2017"
    )
