"""Scenarios that create quotas or need them: Zheng et al. (2023), section 2.5."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import SEEDS, amounts, economy_of, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.compile.city_economy import Economy
from model.footprints.accounts import accounts, embodied_flows
from model.footprints.quota_scenarios import (
    best_of,
    in_all_uses,
    less_capital,
    lifted,
    national_mean,
    quota_created,
    under,
)
from model.input_output.response_basis import response_basis
from model.labels import CATEGORIES, GROUPS

REGIONS, SECTORS = 8, 5
CAPITAL = CATEGORIES.index("capital_formation")
INVENTORY = CATEGORIES.index("inventory_change")
REGULAR = np.arange(len(CATEGORIES)) != INVENTORY
RECEIVING = np.array(["household" in category or "gov" in category for category in CATEGORIES])
HOUSEHOLDS = np.array(["household" in category for category in CATEGORIES])
EVERYWHERE = np.ones(REGIONS, dtype=bool)
OSAKA_AND_SEOUL = (0.17 + 0.27) / 2
"""Mean share of capital formation that Zheng et al. (2023) take for demand mitigation."""

some_cities = arrays(np.bool_, REGIONS)
shares = floats(0.0, 1.0)
factors = amounts(SECTORS, 0.05, 1.0)


@st.composite
def final_demand(draw) -> np.ndarray:
    """Draw spending by region and category, 10⁴ CNY; only inventory change may be negative."""
    spending = draw(amounts((REGIONS, len(CATEGORIES)), 0.01, 1.0))
    spending[:, INVENTORY] = draw(amounts(REGIONS, -0.3, 0.3))
    return spending * 1e7


def spending_of(economy: Economy) -> np.ndarray:
    """Return final demand by region and category, 10⁴ CNY; (s, k)."""
    return economy.d.sum(axis=1)


def flows_of(economy: Economy) -> np.ndarray:
    """Return embodied flows by category and to exports abroad, t; (k + 1, r, s)."""
    return embodied_flows(economy.basis, economy.S)


def per_spending(economy: Economy) -> np.ndarray:
    """Return emissions everywhere per 10⁴ CNY of each category of each region, t; (s, k)."""
    return flows_of(economy)[:-1].sum(axis=1).T / spending_of(economy)


def with_dirtier_capital(economy: Economy) -> np.ndarray:
    """Return embodied flows, t, with twice the emissions of any other use in capital formation."""
    flows, emitted = flows_of(economy), per_spending(economy)
    flows[CAPITAL] *= 2 * emitted[:, RECEIVING].max(axis=1) / emitted[:, CAPITAL]
    return flows


class Quota(NamedTuple):
    """Quota created, t, by region of emission and by region of final demand."""

    production: np.ndarray
    footprint: np.ndarray


def quota_under(flows: np.ndarray, multipliers: np.ndarray) -> Quota:
    """Return the quota created when final demand is multiplied."""
    before, after = accounts(flows), accounts(under(flows, multipliers))
    return Quota(quota_created(before.D_pba, after.D_pba), quota_created(before.D_cba, after.D_cba))


def quota_at(economy: Economy, target: np.ndarray, cities: np.ndarray) -> np.ndarray:
    """Return the quota of key sectors at best-of intensity on production accounts, t; (r,)."""
    S = best_of(economy.S, target, cities, key_sectors(economy))
    after = accounts(embodied_flows(economy.basis, S))
    return quota_created(economy.accounts().D_pba, after.D_pba)


def key_sectors(economy: Economy) -> np.ndarray:
    """Return True for the key sectors; (i,)."""
    return economy.sectors.group != GROUPS.index("rest")


def test_the_national_mean_by_hand() -> None:
    """A sector without output has no intensity."""
    F, x = np.array([[6.0, 0.0], [2.0, 0.0]]), np.array([[3.0, 0.0], [1.0, 0.0]])
    assert_allclose(national_mean(F, x), [2.0, 0.0])


def test_at_the_national_mean_the_nation_emits_as_before(small) -> None:
    emitted = (national_mean(small.F, small.x) * small.x).sum(axis=0)
    assert_allclose(emitted, small.F.sum(axis=0), rtol=1e-12)


def test_the_best_of_own_and_target_by_hand() -> None:
    S = np.array([[1.0, 5.0, 9.0], [4.0, 2.0, 9.0], [7.0, 7.0, 7.0]])
    target, cities = np.array([3.0, 3.0, 3.0]), np.array([True, True, False])
    S.flags.writeable = False
    expected = [[1.0, 3.0, 9.0], [3.0, 2.0, 9.0], [7.0, 7.0, 7.0]]
    assert_array_equal(best_of(S, target, cities, np.array([True, True, False])), expected)
    assert_array_equal(best_of(S, target, cities, np.array([1, 0])), expected)


@given(SEEDS, factors, some_cities)
def test_quota_from_technology_is_the_gap_of_intensity_times_output(
    seed: int, factor, cities
) -> None:
    economy = economy_of(seed)
    target = factor * national_mean(economy.F, economy.x)
    saved = np.maximum(economy.F - target * economy.x, 0.0)
    expected = np.where(cities, saved[:, key_sectors(economy)].sum(axis=1), 0.0)
    scale = economy.F.sum(axis=1).max()
    assert_allclose(quota_at(economy, target, cities), expected, atol=1e-9 * scale)


@given(SEEDS, factors, some_cities, some_cities)
def test_scenario_quotas_grow_from_light_to_deep(seed: int, factor, some, more) -> None:
    """Deep mitigation has lower targets, or more cities, than light mitigation has."""
    economy = economy_of(seed)
    national = national_mean(economy.F, economy.x)
    light = quota_at(economy, national, some)
    lower = quota_at(economy, factor * national, some)
    wider = quota_at(economy, national, some | more)
    rounding = 1e-9 * economy.F.sum()
    for quota, least in ((light, 0.0), (lower, light), (wider, light)):
        assert (quota >= least - rounding).all()


def test_less_capital_by_hand() -> None:
    """Of 100, capital takes 60; at 40 it frees 20, half as much again as the 40 of the others."""
    spending = np.array([[10.0, 20.0, 10.0, 60.0, -5.0]])
    found = less_capital(spending, 0.4, np.array([True]), CAPITAL)
    assert_allclose(found, [[1.5, 1.5, 1.5, 2 / 3, 1.0]])
    households = less_capital(spending, 0.4, np.array([True]), CAPITAL, HOUSEHOLDS)
    assert_allclose(households, [[5 / 3, 5 / 3, 1.0, 2 / 3, 1.0]])


@given(final_demand(), shares, some_cities, st.sampled_from([None, HOUSEHOLDS]))
def test_total_demand_is_conserved(spending, share: float, cities, receiving) -> None:
    found = less_capital(spending, share, cities, CAPITAL, receiving)
    assert (found >= 0).all()
    assert_array_equal(found[:, INVENTORY], 1.0)
    assert_allclose((found * spending).sum(axis=1), spending.sum(axis=1), rtol=1e-12, atol=1e-6)


@given(final_demand(), shares, some_cities)
def test_the_capital_share_falls_where_it_is_too_high_and_nowhere_else(
    spending, share: float, cities
) -> None:
    after = spending * less_capital(spending, share, cities, CAPITAL)
    own = spending[:, CAPITAL] / spending[:, REGULAR].sum(axis=1)
    expected = np.where(cities, np.minimum(own, share), own)
    assert_allclose(after[:, CAPITAL] / after[:, REGULAR].sum(axis=1), expected, atol=1e-12)
    stays = ~cities | (own <= share)
    assert_array_equal(after[stays], spending[stays])


@given(final_demand(), shares)
def test_households_and_government_keep_their_proportions(spending, share: float) -> None:
    found = less_capital(spending, share, EVERYWHERE, CAPITAL)[:, RECEIVING]
    assert_allclose(found, found[:, :1].repeat(RECEIVING.sum(), axis=1), rtol=1e-12)
    assert (found >= 1.0).all()


@given(SEEDS, shares, some_cities)
def test_quota_from_demand_is_what_is_freed_times_the_gap_of_emissions_per_yuan(
    seed: int, share: float, cities
) -> None:
    """Both accounts agree on the sum, since exports abroad stay as they are."""
    economy = economy_of(seed)
    spending, emitted = spending_of(economy), per_spending(economy)
    found = quota_under(flows_of(economy), less_capital(spending, share, cities, CAPITAL))
    excess = spending[:, CAPITAL] - share * spending[:, REGULAR].sum(axis=1)
    freed = np.where(cities, np.maximum(excess, 0.0), 0.0)
    elsewhere = np.average(emitted[:, RECEIVING], axis=1, weights=spending[:, RECEIVING])
    expected = freed * (emitted[:, CAPITAL] - elsewhere)
    rounding = 1e-9 * economy.F.sum()
    assert_allclose(found.footprint, expected, atol=rounding)
    assert found.production.sum() == pytest.approx(expected.sum(), abs=rounding)


@given(SEEDS, some_cities, some_cities, floats(0.0, 1.0))
def test_demand_quotas_grow_from_light_to_deep_where_capital_emits_more(
    seed: int, some, more, part: float
) -> None:
    """Where consumption emits more per yuan, less capital adds emissions instead (see above)."""
    flows, spending = with_dirtier_capital(economy_of(seed)), spending_of(economy_of(seed))
    too_high = spending[:, CAPITAL] > OSAKA_AND_SEOUL * spending[:, REGULAR].sum(axis=1)

    def quota(share: float, cities: np.ndarray) -> np.ndarray:
        return quota_under(flows, less_capital(spending, share, cities, CAPITAL)).footprint

    light, rounding = quota(OSAKA_AND_SEOUL, some), 1e-12 * flows.sum()
    assert_array_equal(light > rounding, some & too_high)
    assert (quota(OSAKA_AND_SEOUL, some | more) >= light - rounding).all()
    assert (quota(part * OSAKA_AND_SEOUL, some) >= light - rounding).all()


@pytest.mark.parametrize("kept", [CAPITAL, INVENTORY])
def test_neither_capital_nor_inventory_can_receive(kept: int) -> None:
    spending, receiving = np.ones((REGIONS, len(CATEGORIES))), np.arange(len(CATEGORIES)) == kept
    with pytest.raises(ValueError, match="cannot receive"):
        less_capital(spending, 0.1, EVERYWHERE, CAPITAL, receiving)


def test_freed_money_that_nobody_receives_is_an_error() -> None:
    spending = np.array([[1.0, 1.0, 1.0, 3.0, 0.0], [0.0, 0.0, 0.0, 5.0, 1.0]])
    first, both = np.array([True, False]), np.array([True, True])
    assert_array_equal(less_capital(spending, 0.2, first, CAPITAL)[1], 1.0)
    with pytest.raises(ValueError, match="region 1: 4 10⁴ CNY freed"):
        less_capital(spending, 0.2, both, CAPITAL)


def test_lifting_to_a_floor_by_hand() -> None:
    own = np.array([1.0, 2.0, 4.0, 1.0])
    cities = np.array([True, True, True, False])
    assert_array_equal(lifted(own, 2.0, cities), [2.0, 1.0, 1.0, 1.0])


@given(amounts(REGIONS, 0.01, 10.0), floats(0.01, 10.0), some_cities)
def test_after_the_lift_nobody_lifted_is_under_the_floor(own, floor: float, cities) -> None:
    after = own * lifted(own, floor, cities)
    assert_allclose(after, np.where(cities, np.maximum(own, floor), own), rtol=1e-12)


def test_a_city_that_spends_nothing_cannot_be_lifted() -> None:
    own, first = np.array([1.0, 0.0]), np.array([True, False])
    assert_array_equal(lifted(own, 2.0, first), [2.0, 1.0])
    with pytest.raises(ValueError, match="region 1: spends 0 10⁴ CNY per head"):
        lifted(own, 2.0, ~first)


@given(SEEDS, floats(0.5, 4.0), some_cities)
def test_lifting_demand_never_lowers_emissions(seed: int, height: float, cities) -> None:
    """The deficit is that of the lifted cities' own footprints; no other footprint moves."""
    economy = economy_of(seed)
    own = spending_of(economy)[:, REGULAR].sum(axis=1) / economy.population
    lift = lifted(own, height * float(np.median(own)), cities)
    found = quota_under(flows_of(economy), in_all_uses(lift, len(CATEGORIES)))
    assert (found.production <= 1e-9 * economy.F.sum()).all()
    regular = flows_of(economy)[:-1][REGULAR].sum(axis=(0, 1))
    assert_allclose(-found.footprint, (lift - 1.0) * regular, atol=1e-9 * economy.F.sum())


@given(st.integers(0, 10_000))
def test_multiplied_flows_are_those_of_the_economy_solved_anew(small, seed: int) -> None:
    """The full system (I − A) x = y is solved for the other demand, with exports as they were."""
    multipliers = np.random.default_rng(seed).uniform(0.2, 2.0, (REGIONS, len(CATEGORIES)))
    demand = small.d * multipliers[:, None, :]
    anew = response_basis(small.form, demand, small.export, lambda *_: None)
    expected = embodied_flows(anew, small.S)
    found = under(flows_of(small), multipliers)
    assert_allclose(found, expected, atol=1e-10 * np.abs(expected).max())


def test_exports_abroad_stay_as_they_are(small) -> None:
    flows = flows_of(small)
    found = under(flows, np.zeros((REGIONS, len(CATEGORIES))))
    assert_array_equal(found[-1], flows[-1])
    assert not found[:-1].any()


def test_quota_is_what_is_no_longer_emitted() -> None:
    found = quota_created(np.array([10.0, 10.0]), np.array([7.0, 12.0]))
    assert_array_equal(found, [3.0, -2.0])
