"""A pool shared by weight, where nobody takes more than it needs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.transfers.water_filling import shared_out

CITIES = 7
needs = amounts(CITIES, 0.0, 1e8)
weights = arrays(np.float64, CITIES, elements=st.just(0.0) | floats(1e-3, 1e6))
pools = floats(0.0, 5e8)


@given(pools, needs, weights)
def test_what_is_granted_is_the_smaller_of_pool_and_need(pool, need, weight) -> None:
    assert_allclose(
        shared_out(pool, need, weight).sum(), min(pool, need.sum()), rtol=1e-9, atol=1e-6
    )


@given(pools, needs, weights)
def test_nobody_is_granted_more_than_it_needs_or_less_than_nothing(pool, need, weight) -> None:
    found = shared_out(pool, need, weight)
    assert (found <= need).all()
    assert (found >= 0).all()


@given(pools, pools, needs, weights)
def test_nobody_loses_by_a_larger_pool(one, other, need, weight) -> None:
    less, more = (
        shared_out(min(one, other), need, weight),
        shared_out(max(one, other), need, weight),
    )
    assert (more >= less * (1 - 1e-9) - 1e-6).all()


@given(pools, needs, weights)
def test_those_who_are_left_in_need_share_by_weight(pool, need, weight) -> None:
    """One λ serves all: whoever wants more has λ·weight, whoever has enough needs no more."""
    found = shared_out(pool, need, weight)
    short = (found < need * (1 - 1e-9)) & (weight > 0)
    if short.any():
        level = found[short] / weight[short]
        assert_allclose(level, level.max(), rtol=1e-6, atol=1e-9)
        enough = ~short & (weight > 0)
        assert (need[enough] <= level.max() * weight[enough] * (1 + 1e-6) + 1e-6).all()
        assert_allclose(found[weight == 0], 0.0, atol=1e-6)


@given(pools, weights)
def test_where_nobody_has_enough_the_pool_is_shared_pro_rata(pool, weight) -> None:
    weight = weight + 1.0
    need = pool * weight / weight.sum() * 1.5
    assert_allclose(shared_out(pool, need, weight), pool * weight / weight.sum(), rtol=1e-9)


@given(pools, needs)
def test_by_need_the_result_is_bit_for_bit_need_times_one_share(pool, need) -> None:
    total = float(need.sum())
    expected = need * min(1.0, pool / total) if total > 0 else need
    assert_array_equal(shared_out(pool, need, need), expected)


@given(pools, needs, weights, st.permutations(range(CITIES)))
def test_the_order_of_cities_does_not_matter(pool, need, weight, order) -> None:
    found = shared_out(pool, need, weight)[order]
    assert_allclose(shared_out(pool, need[order], weight[order]), found, rtol=1e-6, atol=1e-6)


def test_what_one_does_not_need_goes_to_the_others_by_hand() -> None:
    """60 t by 1 : 1 : 2. The first needs 5 of 15 t; the other 55 t split as 18⅓ and 36⅔.

    If the third needs 30 t only, the second has what is left, 25 t.
    """
    weight = np.array([1.0, 1.0, 2.0])
    assert_allclose(shared_out(60.0, np.array([5.0, 90.0, 90.0]), weight), [5, 55 / 3, 110 / 3])
    assert_allclose(shared_out(60.0, np.array([5.0, 90.0, 30.0]), weight), [5, 25, 30])


def test_cities_without_weight_get_what_all_others_leave() -> None:
    """100 t: the weighted need 40, the others 30 and 90 t share 60 t as 15 and 45."""
    need, weight = np.array([40.0, 30.0, 90.0]), np.array([1.0, 0.0, -2.0])
    assert_allclose(shared_out(100.0, need, weight), [40.0, 15.0, 45.0])
    assert_allclose(shared_out(40.0, need, weight), [40.0, 0.0, 0.0])
