"""Reports, hidden gaps, audits, fines and deductions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import floats
from numpy.testing import assert_allclose, assert_array_equal

from model.quota.compliance import deduction, penalty, verify

CITIES = 6
tonnes = arrays(np.int64, CITIES, elements=st.integers(0, 10**9))
some = arrays(np.bool_, CITIES)
uniform = arrays(np.float64, CITIES, elements=st.floats(0.0, 1.0, exclude_max=True))
probability = st.floats(0.0, 1.0)


@given(tonnes, tonnes, some, uniform, probability)
def test_liability_is_surrendered_or_an_open_or_a_hidden_gap(
    liability, held, hides, drawn, audit
) -> None:
    found = verify(liability, held, hides, drawn, audit)
    assert_array_equal(found.surrendered + found.open_gap + found.hidden_gap, liability)
    for part in (found.surrendered, found.open_gap, found.hidden_gap, found.found):
        assert part.min() >= 0
    assert (found.surrendered <= held).all()


@given(tonnes, tonnes, some, uniform, probability)
def test_honest_gaps_are_always_found(liability, held, hides, drawn, audit) -> None:
    found = verify(liability, held, hides, drawn, audit)
    gap = np.maximum(liability - held, 0)
    assert_array_equal(found.found[~hides], gap[~hides])
    assert_array_equal(found.open_gap, np.where(hides, 0, gap))
    assert_array_equal(found.hidden_gap, np.where(hides, gap, 0))


@given(tonnes, tonnes, some, uniform)
def test_without_audits_no_hidden_gap_is_found(liability, held, hides, drawn) -> None:
    drawn[::2] = 0.0
    found = verify(liability, held, hides, drawn, audit=0.0)
    assert_array_equal(found.found, found.open_gap)


@given(tonnes, tonnes, some, uniform)
def test_full_audits_find_every_gap(liability, held, hides, drawn) -> None:
    found = verify(liability, held, hides, drawn, audit=1.0)
    assert_array_equal(found.found, found.open_gap + found.hidden_gap)


def test_an_audit_finds_its_share_of_hidden_gaps() -> None:
    count = 20_000
    due, none = np.full(count, 7), np.zeros(count, dtype=np.int64)
    drawn = np.random.default_rng(1).random(count)
    found = verify(due, none, np.ones(count, dtype=bool), drawn, audit=0.3)
    assert (found.found > 0).mean() == pytest.approx(0.3, abs=0.015)


def test_verification_by_hand() -> None:
    """All owe 10 t: covered, honestly short of 4 t, hiding 4 t unseen, hiding 4 t and found."""
    found = verify(
        liability=np.array([10, 10, 10, 10]),
        held=np.array([15, 6, 6, 6]),
        hides=np.array([True, False, True, True]),
        uniform=np.array([0.0, 0.0, 0.5, 0.2]),
        audit=0.3,
    )
    assert_array_equal(found.surrendered, [10, 6, 6, 6])
    assert_array_equal(found.open_gap, [0, 4, 0, 0])
    assert_array_equal(found.hidden_gap, [0, 0, 4, 4])
    assert_array_equal(found.found, [0, 4, 0, 4])


@pytest.mark.parametrize(
    ("price", "per_tonne"), [(100.0, 300.0), (20.0, 180.0), (float("nan"), 180.0)]
)
def test_fines_follow_the_larger_of_price_and_reference(price: float, per_tonne: float) -> None:
    """Multiple 3, reference price 60 CNY/t; without a market there is only the reference."""
    fines = penalty(np.array([0, 2]), price, 60.0, 3.0)
    assert_allclose(fines, [0.0, 2 * per_tonne])


@given(tonnes, tonnes, floats(0.0, 3.0))
def test_a_deduction_is_at_most_a_tenth_of_liability(found, liability, rate) -> None:
    due = deduction(found, liability, rate, limit=0.1)
    assert (due >= 0).all()
    assert (10 * due <= liability).all()
    assert (due <= rate * found).all()


def test_a_deduction_by_hand() -> None:
    """Tonne for tonne up to 10 % of 105 t, whole tonnes."""
    assert_array_equal(deduction(np.array([4, 50]), np.array([105, 105]), 1.0, 0.1), [4, 10])
