"""Shortage of quota that costs growth (E12: `lose`)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.quota.shortage import still_kept

CITIES = 5
tonnes = arrays(np.int64, CITIES, elements=st.integers(0, 10**9))
shares = amounts(CITIES, 0.0, 1.0)
growths = amounts(CITIES, -0.2, 0.3)
rates = floats(0.0, 5.0)


@given(shares, tonnes, tonnes, growths, rates)
def test_demand_never_falls_below_last_years_where_it_would_have_grown(
    kept, found, liability, growth, rate
) -> None:
    demand = still_kept(kept, found, liability, growth, rate) * (1.0 + growth)
    assert (demand >= kept * np.minimum(1.0 + growth, 1.0) * (1 - 1e-12)).all()


@given(shares, tonnes, tonnes, growths, rates)
def test_shortage_never_adds_demand(kept, found, liability, growth, rate) -> None:
    after = still_kept(kept, found, liability, growth, rate)
    assert (after <= kept).all()
    assert (after >= 0).all()
    assert_array_equal(after[growth <= 0], kept[growth <= 0])
    assert_array_equal(after[found == 0], kept[found == 0])


@given(shares, tonnes, tonnes, tonnes, growths, rates)
def test_a_larger_gap_never_costs_less(kept, found, more, liability, growth, rate) -> None:
    small = still_kept(kept, found, liability, growth, rate)
    assert (still_kept(kept, found + more, liability, growth, rate) <= small).all()


def test_loss_by_hand() -> None:
    """ν ½: gaps of 10 and 80 % would cost 5 and 40 %; growth of 25 % allows 20 %, of 0 nothing."""
    after = still_kept(
        kept=np.array([1.0, 0.9, 1.0, 1.0]),
        found=np.array([10, 80, 80, 0]),
        liability=np.array([100, 100, 100, 0]),
        growth=np.array([0.25, 0.25, 0.0, 0.25]),
        loss_rate=0.5,
    )
    assert_allclose(after, [0.95, 0.72, 1.0, 1.0])
