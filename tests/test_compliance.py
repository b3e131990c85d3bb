"""Reports, hidden gaps, audits, fines and deductions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import floats
from numpy.testing import assert_allclose, assert_array_equal

from model.quota.compliance import (
    Audits,
    deduction,
    fine_price,
    most_concealed,
    penalty,
    verify,
)

CITIES = 6
tonnes = arrays(np.int64, CITIES, elements=st.integers(0, 10**9))
some = arrays(np.bool_, CITIES)
uniform = arrays(np.float64, CITIES, elements=st.floats(0.0, 1.0, exclude_max=True))
probability = st.floats(0.0, 1.0)


def audits(drawn, probability: float, slope: float = 0.0) -> Audits:
    return Audits(np.full(drawn.size, probability), slope, drawn)


@given(tonnes, tonnes, some, uniform, probability, probability)
def test_liability_is_surrendered_or_an_open_or_a_hidden_gap(
    liability, held, hides, drawn, audit, hideable
) -> None:
    concealable = most_concealed(liability, hides, hideable)
    found = verify(liability, held, concealable, audits(drawn, audit))
    assert_array_equal(found.surrendered + found.open_gap + found.hidden_gap, liability)
    for part in (found.surrendered, found.open_gap, found.hidden_gap, found.found):
        assert part.min() >= 0
    assert (found.surrendered <= held).all()
    assert (found.hidden_gap <= hideable * liability).all()


@given(tonnes, tonnes, some, uniform, probability, probability)
def test_honest_gaps_are_always_found(liability, held, hides, drawn, audit, hideable) -> None:
    found = verify(
        liability, held, most_concealed(liability, hides, hideable), audits(drawn, audit)
    )
    gap = np.maximum(liability - held, 0)
    assert_array_equal(found.found[~hides], gap[~hides])
    assert (found.found >= found.open_gap).all()
    assert_array_equal(found.hidden_gap[~hides], 0)


@given(tonnes, tonnes, uniform)
def test_without_audits_no_hidden_gap_is_found(liability, held, drawn) -> None:
    drawn[::2] = 0.0
    found = verify(liability, held, liability, audits(drawn, 0.0))
    assert_array_equal(found.found, found.open_gap)


@given(tonnes, tonnes, uniform)
def test_full_audits_find_every_gap(liability, held, drawn) -> None:
    found = verify(liability, held, liability, audits(drawn, 1.0))
    assert_array_equal(found.found, found.open_gap + found.hidden_gap)


@pytest.mark.parametrize(("concealable", "share"), [(100, 0.3 + 0.5), (20, 0.3 + 0.1)])
def test_an_audit_finds_the_more_of_them_the_more_they_hide(concealable, share) -> None:
    """Audits of 0.3, and 0.5 more where all of 100 t is hidden: Yitzhaki (1974)."""
    count = 20_000
    due, none = np.full(count, 100), np.zeros(count, dtype=np.int64)
    drawn = np.random.default_rng(1).random(count)
    found = verify(due, none, np.full(count, concealable), audits(drawn, 0.3, slope=0.5))
    assert (found.found > 100 - concealable).mean() == pytest.approx(share, abs=0.015)


def test_verification_by_hand() -> None:
    """All owe 10 t: covered, honestly short of 4 t, hiding 4 t unseen, hiding 4 t and found, and
    hiding 1 t of 4, which is all that can be hidden."""
    found = verify(
        liability=np.full(5, 10),
        held=np.array([15, 6, 6, 6, 6]),
        concealable=np.array([10, 0, 10, 10, 1]),
        audits=audits(np.array([0.0, 0.0, 0.5, 0.2, 0.9]), 0.3),
    )
    assert_array_equal(found.surrendered, [10, 6, 6, 6, 6])
    assert_array_equal(found.open_gap, [0, 4, 0, 0, 3])
    assert_array_equal(found.hidden_gap, [0, 0, 4, 4, 1])
    assert_array_equal(found.found, [0, 4, 0, 4, 3])


@pytest.mark.parametrize(
    ("prices", "level"),
    [([100.0], 100.0), ([20.0], 60.0), ([float("nan")], 60.0), ([], 60.0),
     ([80.0, float("nan"), 100.0], 90.0)],
)  # fmt: skip
def test_fines_follow_the_mean_price_and_at_least_the_reference(prices, level) -> None:
    """Multiple 3, reference price 60 CNY/t; years without a price do not count."""
    assert fine_price(np.array(prices), 60.0) == pytest.approx(level)
    assert_allclose(penalty(np.array([0, 2]), level, 3.0), [0.0, 2 * 3 * level])


@given(tonnes, tonnes, floats(0.0, 3.0))
def test_a_deduction_is_at_most_a_tenth_of_liability(found, liability, rate) -> None:
    due = deduction(found, liability, rate, limit=0.1)
    assert (due >= 0).all()
    assert (10 * due <= liability).all()
    assert (due <= rate * found).all()


def test_a_deduction_by_hand() -> None:
    """Tonne for tonne up to 10 % of 105 t, whole tonnes."""
    assert_array_equal(deduction(np.array([4, 50]), np.array([105, 105]), 1.0, 0.1), [4, 10])
