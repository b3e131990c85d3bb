"""Allocation rules, and rounding to whole tonnes."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.allocation import RULES, Knowledge
from model.whole_tonnes import whole_tonnes

SHARE_RULES = ("grandfathering", "equal_per_capita", "supply_chain_linked")
caps = floats(1.0, 1e10)
every_rule = pytest.mark.parametrize("rule", sorted(RULES))


@st.composite
def knowledge(draw) -> Knowledge:
    cities = draw(st.integers(1, 8))
    tonnes, heads = amounts(cities, 1e3, 1e9), amounts(cities, 1e3, 3e7)
    some = arrays(np.bool_, cities)
    return Knowledge(
        reference=draw(tonnes),
        expected=draw(tonnes),
        population=draw(heads),
        D_pba=draw(tonnes),
        D_cba=draw(tonnes),
        links=draw(amounts((cities, cities), 0.0, 1e8)),
        aiding=draw(some),
        aided=draw(some),
        omega=draw(floats(0.0, 1.0)),
        freed_share=draw(floats(0.0, 1.0)),
    )


def known(**figures) -> Knowledge:
    """Return what is known of two like cities, but for the given figures."""
    even, nobody = np.array([100.0, 100.0]), np.array([False, False])
    same = Knowledge(even, even, even, even, even, np.zeros((2, 2)), nobody, nobody, 0.0, 0.1)
    return replace(same, **figures)


def permuted(figures: Knowledge, order: np.ndarray) -> Knowledge:
    """Return the same cities in another order."""
    changed = {
        field.name: value[order]
        for field in fields(figures)
        if isinstance(value := getattr(figures, field.name), np.ndarray)
    }
    return replace(figures, **{**changed, "links": figures.links[np.ix_(order, order)]})


@every_rule
@given(cap=caps, figures=knowledge())
def test_quotas_sum_to_the_cap_and_none_is_negative(rule, cap, figures) -> None:
    quota = RULES[rule](cap, figures)
    assert quota.sum() == pytest.approx(cap, rel=1e-12)
    assert quota.min() >= 0.0


@every_rule
@given(cap=caps, figures=knowledge(), seed=st.integers(0, 1000))
def test_the_order_of_cities_does_not_matter(rule, cap, figures, seed) -> None:
    order = np.random.default_rng(seed).permutation(figures.population.size)
    quota = RULES[rule](cap, figures)
    shuffled = RULES[rule](cap, permuted(figures, order))
    assert_allclose(shuffled, quota[order], rtol=1e-9, atol=1e-9 * cap)


@pytest.mark.parametrize("rule", SHARE_RULES)
@given(cap=caps, factor=floats(0.1, 10.0), figures=knowledge())
def test_shares_do_not_depend_on_the_cap(rule, cap, factor, figures) -> None:
    quota = RULES[rule](cap, figures)
    assert_allclose(RULES[rule](factor * cap, figures), factor * quota, rtol=1e-12)


@given(cut=floats(-0.5, 0.9), figures=knowledge())
def test_consumption_responsibility_divides_the_reduction(cut, figures) -> None:
    base = figures.expected
    cap = (1.0 - cut) * base.sum()
    quota = RULES["consumption_responsibility"](cap, figures)
    assert (base - quota).sum() == pytest.approx(base.sum() - cap, abs=1e-9 * base.sum())


def test_grandfathering_by_hand() -> None:
    """Past emissions of 30 and 10 t share a cap of 20 t as 15 and 5 t (EU ETS, phase I)."""
    quota = RULES["grandfathering"](20.0, known(reference=np.array([30.0, 10.0])))
    assert_allclose(quota, [15.0, 5.0])


def test_equal_per_capita_by_hand() -> None:
    quota = RULES["equal_per_capita"](20.0, known(population=np.array([3e6, 1e6])))
    assert_allclose(quota, [15.0, 5.0])


@pytest.mark.parametrize(
    ("omega", "quota"), [(0.0, [85.0, 95.0]), (0.5, [90.0, 90.0]), (1.0, [95.0, 85.0])]
)
def test_consumption_responsibility_by_hand(omega: float, quota: list[float]) -> None:
    """20 of 200 t are to go; the first produces three quarters, the second consumes as much."""
    figures = known(D_pba=np.array([150.0, 50.0]), D_cba=np.array([50.0, 150.0]), omega=omega)
    assert_allclose(RULES["consumption_responsibility"](180.0, figures), quota)


def test_a_burden_beyond_the_base_is_borne_by_the_others() -> None:
    """A trader of 10 t with half the burden of 100 t gets nothing; the other gets the whole cap."""
    figures = known(expected=np.array([10.0, 190.0]), omega=0.0)
    assert_allclose(RULES["consumption_responsibility"](100.0, figures), [0.0, 100.0])


def test_supply_chain_linked_by_hand() -> None:
    """The first city frees 10 of its 100 t; of its suppliers in need one emits thrice the other."""
    even = np.full(4, 100.0)
    links = np.zeros((4, 4))
    links[:, 0] = [500.0, 60.0, 20.0, 900.0]
    figures = Knowledge(
        even,
        even,
        even,
        even,
        even,
        links,
        aiding=np.array([True, False, False, False]),
        aided=np.array([False, True, True, False]),
        omega=0.0,
        freed_share=0.1,
    )
    quota = RULES["supply_chain_linked"](400.0, figures)
    assert_allclose(quota, [90.0, 107.5, 102.5, 100.0])


def test_nobody_aids_itself() -> None:
    """What the first city frees goes to the second, however much it makes for itself."""
    figures = known(
        links=np.array([[900.0, 0.0], [10.0, 0.0]]),
        aiding=np.array([True, False]),
        aided=np.array([True, True]),
    )
    assert_allclose(RULES["supply_chain_linked"](200.0, figures), [90.0, 110.0])


def test_who_aids_nobody_it_is_linked_to_keeps_its_quota() -> None:
    figures = known(aiding=np.array([True, True]), aided=np.array([True, False]))
    assert_allclose(RULES["supply_chain_linked"](200.0, figures), [100.0, 100.0])


def test_a_rule_of_one_s_own_is_a_word_like_any_other(monkeypatch) -> None:
    def winner_takes_all(cap: float, knowledge: Knowledge) -> np.ndarray:
        return np.where(knowledge.population == knowledge.population.max(), cap, 0.0)

    monkeypatch.setitem(RULES, "winner_takes_all", winner_takes_all)
    quota = RULES["winner_takes_all"](7.0, known(population=np.array([1.0, 2.0])))
    assert_array_equal(quota, [0.0, 7.0])


@given(total=st.integers(0, 10**10), weight=amounts(12, 0.0, 1e9))
def test_whole_tonnes_are_exact_and_within_a_tonne(total, weight) -> None:
    weight[0] += 1.0
    whole = whole_tonnes(total, weight)
    assert int(whole.sum()) == total
    assert whole.min() >= 0
    assert np.abs(whole - total * (weight / weight.sum())).max() < 1.0


@given(total=st.integers(0, 10**10), seed=st.integers(0, 1000))
def test_whole_tonnes_of_309_cities_are_exact(total: int, seed: int) -> None:
    weight = np.random.default_rng(seed).lognormal(0.0, 2.0, 309)
    whole = whole_tonnes(total, weight)
    assert int(whole.sum()) == total
    assert np.abs(whole - total * (weight / weight.sum())).max() < 1.0


def test_largest_remainders_by_hand() -> None:
    """Hamilton's method: 10 t by 1.5 : 3.4 : 5.1 are 1.5, 3.4 and 5.1 t; the spare one is first."""
    assert_array_equal(whole_tonnes(10, np.array([1.5, 3.4, 5.1])), [2, 3, 5])
    assert_array_equal(whole_tonnes(1, np.array([1.0, 1.0])), [1, 0])
    assert_array_equal(whole_tonnes(2, np.array([1.0, 3.0])), [0, 2])


def test_negative_weights_count_as_zero_and_no_weight_at_all_as_even() -> None:
    assert_array_equal(whole_tonnes(6, np.array([-5.0, 1.0, 2.0])), [0, 2, 4])
    assert_array_equal(whole_tonnes(5, np.array([0.0, -1.0])), [3, 2])
