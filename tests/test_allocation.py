"""Allocation rules, and rounding to whole tonnes."""

from dataclasses import Field, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats, known
from numpy.testing import assert_allclose, assert_array_equal

from model.abatement.mac import MacCurve
from model.abatement.price_of_relief import price_of_relief
from model.allocation import RULES, Knowledge
from model.quota.whole_tonnes import whole_tonnes

SHARE_RULES = (
    "grandfathering",
    "equal_per_capita",
    "contraction_and_convergence",
    "gdp_proportional",
    "equal_proportional",
    "benchmark_intensity",
    "entropy_weighted",
    "boltzmann",
    "supply_chain_linked",
    "performance_based",
    "five_year_plan_classes",
)
BURDEN_RULES = (
    "consumption_responsibility",
    "ability_to_pay",
    "responsibility_capability",
    "equal_proportional",
    "equal_mac",
)
caps = floats(1.0, 1e10)
every_rule = pytest.mark.parametrize("rule", sorted(RULES))


def quotas(rule: str, cap: float, figures: Knowledge, **chosen) -> np.ndarray:
    """Return a rule's quotas with the parameters chosen, the others at their defaults."""
    return RULES.bound(rule, chosen)(cap, figures)


def parameters_of(rule: str) -> st.SearchStrategy[dict[str, object]]:
    """Draw a rule's parameters from their ranges."""
    kind = RULES.entry(rule).parameters
    return st.fixed_dictionaries(
        {field.name: any_value(field) for field in fields(kind)} if kind else {}
    )


def any_value(field: Field) -> st.SearchStrategy[object]:
    if field.name == "benchmark":
        return st.sampled_from(["mean", "best_decile"])
    least, most = field.metadata["ge"], field.metadata["le"] or 0.9
    return st.integers(least, most) if isinstance(field.default, int) else floats(least, most)


@st.composite
def knowledge(draw) -> Knowledge:
    cities, groups = draw(st.integers(1, 8)), draw(st.integers(1, 3))
    tonnes, heads = amounts(cities, 1e3, 1e9), amounts(cities, 1e3, 3e7)
    some = arrays(np.bool_, cities)
    by_group = (cities, groups)
    abatement = draw(amounts(by_group, 0.0, 0.6))
    trend = draw(amounts(by_group, 1e3, 1e8))
    return Knowledge(
        year=(year := draw(st.integers(1, 30))),
        calendar_year=2012 + year,
        horizon=draw(st.integers(1, 40)),
        population=draw(heads),
        base_year=draw(tonnes),
        base_value_added=draw(tonnes),
        reference=draw(tonnes),
        expected=draw(tonnes),
        base=draw(tonnes),
        D_pba=draw(tonnes),
        D_cba=draw(tonnes),
        value_added=draw(tonnes),
        growth=draw(amounts(cities, -1e7, 1e8)),
        last_quota=draw(tonnes),
        output=draw(amounts((cities, 4), 1.0, 1e8)),
        intensity=draw(amounts((cities, 4), 0.01, 10.0)),
        past_emissions=draw(amounts((5, cities), 1e3, 1e9)),
        intensity_cut=draw(amounts(cities, 0.0, 0.5)),
        links=draw(amounts((cities, cities), 0.0, 1e8)),
        aiding=draw(some),
        aided=draw(some),
        trend=trend,
        abatement=abatement,
        own=draw(amounts(by_group, 0.3, 1.0)),
        mac=MacCurve(draw(amounts(by_group, 100.0, 1500.0)), 40.0, 0.03, 0.7),
    )


def permuted(figures: Knowledge, order: np.ndarray) -> Knowledge:
    """Return the same cities in another order."""
    changed = {
        field.name: value[order]
        for field in fields(figures)
        if isinstance(value := getattr(figures, field.name), np.ndarray)
        and field.name != "past_emissions"
    }
    special = {
        "links": figures.links[np.ix_(order, order)],
        "past_emissions": figures.past_emissions[:, order],
        "mac": replace(figures.mac, g=figures.mac.g[order]),
    }
    return replace(figures, **{**changed, **special})


