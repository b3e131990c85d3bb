"""Payments of beneficiaries to those who mitigate for them (Xia et al. 2024)."""

import numpy as np
from hypothesis import given
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.transfers.beneficiary_pays import beneficiary_pays

CITIES = 5
flows = amounts((CITIES, CITIES), 0.0, 1e8).map(lambda abated: np.where(abated < 1, 0.0, abated))


@given(flows, floats(0.0, 1.0), floats(0.0, 200.0))
def test_payments_sum_to_zero(abated, share, price) -> None:
    found = beneficiary_pays(abated, share, price)
    assert abs(found.payment.sum()) <= 1e-9 * max(found.credit.sum(), 1.0)
    assert found.credit.min() >= 0


@given(flows, floats(0.0, 1.0), floats(0.0, 200.0))
def test_only_who_gains_more_than_it_does_itself_pays(abated, share, price) -> None:
    found = beneficiary_pays(abated, share, price)
    excess = abated.sum(axis=0) - 2 * np.diag(abated)
    due = found.payment + found.credit
    assert_allclose(due, share * price * np.maximum(excess, 0.0), rtol=1e-6, atol=1.0)


def test_where_nobody_abates_nobody_pays() -> None:
    found = beneficiary_pays(np.zeros((3, 3)), 1.0, 60.0)
    assert_array_equal(found.payment, 0.0)
    assert_array_equal(found.credit, 0.0)


def test_where_all_abate_at_home_nobody_pays() -> None:
    found = beneficiary_pays(np.diag([5.0, 7.0, 0.0]), 1.0, 60.0)
    assert_array_equal(found.payment, 0.0)


ABATED = np.array([[10.0, 30.0, 0.0], [6.0, 20.0, 2.0], [24.0, 0.0, 8.0]])
"""Outsourced less own: 30 − 10 = 20, 30 − 20 = 10, 2 − 8 < 0; abated for others 30, 8 and 24."""


def test_payments_by_hand() -> None:
    """Half of the excess at 60 CNY/t: 600 and 300 CNY, credited 30 : 8 : 24."""
    credit = 900 * np.array([30.0, 8.0, 24.0]) / 62
    found = beneficiary_pays(ABATED, 0.5, 60.0)
    assert_allclose(found.credit, credit)
    assert_allclose(found.payment, np.array([600.0, 300.0, 0.0]) - credit)
