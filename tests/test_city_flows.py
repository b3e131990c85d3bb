"""Who supplies whom: split, flows between provinces and cities, their linking."""

from dataclasses import replace

import balances
import numpy as np
import pytest
from hypothesis import given
from invented import SEEDS, amounts, economy_of, tables_of
from numpy.testing import assert_allclose, assert_array_equal

from model.compile.balancing import Unbalanced
from model.compile.city_flows import city_flows
from model.compile.city_split import Split, split
from model.compile.distance import EARTH_RADIUS_KM, distances, nearness
from model.compile.linking import linked
from model.compile.provincial_flows import provincial_flows
from model.input_output.province_sums import sums

PROVINCE = np.array([0, 0, 0, 1, 1, 2])


def test_distances_are_great_circles() -> None:
    """From the pole to the equator it is a quarter of the circumference."""
    km = distances(lon=np.array([0.0, 0.0, 90.0, 180.0]), lat=np.array([90.0, 0.0, 0.0, 0.0]))
    quarter = np.pi / 2 * EARTH_RADIUS_KM
    assert_allclose(km[0], [0.0, quarter, quarter, quarter], rtol=1e-12)
    assert_allclose(km[1], [quarter, 0.0, quarter, 2 * quarter], rtol=1e-12)
    assert_allclose(km, km.T)


def test_trade_falls_by_the_same_share_with_every_kilometre() -> None:
    km = np.array([[0.0, 100.0], [100.0, 0.0]])
    assert_allclose(nearness(km, 2e-3), [[1.0, np.exp(-0.2)], [np.exp(-0.2), 1.0]])
    assert_array_equal(nearness(km, 0.0), np.ones((2, 2)))