@every_rule
@settings(max_examples=10)
@given(cap=caps, figures=knowledge(), data=st.data())
def test_quotas_sum_to_the_cap_and_none_is_negative(rule, cap, figures, data) -> None:
    chosen = data.draw(parameters_of(rule))
    quota = quotas(rule, cap, figures, **chosen)
    assert quota.sum() == pytest.approx(cap, rel=1e-12)
    assert quota.min() >= 0.0


@every_rule
@settings(max_examples=10)
@given(cap=caps, figures=knowledge(), seed=st.integers(0, 1000), data=st.data())
def test_the_order_of_cities_does_not_matter(rule, cap, figures, seed, data) -> None:
    chosen = data.draw(parameters_of(rule))
    order = np.random.default_rng(seed).permutation(figures.population.size)
    quota = quotas(rule, cap, figures, **chosen)
    shuffled = quotas(rule, cap, permuted(figures, order), **chosen)
    largest = max(cap, figures.expected.sum(), figures.base.sum())
    assert_allclose(shuffled, quota[order], rtol=1e-9, atol=1e-9 * largest)


@pytest.mark.parametrize("rule", SHARE_RULES)
@settings(max_examples=10)
@given(cap=caps, factor=floats(0.1, 10.0), figures=knowledge(), data=st.data())
def test_shares_do_not_depend_on_the_cap(rule, cap, factor, figures, data) -> None:
    chosen = data.draw(parameters_of(rule))
    quota = quotas(rule, cap, figures, **chosen)
    assert_allclose(quotas(rule, factor * cap, figures, **chosen), factor * quota, rtol=1e-9)


@pytest.mark.parametrize("rule", BURDEN_RULES)
@given(cut=floats(-0.5, 0.9), figures=knowledge(), data=st.data())
def test_a_burden_rule_divides_the_reduction(rule, cut, figures, data) -> None:
    chosen = data.draw(parameters_of(rule))
    base = figures.expected if rule == "equal_mac" else figures.base
    cap = (1.0 - cut) * base.sum()
    quota = quotas(rule, cap, figures, **chosen)
    assert (base - quota).sum() == pytest.approx(base.sum() - cap, abs=1e-9 * base.sum())


def test_grandfathering_by_hand() -> None:
    """Past emissions of 30 and 10 t share a cap of 20 t as 15 and 5 t (EU ETS, phase I)."""
    quota = quotas("grandfathering", 20.0, known(reference=np.array([30.0, 10.0])))
    assert_allclose(quota, [15.0, 5.0])


def test_equal_per_capita_by_hand() -> None:
    quota = quotas("equal_per_capita", 20.0, known(population=np.array([3e6, 1e6])))
    assert_allclose(quota, [15.0, 5.0])


@pytest.mark.parametrize(
    ("omega", "quota"), [(0.0, [85.0, 95.0]), (0.5, [90.0, 90.0]), (1.0, [95.0, 85.0])]
)
def test_consumption_responsibility_by_hand(omega: float, quota: list[float]) -> None:
    """20 of 200 t are to go; the first produces three quarters, the second consumes as much."""
    figures = known(D_pba=np.array([150.0, 50.0]), D_cba=np.array([50.0, 150.0]))
    found = quotas("consumption_responsibility", 180.0, figures, consumer_weight=omega)
    assert_allclose(found, quota)


def test_a_burden_beyond_the_base_is_borne_by_the_others() -> None:
    """A trader of 10 t with half the burden of 100 t gets nothing; the other gets the whole cap."""
    figures = known(base=np.array([10.0, 190.0]))
    quota = quotas("consumption_responsibility", 100.0, figures, consumer_weight=0.0)
    assert_allclose(quota, [0.0, 100.0])


def test_supply_chain_linked_by_hand() -> None:
    """The first city frees 10 of its 100 t; of its suppliers in need one emits thrice the other."""
    links = np.zeros((4, 4))
    links[:, 0] = [500.0, 60.0, 20.0, 900.0]
    figures = known(
        cities=4,
        links=links,
        aiding=np.array([True, False, False, False]),
        aided=np.array([False, True, True, False]),
    )
    quota = quotas("supply_chain_linked", 400.0, figures, freed_share=0.1)
    assert_allclose(quota, [90.0, 107.5, 102.5, 100.0])


