"""The central aid transfer: quota for the catch-up of poor cities' demand."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.links import supplier_shares
from model.quota.whole_tonnes import whole_tonnes
from model.transfers.aid import PLACEMENTS, Aid, aid, along_supply_chain, needed, where_granted
from model.transfers.aid_distribution import DISTRIBUTIONS, Claims


@st.composite
def cases(draw) -> SimpleNamespace:
    """Draw what `aid` is told of up to six cities."""
    cities = draw(st.integers(1, 6))
    return SimpleNamespace(
        pool=draw(st.integers(0, 10**8)),
        level=draw(amounts(cities, 0.0, 1.0)),
        step=draw(floats(0.0, 0.05)),
        per_level=draw(amounts(cities, 0.0, 1e9)),
        aided=draw(arrays(np.bool_, cities)),
        supplier_shares=supplier_shares(draw(amounts((cities, cities), 0.0, 1e8))),
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
    case.per_level = case.per_level + 1.0
    found = of(case)
    assert_allclose(found.level[case.aided], case.level[case.aided] + case.step, atol=1e-12)


def test_quota_goes_to_suppliers_in_proportion() -> None:
    """The first is granted 100 t; of its footprint 60, 30 and 10 % are emitted in each city."""
    case = SimpleNamespace(
        pool=100,
        level=np.zeros(3),
        step=0.1,
        per_level=np.array([1000.0, 5000.0, 5000.0]),
        aided=np.array([True, False, False]),
        supplier_shares=supplier_shares(
            np.array([[600.0, 1.0, 7.0], [300.0, 2.0, 8.0], [100.0, 3.0, 9.0]])
        ),
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
        per_level=np.array([1000.0, 1000.0]),
        aided=np.array([True, False]),
        supplier_shares=supplier_shares(np.zeros((2, 2))),
        omega=0.0,
    )
    assert_array_equal(found.quota, [10, 0])


def test_scarce_aid_is_shared_in_proportion_to_need() -> None:
    """E11 by hand: needs of 30 and 10 t share 20 t as 15 and 5; the level follows the quota."""
    found = aid(
        pool=20,
        level=np.array([0.02, 0.0]),
        step=0.01,
        per_level=np.array([1000.0, 1000.0]),
        aided=np.array([True, True]),
        supplier_shares=np.eye(2),
        omega=0.0,
    )
    assert_allclose(found.granted, [15.0, 5.0])
    assert_allclose(found.level, [0.02, 0.005])
    assert_array_equal(found.quota, [15, 5])


@given(cases())
def test_by_need_aid_is_what_it_was_before_there_were_other_words(case) -> None:
    """E11: granted = need · min(1, pool/Σ need), placed along the supply chain."""
    need = np.where(case.aided, (case.level + case.step) * case.per_level, 0.0)
    total = float(need.sum())
    granted = need * min(1.0, case.pool / total) if total > 0 else need
    found = of(case)
    assert_array_equal(found.granted, granted)
    place = along_supply_chain(granted, case.supplier_shares, case.omega)
    quota = whole_tonnes(min(case.pool, round(float(granted.sum()))), place)
    assert_array_equal(found.quota, quota)


def claims_of(case: SimpleNamespace, population, performance, freed) -> Claims:
    return Claims(
        need=needed(case.level, case.step, case.per_level, case.aided),
        population=population,
        performance=performance,
        suppliers=case.supplier_shares,
        aided=case.aided,
        aiding=~case.aided,
        freed=np.where(case.aided, 0, freed),
    )


@given(cases(), st.data(), st.sampled_from(sorted(DISTRIBUTIONS)))
def test_by_every_word_the_pool_is_granted_as_far_as_it_is_needed(case, data, word: str) -> None:
    cities = case.level.size
    case.supplier_shares = np.where(case.supplier_shares < 0.1, 0.0, case.supplier_shares)
    claims = claims_of(
        case,
        population=data.draw(amounts(cities, 1e3, 1e7)),
        performance=data.draw(amounts(cities, -1.0, 1.0)).round(3),
        freed=data.draw(arrays(np.int64, cities, elements=st.integers(0, 10**8))),
    )
    case.weight = DISTRIBUTIONS[word](claims)
    found = of(case)
    assert (found.granted <= claims.need).all()
    assert_array_equal(found.granted[~case.aided], 0.0)
    assert_allclose(found.granted.sum(), min(case.pool, claims.need.sum()), rtol=1e-9, atol=1e-6)
    assert (found.level >= case.level).all()


CLAIMS = Claims(
    need=np.array([0.0, 100.0, 100.0, 0.0]),
    population=np.array([4e6, 1e6, 3e6, 2e6]),
    performance=np.array([1.0, 5.0, 2.0, 0.0]),
    suppliers=np.array(
        [
            [9.0, 9.0, 9.0, 9.0],
            [30.0, 9.0, 9.0, 5.0],
            [10.0, 9.0, 9.0, 15.0],
            [9.0, 9.0, 9.0, 9.0],
        ]
    ),
    aided=np.array([False, True, True, False]),
    aiding=np.array([True, False, False, True]),
    freed=np.array([80, 0, 0, 20]),
)
"""The first and the last aid, the two between are aided."""


def test_what_is_freed_goes_to_those_who_emit_for_the_givers() -> None:
    """Of 80 t freed by the first, ¾ and ¼; of 20 t freed by the last, ¼ and ¾ (Zheng23, §4)."""
    assert_allclose(DISTRIBUTIONS["supply_chain"](CLAIMS), [0.0, 65.0, 35.0, 0.0])


def test_where_nothing_is_freed_those_who_emit_more_for_aiding_cities_weigh_more() -> None:
    nothing = replace(CLAIMS, freed=np.zeros(4, dtype=np.int64))
    assert_allclose(DISTRIBUTIONS["supply_chain"](nothing), [0.0, 35.0, 25.0, 0.0])


def test_the_other_words_weigh_by_what_they_say() -> None:
    assert DISTRIBUTIONS["need"](CLAIMS) is CLAIMS.need
    assert DISTRIBUTIONS["population"](CLAIMS) is CLAIMS.population
    assert DISTRIBUTIONS["performance"](CLAIMS) is CLAIMS.performance


def test_quota_may_stay_with_those_to_whom_it_was_granted() -> None:
    found = aid(
        pool=100,
        level=np.zeros(2),
        step=0.1,
        per_level=np.array([1000.0, 1000.0]),
        aided=np.array([True, False]),
        supplier_shares=np.array([[0.0, 1.0], [1.0, 0.0]]),
        omega=0.0,
        place=where_granted,
    )
    assert_array_equal(found.quota, [100, 0])
    assert PLACEMENTS["stays"] is where_granted


def test_a_catch_up_in_another_mix_needs_what_that_mix_emits() -> None:
    """By 1 % of demand: 10 t in the present mix, 15 t where all of it is construction."""
    level, aided = np.zeros(1), np.array([True])
    assert_allclose(needed(level, 0.01, np.array([1000.0]), aided), 10.0)
    assert_allclose(needed(level, 0.01, np.array([1500.0]), aided), 15.0)
