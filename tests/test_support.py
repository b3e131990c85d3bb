"""Class-specific support of strong and weak beneficiaries."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.classes.beneficiaries import Beneficiary
from model.transfers.support import learning_factor, support

CITIES = 6
STRONG, WEAK, ROLE_MODEL, NEITHER = Beneficiary
kinds = arrays(np.int64, CITIES, elements=st.sampled_from([int(kind) for kind in Beneficiary]))
costs = amounts(CITIES, 0.0, 1e9).map(lambda cost: cost.round(2))
shares = floats(0.0, 1.0).map(lambda share: round(share, 3))


@given(floats(0.0, 1e9), kinds, costs, shares, shares)
def test_the_fund_is_never_overspent(fund, classes, cost, share, programme) -> None:
    found = support(fund, classes, cost, np.zeros(CITIES), share, programme)
    due = share * cost[classes == STRONG].sum() + programme * cost[classes == WEAK].sum()
    assert_allclose(found.spent, min(fund, due), rtol=1e-9, atol=1e-6)
    assert 0.0 <= found.paid <= 1.0


@given(floats(0.0, 1e9), kinds, costs, shares, shares)
def test_each_class_gets_its_own_support_and_no_other(
    fund, classes, cost, share, programme
) -> None:
    before = np.arange(CITIES, dtype=np.float64)
    found = support(fund, classes, cost, before, share, programme)
    assert_array_equal(found.subsidy[classes != STRONG], 0.0)
    assert_array_equal(found.programme[classes != WEAK], 0.0)
    assert_array_equal(found.years[classes != WEAK], before[classes != WEAK])
    learned = (found.years - before)[classes == WEAK]
    assert_allclose(learned, found.paid if programme > 0 else 1.0, atol=1e-12)
    assert (found.subsidy <= share * cost * (1 + 1e-12)).all()


def test_support_by_hand() -> None:
    """Half of 80 and a tenth of 100 CNY are due; 25 CNY pay half of each."""
    found = support(
        fund=25.0,
        classes=np.array([STRONG, WEAK, ROLE_MODEL, NEITHER]),
        cost=np.array([80.0, 100.0, 1000.0, 1000.0]),
        years=np.array([0.0, 2.0, 3.0, 0.0]),
        share=0.5,
        programme=0.1,
    )
    assert_allclose(found.subsidy, [20.0, 0.0, 0.0, 0.0])
    assert_allclose(found.programme, [0.0, 5.0, 0.0, 0.0])
    assert_allclose(found.years, [0.0, 2.5, 3.0, 0.0])
    assert found.paid == 0.5
    assert found.spent == 25.0


def test_who_made_money_by_abating_is_paid_nothing() -> None:
    found = support(10.0, np.array([STRONG]), np.array([-5.0]), np.zeros(1), 0.5)
    assert_array_equal(found.subsidy, 0.0)


def test_supported_learning_compounds() -> None:
    """By 5 % a year: 1, 0.95 and 0.9025."""
    assert_allclose(learning_factor(np.array([0.0, 1.0, 2.0]), 0.05), [1.0, 0.95, 0.9025])
