"""Payments of beneficiaries to those who mitigate for them (Xia et al. 2024)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.beneficiary_pays import CREDITS, beneficiary_pays

CITIES = 5
flows = amounts((CITIES, CITIES), 0.0, 1e8).map(lambda abated: np.where(abated < 1, 0.0, abated))
words = st.sampled_from(sorted(CREDITS))


@given(flows, floats(0.0, 1.0), floats(0.0, 200.0), words)
def test_payments_sum_to_zero(abated, share, price, word) -> None:
    found = beneficiary_pays(abated, share, price, word)
    assert abs(found.payment.sum()) <= 1e-9 * max(found.credit.sum(), 1.0)
    assert found.credit.min() >= 0


@given(flows, floats(0.0, 1.0), floats(0.0, 200.0), words)
def test_only_who_gains_more_than_it_does_itself_pays(abated, share, price, word) -> None:
    found = beneficiary_pays(abated, share, price, word)
    excess = abated.sum(axis=0) - 2 * np.diag(abated)
    due = found.payment + found.credit
    assert_allclose(due, share * price * np.maximum(excess, 0.0), rtol=1e-6, atol=1.0)


@given(flows, floats(0.0, 1.0), floats(0.0, 200.0), words)
def test_credit_a_tonne_times_tonnes_is_credit(abated, share, price, word) -> None:
    found = beneficiary_pays(abated, share, price, word)
    assert_allclose(found.per_tonne * abated.sum(axis=1), found.credit, rtol=1e-9)


@given(words)
def test_where_nobody_abates_nobody_pays(word) -> None:
    found = beneficiary_pays(np.zeros((3, 3)), 1.0, 60.0, word)
    assert_array_equal(found.payment, 0.0)
    assert_array_equal(found.per_tonne, 0.0)


@given(words)
def test_where_all_abate_at_home_nobody_pays(word) -> None:
    found = beneficiary_pays(np.diag([5.0, 7.0, 0.0]), 1.0, 60.0, word)
    assert_array_equal(found.payment, 0.0)


ABATED = np.array([[10.0, 30.0, 0.0], [6.0, 20.0, 2.0], [24.0, 0.0, 8.0]])
"""Outsourced less own: 30 − 10 = 20, 30 − 20 = 10, 2 − 8 < 0; abated for others 30, 8 and 24."""


@pytest.mark.parametrize(
    ("word", "credit"),
    [
        ("all_others", [900 * 30 / 62, 900 * 8 / 62, 900 * 24 / 62]),
        ("payer", [300.0, 120.0, 480.0]),
    ],
)
def test_payments_by_hand(word: str, credit: list[float]) -> None:
    """Half of the excess at 60 CNY/t: 600 and 300 CNY.

    By payer the first's 600 go 6 : 24 to the others, and the second's 300 all to the first.
    """
    found = beneficiary_pays(ABATED, 0.5, 60.0, word)
    assert_allclose(found.credit, credit)
    assert_allclose(found.payment, np.array([600.0, 300.0, 0.0]) - credit)
    assert_allclose(found.per_tonne, np.array(credit) / [40.0, 28.0, 32.0])