def test_nobody_aids_itself() -> None:
    """What the first city frees goes to the second, however much it makes for itself."""
    figures = known(
        links=np.array([[900.0, 0.0], [10.0, 0.0]]),
        aiding=np.array([True, False]),
        aided=np.array([True, True]),
    )
    assert_allclose(quotas("supply_chain_linked", 200.0, figures), [90.0, 110.0])


def test_who_aids_nobody_it_is_linked_to_keeps_its_quota() -> None:
    figures = known(aiding=np.array([True, True]), aided=np.array([True, False]))
    assert_allclose(quotas("supply_chain_linked", 200.0, figures), [100.0, 100.0])


def test_contraction_and_convergence_by_hand() -> None:
    """Half way, 30 : 10 t of the base year and 1 : 1 of heads make 12.5 and 7.5 of 20 t."""
    figures = known(base_year=np.array([30.0, 10.0]), year=9, calendar_year=2021)
    assert_allclose(quotas("contraction_and_convergence", 20.0, figures, year=2030), [12.5, 7.5])


@given(cap=caps, figures=knowledge())
def test_quotas_contract_from_grandfathering_to_equal_per_capita(cap, figures) -> None:
    inherited = replace(figures, reference=figures.base_year)
    ends = {0: "grandfathering", 18: "equal_per_capita", 30: "equal_per_capita"}
    for year, same in ends.items():
        then = replace(inherited, year=year, calendar_year=2012 + year)
        assert_allclose(
            quotas("contraction_and_convergence", cap, then), quotas(same, cap, then), rtol=1e-12
        )


def test_ability_to_pay_by_hand() -> None:
    """Incomes of 8 : 1 are as 2 : 1 to the third root: of 30 t the first bears 20, the other 10."""
    figures = known(value_added=np.array([800.0, 100.0]))
    assert_allclose(quotas("ability_to_pay", 170.0, figures), [80.0, 90.0])


def test_ability_to_pay_without_an_exponent_cuts_all_alike() -> None:
    figures = known(value_added=np.array([800.0, 100.0]), base=np.array([30.0, 10.0]))
    assert_allclose(quotas("ability_to_pay", 20.0, figures, exponent=0.0), [15.0, 5.0])


@pytest.mark.parametrize(
    ("weight", "quota"), [(1.0, [85.0, 95.0]), (0.5, [82.5, 97.5]), (0.0, [80.0, 100.0])]
)
def test_responsibility_capability_by_hand(weight: float, quota: list[float]) -> None:
    """20 t are to go; the first emitted three quarters of the past, and alone exceeds the mean.

    The threshold is 0.9 of a mean of 2: the second, at 1 a head, has no capability.
    """
    figures = known(
        past_emissions=np.array([[50.0, 50.0], [250.0, 50.0]]),
        value_added=np.array([300.0, 100.0]),
    )
    chosen = {"weight": weight, "income_threshold": 0.9}
    assert_allclose(quotas("responsibility_capability", 180.0, figures, **chosen), quota)


def test_equal_cumulative_per_capita_by_hand() -> None:
    """10 t too many last year and 20 t the year before, half forgotten: 20 t owed over 10 years."""
    figures = known(past_emissions=np.array([[70.0, 30.0], [60.0, 40.0]]))
    quota = quotas("equal_cumulative_per_capita", 100.0, figures, discount=0.5)
    assert_allclose(quota, [48.0, 52.0])


def test_a_debt_beyond_the_quota_leaves_none() -> None:
    figures = known(past_emissions=np.array([[900.0, 100.0]]), horizon=4)
    assert_allclose(quotas("equal_cumulative_per_capita", 100.0, figures), [0.0, 100.0])


def test_equal_pasts_leave_equal_quotas_per_head() -> None:
    figures = known(population=np.array([3e6, 1e6]), past_emissions=np.array([[30.0, 10.0]]))
    assert_allclose(quotas("equal_cumulative_per_capita", 20.0, figures), [15.0, 5.0])


