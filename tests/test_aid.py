"""The central aid transfer: quota for the catch-up of poor cities' demand."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.aid import Aid, aid


@st.composite
def cases(draw) -> SimpleNamespace:
    """Draw what `aid` is told of up to six cities."""
    cities = draw(st.integers(1, 6))
    return SimpleNamespace(
        pool=draw(st.integers(0, 10**8)),
        level=draw(amounts(cities, 0.0, 1.0)),
        step=draw(floats(0.0, 0.05)),
        D_cba=draw(amounts(cities, 0.0, 1e9)),
        aided=draw(arrays(np.bool_, cities)),
        suppliers=draw(amounts((cities, cities), 0.0, 1e8)),
        omega=draw(floats(0.0, 1.0)),
    )


def of(case: SimpleNamespace) -> Aid:
    return aid(**vars(case))


@given(cases())
def test_grants_never_exceed_the_pool(case) -> None:
    found = of(case)
    assert int(found.quota.sum()) <= case.pool
    assert found.granted.sum() <= case.pool * (1 + 1e-12)
    assert found.quota.min() >= 0


@given(cases())
def test_quota_where_emissions_arise_is_quota_granted_in_whole_tonnes(case) -> None:
    found = of(case)
    assert found.quota.dtype == np.int64
    assert int(found.quota.sum()) == min(case.pool, round(float(found.granted.sum())))


@given(cases())
def test_the_level_rises_by_no_more_than_the_step_and_never_falls(case) -> None:
    risen = of(case).level - case.level
    assert risen.max() <= case.step + 1e-12
    assert risen.min() >= 0.0


@given(cases())
def test_cities_that_are_not_aided_get_nothing_for_catching_up(case) -> None:
    found = of(case)
    assert_array_equal(found.level[~case.aided], case.level[~case.aided])
    assert_array_equal(found.granted[~case.aided], 0.0)


@given(cases())
def test_under_consumer_responsibility_all_quota_stays_at_home(case) -> None:
    case.omega = 1.0
    found = of(case)
    assert np.abs(found.quota - found.granted).max() < 1.0 + 1e-6 * found.granted.max()


@given(cases())
def test_a_pool_large_enough_grants_every_need(case) -> None:
    case.pool = 10**10
    case.D_cba = case.D_cba + 1.0
    found = of(case)
    assert_allclose(found.level[case.aided], case.level[case.aided] + case.step, atol=1e-12)


def test_quota_goes_to_suppliers_in_proportion() -> None:
    """The first is granted 100 t; of its footprint 60, 30 and 10 % are emitted in each city."""
    case = SimpleNamespace(
        pool=100,
        level=np.zeros(3),
        step=0.1,
        D_cba=np.array([1000.0, 5000.0, 5000.0]),
        aided=np.array([True, False, False]),
        suppliers=np.array([[600.0, 1.0, 7.0], [300.0, 2.0, 8.0], [100.0, 3.0, 9.0]]),
        omega=0.0,
    )
    assert_array_equal(of(case).quota, [60, 30, 10])
    case.omega = 0.5
    assert_array_equal(of(case).quota, [80, 15, 5])
    case.omega = 1.0
    assert_array_equal(of(case).quota, [100, 0, 0])


def test_a_city_without_suppliers_keeps_what_it_is_granted() -> None:
    found = aid(
        pool=10,
        level=np.zeros(2),
        step=0.01,
        D_cba=np.array([1000.0, 1000.0]),
        aided=np.array([True, False]),
        suppliers=np.zeros((2, 2)),
        omega=0.0,
    )
    assert_array_equal(found.quota, [10, 0])


def test_scarce_aid_is_shared_in_proportion_to_need() -> None:
    """E11 by hand: needs of 30 and 10 t share 20 t as 15 and 5; the level follows the quota."""
    found = aid(
        pool=20,
        level=np.array([0.02, 0.0]),
        step=0.01,
        D_cba=np.array([1020.0, 1000.0]),
        aided=np.array([True, True]),
        suppliers=np.eye(2),
        omega=0.0,
    )
    assert_allclose(found.granted, [15.0, 5.0])
    assert_allclose(found.level, [0.02, 0.005])
    assert_array_equal(found.quota, [15, 5])