def margins(flows: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return supply, use, outflow and inflow of one product, as its flows between cities say."""
    abroad = flows * (PROVINCE[:, None] != PROVINCE)
    supply, use = flows.sum(axis=1)[:, None], flows.sum(axis=0)[:, None]
    outflow = sums(abroad.sum(axis=1)[:, None], PROVINCE, 3)
    inflow = sums(abroad.sum(axis=0)[:, None], PROVINCE, 3)
    return supply, use, outflow, inflow


FLOWS = amounts((6, 6), 0.5, 5.0)


@given(FLOWS)
def test_the_split_meets_supply_use_and_the_province_s_trade(true) -> None:
    supply, use, outflow, inflow = margins(true)
    parts = split(supply, use, outflow, inflow, 20.0, PROVINCE)
    assert_allclose(parts.own + parts.to_province + parts.to_others, supply, rtol=1e-9)
    assert_allclose(parts.own + parts.from_province + parts.from_others, use, rtol=1e-9)
    assert_allclose(sums(parts.to_others, PROVINCE, 3), outflow, rtol=1e-9)
    assert_allclose(sums(parts.from_others, PROVINCE, 3), inflow, rtol=1e-9)
    assert_allclose(
        sums(parts.to_province, PROVINCE, 3), sums(parts.from_province, PROVINCE, 3), rtol=1e-9
    )


@given(FLOWS)
def test_the_heavier_the_home_weight_the_more_a_city_serves_itself(true) -> None:
    given_margins = margins(true)
    own = [split(*given_margins, weight, PROVINCE).own.sum() for weight in (1.0, 5.0, 50.0)]
    assert own[0] < own[1] < own[2]


def test_without_home_weight_the_split_is_independence() -> None:
    """Maximum entropy without prior: cell = row sum × column sum / total inside the province."""
    supply, use = np.array([[6.0], [2.0], [1.0]]), np.array([[4.0], [4.0], [1.0]])
    nothing = np.zeros((2, 1))
    parts = split(supply, use, nothing, nothing, 1.0, np.array([0, 0, 1]))
    assert_allclose(parts.own, [[3.0], [1.0], [1.0]])
    assert_allclose(parts.to_province, [[3.0], [1.0], [0.0]])


def test_an_undivided_province_has_no_province_to_trade_with() -> None:
    supply, use = np.array([[6.0], [2.0]]), np.array([[5.0], [3.0]])
    outflow, inflow = np.array([[2.0], [0.5]]), np.array([[1.0], [1.5]])
    parts = split(supply, use, outflow, inflow, 20.0, np.array([0, 1]))
    assert_allclose(parts.own, [[4.0], [1.5]])
    assert_array_equal(parts.to_province, np.zeros((2, 1)))


def test_a_province_that_sells_more_than_it_has_is_refused() -> None:
    supply, use = np.array([[6.0], [2.0]]), np.array([[5.0], [3.0]])
    outflow, inflow = np.array([[7.0], [0.5]]), np.array([[6.0], [1.5]])
    with pytest.raises(Unbalanced):
        split(supply, use, outflow, inflow, 20.0, np.array([0, 1]))


@given(FLOWS, amounts((6, 6), 0.1, 1.0))
def test_city_flows_keep_the_split_and_nest_in_provincial_flows(true, near) -> None:
    supply, use, outflow, inflow = margins(true)
    parts = split(supply, use, outflow, inflow, 20.0, PROVINCE)
    between = provincial_flows(parts, near, PROVINCE)
    flows = city_flows(parts, between, near, PROVINCE)
    assert_allclose(np.einsum("irr->ri", flows), parts.own)
    assert_allclose(flows.sum(axis=2).T, supply, rtol=1e-8)
    assert_allclose(flows.sum(axis=1).T, use, rtol=1e-8)
    blocks = sums(sums(flows[0], PROVINCE, 3).T.copy(), PROVINCE, 3).T
    apart = ~np.eye(3, dtype=bool)
    assert_allclose(blocks[apart], between[0][apart], rtol=1e-8, atol=1e-9)


def test_the_nearer_of_two_equal_suppliers_sells_more() -> None:
    ones = np.ones((3, 1))
    parts = Split(own=ones, to_province=2 * ones, from_province=2 * ones,
                  to_others=0 * ones, from_others=0 * ones)  # fmt: skip
    km = np.array([[0.0, 50.0, 400.0], [50.0, 0.0, 400.0], [400.0, 400.0, 0.0]])
    between, province = np.zeros((1, 1, 1)), np.zeros(3, dtype=np.int64)
    even, near = (
        city_flows(parts, between, nearness(km, decay), province)[0] for decay in (0.0, 2e-3)
    )
    assert_allclose(even[0, 1:], [1.0, 1.0])
    assert near[0, 1] > near[0, 2]
    assert_allclose(near.sum(axis=1), 3.0)


def test_flows_between_provinces_that_have_no_partner_are_refused() -> None:
    ones = np.ones((2, 1))
    parts = Split(ones, 0 * ones, 0 * ones, np.array([[1.0], [0.0]]), np.array([[1.0], [0.0]]))
    with pytest.raises(Unbalanced):
        provincial_flows(parts, np.ones((2, 2)), np.array([0, 1]))


def test_linking_makes_a_share_of_every_flow_and_leaves_unused_products_alone() -> None:
    flows = np.array([[[2.0, 0.0], [1.0, 0.0]]])
    a = np.full((2, 1, 1), 0.3)
    form = linked(flows, np.array([[4.0], [0.0]]), a)
    assert_allclose(form.t, [[[0.5, 0.0], [0.25, 0.0]]])
    assert_array_equal(form.a, a)


@given(SEEDS)
def test_trade_between_cities_nests_in_trade_between_provinces(seed: int) -> None:
    economy, tables = economy_of(seed), tables_of(seed)
    used = balances.use_of(economy)[:, :, 0]
    flows = economy.form.t * used.T[:, None, :]
    abroad = economy.regions.province[:, None] != economy.regions.province
    sold = sums((flows * abroad).sum(axis=2).T, economy.regions.province, 3)
    bought = sums((flows * abroad).sum(axis=1).T, economy.regions.province, 3)
    assert_allclose(sold, tables.outflow, rtol=1e-7)
    assert_allclose(bought, tables.inflow, rtol=1e-7)


def test_the_split_can_be_altered_and_the_flows_follow() -> None:
    """What the split says of a city's own use is on the diagonal, whatever it is."""
    ones = np.ones((2, 1))
    parts = Split(ones, ones, ones, 0 * ones, 0 * ones)
    between, province = np.zeros((1, 1, 1)), np.zeros(2, dtype=np.int64)
    flows = city_flows(replace(parts, own=7 * ones), between, np.ones((2, 2)), province)
    assert_allclose(flows[0], [[7.0, 1.0], [1.0, 7.0]])