def test_gdp_proportional_by_hand() -> None:
    quota = quotas("gdp_proportional", 20.0, known(value_added=np.array([30.0, 10.0])))
    assert_allclose(quota, [15.0, 5.0])


def test_equal_proportional_by_hand() -> None:
    quota = quotas("equal_proportional", 20.0, known(base=np.array([30.0, 10.0])))
    assert_allclose(quota, [15.0, 5.0])


BENCHMARKED = {
    "output": np.array([[100.0, 100.0], [100.0, 0.0]]),
    "intensity": np.array([[1.0, 2.0], [3.0, 9.0]]),
}
"""The first sector's mean is 2 and its best 1; of the second, where one city produces, both 2."""


@pytest.mark.parametrize(
    ("chosen", "weights"),
    [
        ({"fall": 0.0}, [400.0, 200.0]),
        ({"fall": 0.25}, [350.0, 150.0]),
        ({"fall": 0.9}, [300.0, 100.0]),
        ({"benchmark": "best_decile"}, [300.0, 100.0]),
    ],
)
def test_benchmark_intensity_by_hand(chosen, weights) -> None:
    """The falling mean of the first sector goes from 2 over 1.5 to its best; the second stays."""
    quota = quotas("benchmark_intensity", 100.0, known(**BENCHMARKED), **chosen)
    assert_allclose(quota, 100.0 * np.array(weights) / sum(weights))


def test_entropy_weighted_by_hand() -> None:
    """Only past emissions tell the cities apart, so they alone count."""
    figures = known(reference=np.array([30.0, 10.0]))
    assert_allclose(quotas("entropy_weighted", 20.0, figures), [15.0, 5.0])
    assert_allclose(quotas("entropy_weighted", 20.0, known()), [10.0, 10.0])


def test_entropy_weighs_what_is_more_unequal_more() -> None:
    """Shares ¾ and ¼ have H = 0.8113, shares ⅔ and ⅓ have 0.9183 (Shannon, in bits).

    With 1 − H of 0.1887 heads weigh 0.1887/0.3521, value added and its quotient with equal
    emissions, both ⅔ : ⅓, weigh 0.0817/0.3521 each, and equal past emissions nothing.
    """
    figures = known(
        population=np.array([3.0, 1.0]), value_added=np.array([2.0, 1.0]), D_pba=np.ones(2)
    )
    told = 1.0 - np.array([0.811278, 0.918296, 0.918296])
    first = told @ np.array([3 / 4, 2 / 3, 2 / 3]) / told.sum()
    assert quotas("entropy_weighted", 1.0, figures)[0] == pytest.approx(first, abs=1e-5)


def test_boltzmann_by_hand() -> None:
    """A tonne a head more, at b = ln 2, halves the quota per head (Park et al. 2012)."""
    figures = known(reference=np.array([200.0, 100.0]))
    assert_allclose(quotas("boltzmann", 30.0, figures, b=float(np.log(2.0))), [10.0, 20.0])


@given(cap=caps, figures=knowledge())
def test_boltzmann_without_b_is_equal_per_capita(cap, figures) -> None:
    quota = quotas("boltzmann", cap, figures, b=0.0)
    assert_allclose(quota, quotas("equal_per_capita", cap, figures), rtol=1e-12)


def test_performance_based_by_hand() -> None:
    """Growth of 3 and 1 on 100 t each: z − z̄ = ±0.01, and with k = 10 quotas shift by a tenth."""
    figures = known(growth=np.array([3.0, 1.0]))
    assert_allclose(quotas("performance_based", 200.0, figures, reward=10.0), [110.0, 90.0])


def test_performance_never_costs_more_than_the_quota() -> None:
    figures = known(growth=np.array([300.0, 100.0]))
    assert_allclose(quotas("performance_based", 200.0, figures, reward=10.0), [200.0, 0.0])


