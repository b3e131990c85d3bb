"""Cap paths: how many tonnes may be emitted in a year."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, floats
from numpy.testing import assert_allclose

from model.quota.cap_paths import (
    BelowBaseline,
    CapYears,
    Intensity,
    LinearCut,
    Peak,
    Table,
    below_baseline,
    intensity,
    linear_cut,
    peak,
    table,
)


def years_of(amount: np.ndarray) -> CapYears:
    """Return years in which the same is emitted without policy as under the base year's figures."""
    span = range(2013, 2013 + amount.size)
    return CapYears(span, amount, amount, np.ones_like(amount), float(amount[0]))


def test_below_baseline_by_hand() -> None:
    """A fifth below the baseline in the fourth year, 5 points a year."""
    years = years_of(np.array([100.0, 100.0, 200.0, 200.0]))
    assert_allclose(below_baseline(years, BelowBaseline(0.2)), [95.0, 90.0, 170.0, 160.0])


@given(amounts(8, 1e9, 2e10), floats(0.0, 1.0))
def test_below_baseline_reaches_its_cut_in_the_last_year(baseline, cut) -> None:
    found = below_baseline(years_of(baseline), BelowBaseline(cut))
    assert found[-1] == pytest.approx((1 - cut) * baseline[-1])
    assert (np.diff(found / baseline) <= 1e-12).all()


def test_a_peak_is_the_cities_share_every_year() -> None:
    years = replace(years_of(np.full(3, 9e9)), national=10e9)
    assert_allclose(peak(years, Peak(12.2)), [10.98e9, 10.98e9, 10.98e9])


def test_a_linear_cut_by_hand() -> None:
    found = linear_cut(years_of(np.full(4, 200.0)), LinearCut(0.4))
    assert_allclose(found, [180.0, 160.0, 140.0, 120.0])


def test_an_intensity_path_falls_by_its_rate_from_the_first_year() -> None:
    """Output grows by a tenth, intensity falls by a tenth: 110 · 0.9, 121 · 0.81."""
    years = replace(years_of(np.full(2, 100.0)), output=np.array([1.1, 1.21]))
    assert_allclose(intensity(years, Intensity(0.1)), [99.0, 98.01])


def test_a_table_is_linear_between_its_years_and_level_after_the_last() -> None:
    found = table(years_of(np.ones(6)), Table({"2015": 80.0, "2013": 100.0, "2017": 60.0}))
    assert_allclose(found, np.multiply(1e6, [100.0, 90.0, 80.0, 70.0, 60.0, 60.0]))


@given(st.integers(1, 30), floats(0.0, 1.0))
def test_without_a_cut_a_cap_is_the_baseline(years: int, level: float) -> None:
    same = years_of(np.full(years, level))
    assert_allclose(below_baseline(same, BelowBaseline(0.0)), level)
    assert_allclose(linear_cut(same, LinearCut(0.0)), level)