def test_five_year_plan_classes_by_hand() -> None:
    """After five years at 20 and 0 % a city grown by half has 1.5 × 0.8 : 1 of what it had."""
    figures = known(
        year=5, intensity_cut=np.array([0.2, 0.0]), value_added=np.array([150.0, 100.0])
    )
    assert_allclose(quotas("five_year_plan_classes", 220.0, figures), [120.0, 100.0])


def test_equal_mac_by_hand() -> None:
    """Without abatement so far MAC = −g ln(1−dR) + (ka/ρ) dR.

    At 40 CNY/t a curve of g = 380 is cut by 2.32 %, as 380 × 0.02347 + 1333 × 0.0232 = 39.9; both
    cities being alike, a cap 2 % below their 200 t leaves 98 t each.
    """
    assert_allclose(quotas("equal_mac", 196.0, known()), [98.0, 98.0])
    supply = known().mac.supply(np.zeros((2, 1)), np.ones((2, 1)), np.ones((2, 1)))
    assert supply.step(np.full(2, 40.0))[0, 0] == pytest.approx(0.0232, abs=1e-4)


@st.composite
def abating(draw) -> Knowledge:
    """Cities that emit what their curves say."""
    figures = draw(knowledge())
    own = np.ones_like(figures.trend)
    expected = (figures.trend * (1.0 - figures.abatement)).sum(axis=1)
    return replace(figures, own=own, expected=expected)


@given(share=floats(0.05, 0.95), figures=abating())
def test_equal_mac_equalises_marginal_cost(share, figures) -> None:
    """What each city must cut costs the same at the margin, unless a group is held by its pace."""
    R, E, mac = figures.abatement, figures.trend, figures.mac
    room = np.clip(np.minimum(2 * mac.pace, mac.ceiling - R), 0.0, None)
    cap = figures.expected.sum() - share * (room * E).sum()
    burden = figures.expected - quotas("equal_mac", cap, figures)
    supply = mac.supply(R, figures.own, E)
    dR = supply.step(np.minimum(price_of_relief(supply, burden), 1e5))
    assert_allclose((dR * E).sum(axis=1), burden, rtol=1e-6, atol=1e-6 * E.sum())
    marginal = mac.marginal_cost(R, dR)
    inner = (dR > 1e-9) & (dR < room - 1e-9)
    if inner.any():
        assert_allclose(marginal[inner], marginal[inner].mean(), rtol=1e-5)


@settings(max_examples=10)
@given(share=floats(0.1, 0.9), figures=abating(), seed=st.integers(0, 1000))
def test_equal_mac_is_the_cheapest_of_all_divisions(share, figures, seed) -> None:
    """Against divisions at random that cut as much, each city at its own least cost."""
    R, E, mac, own = figures.abatement, figures.trend, figures.mac, figures.own
    room = np.clip(np.minimum(2 * mac.pace, mac.ceiling - R), 0.0, None) * E
    wanted = share * room.sum()
    supply = mac.supply(R, own, E)

    def cost(burden: np.ndarray) -> float:
        dR = supply.step(np.minimum(price_of_relief(supply, burden), 1e5))
        assert (dR * E).sum() == pytest.approx(wanted, rel=1e-6)
        return float(supply.cost(dR).sum())

    cap = figures.expected.sum() - wanted
    best = cost(figures.expected - quotas("equal_mac", cap, figures))
    rng = np.random.default_rng(seed)
    most = room.sum(axis=1)
    for _ in range(20):
        weight = rng.dirichlet(np.ones(most.size))
        other = np.minimum(share * most * (0.5 + weight), most)
        other += (most - other) * (wanted - other.sum()) / max((most - other).sum(), 1e-9)
        if (other >= 0).all() and other.sum() == pytest.approx(wanted, rel=1e-9):
            assert cost(other) >= best * (1 - 1e-9)


@pytest.mark.parametrize("rule", BURDEN_RULES)
def test_a_cap_above_the_base_is_no_burden_to_anyone(rule) -> None:
    bases = np.array([30.0, 10.0])
    figures = known(expected=bases, base=bases, D_cba=np.array([1.0, 9.0]))
    assert_allclose(quotas(rule, 80.0, figures), [60.0, 20.0])


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
