"""Bilateral trade: pairs of the supply chain, deal by deal."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import FRICTIONLESS, TERMS, amounts, book, floats, outlook, outlooks
from numpy.testing import assert_allclose, assert_array_equal

from model.abatement.price_of_relief import price_of_relief
from model.market.bilateral import Bargaining, bargain
from model.market.exchange import Book, clear
from model.market.orders import offered_share
from model.market.own_orders import FADING

OPEN = (0.0, 1e6)
"""A collar that never binds."""
PLENTY = 10**9


def complete(cities: int) -> np.ndarray:
    """Return links between all, no two alike."""
    return 1.0 + np.random.default_rng(1).random((cities, cities))


def bargained(
    schedules: Book, links=None, reluctance: float = 0.01, collar=OPEN, held=None
) -> Bargaining:
    cities = schedules.outlook.need.size
    return bargain(
        schedules,
        np.full(cities, PLENTY) if held is None else held,
        complete(cities) if links is None else links,
        *collar,
        reluctance,
    )


def net(found: Bargaining, cities: int) -> np.ndarray:
    return found.deals.bought(cities) - found.deals.sold(cities)


@st.composite
def graphs(draw, cities: int) -> np.ndarray:
    """Draw links, some of them absent."""
    present = draw(arrays(np.bool_, (cities, cities)))
    return np.where(present, complete(cities), 0.0)


@given(outlooks(), st.data(), floats(0.0, 60.0), floats(60.0, 400.0))
def test_only_linked_traders_deal_within_the_collar_and_none_oversells(
    cities, data, floor, ceiling
) -> None:
    count = cities.need.size
    links = data.draw(graphs(count))
    held = data.draw(arrays(np.int64, count, elements=st.integers(0, 10**7)))
    trading = data.draw(arrays(np.bool_, count))
    found = bargained(book(cities, trading=trading), links, collar=(floor, ceiling), held=held)
    deals = found.deals
    assert ((links + links.T)[deals.buyer, deals.seller] > 0).all()
    assert trading[deals.buyer].all()
    assert trading[deals.seller].all()
    assert (deals.tonnes >= 1).all()
    assert ((deals.price >= floor) & (deals.price <= ceiling)).all()
    assert (held + net(found, count) >= 0).all()
    assert abs(deals.paid(count).sum()) <= 1e-9 * max(np.abs(deals.paid(count)).sum(), 1.0)
    assert_array_equal(found.dR[~trading], 0.0)


@pytest.mark.parametrize("seed", range(6))
def test_in_a_complete_graph_trade_comes_to_the_exchange_s_price_and_volume(seed) -> None:
    """Ermoliev et al. 2000: bilateral trade ends in the market equilibrium."""
    rng = np.random.default_rng(seed)
    trend = rng.uniform(0.5e8, 2e8, (8, 2))
    cities = outlook(
        rng.uniform(0.005, 0.02, 8) * trend.sum(axis=1),
        trend,
        FRICTIONLESS,
        g=rng.uniform(200.0, 900.0, (8, 2)),
        abatement=rng.uniform(0.0, 0.05, (8, 2)),
    )
    exchange = clear(book(cities), *OPEN)
    found = bargained(book(cities))
    assert found.deals.mean_price == pytest.approx(exchange.price, rel=0.01)
    assert np.ptp(found.deals.price) < 0.5
    scale = np.abs(exchange.net_purchase).max()
    assert_allclose(net(found, 8), exchange.net_purchase, atol=0.02 * scale)
    assert_allclose(found.dR, exchange.dR, atol=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_the_less_reluctant_cities_are_the_less_it_matters_how_much(seed) -> None:
    """No search decides: halving what little reluctance there is moves trade by under 2 %."""
    rng = np.random.default_rng(seed)
    trend = rng.uniform(0.5e8, 2e8, (12, 2))
    cities = outlook(rng.uniform(-0.02, 0.03, 12) * trend.sum(axis=1), trend,
                     g=rng.uniform(200.0, 900.0, (12, 2)))  # fmt: skip
    links = np.where(rng.random((12, 12)) < 0.3, complete(12), 0.0)
    some, half = (bargained(book(cities), links, reluctance).deals for reluctance in (0.1, 0.05))
    assert half.tonnes.sum() == pytest.approx(some.tonnes.sum(), rel=0.02)
    assert half.mean_price == pytest.approx(some.mean_price, rel=0.02)


def test_two_cities_deal_as_at_the_exchange() -> None:
    cities = outlook([1e6, 1e6], np.full((2, 1), 1e8), FRICTIONLESS, g=np.array([[200.0], [800.0]]))
    exchange, found = clear(book(cities), *OPEN), bargained(book(cities))
    assert found.deals.seller.tolist() == [0]
    assert found.deals.mean_price == pytest.approx(exchange.price, rel=1e-3)
    assert found.deals.tonnes[0] == pytest.approx(exchange.net_purchase[1], rel=1e-3)
    assert_allclose(found.dR, exchange.dR, rtol=1e-3)


@given(outlooks())
def test_in_an_empty_graph_nothing_changes_hands_and_each_meets_its_own_need(cities) -> None:
    count = cities.need.size
    found = bargained(book(cities), np.zeros((count, count)))
    assert found.deals.tonnes.size == 0
    assert np.isnan(found.deals.mean_price)
    assert np.isnan(found.deals.spread)
    met = cities.supply.relief_of(found.dR)
    tonnes = np.maximum(cities.need, 0.0) * (1 + 1e-9) + 1e-9 * cities.expected
    assert (met <= tonnes).all()


@pytest.mark.parametrize("seed", range(6))
def test_who_sells_a_surplus_abates_along_its_offer_where_the_floor_leaves_some_unsold(
    seed,
) -> None:
    """Sold is what it abates at its marginal cost, and what of its surplus it offers at that."""
    rng = np.random.default_rng(seed)
    need = np.concatenate([rng.uniform(-5e6, -1e6, 5), rng.uniform(5e6, 9e6, 3)])
    cities = outlook(need, np.full((8, 1), 1e8), belief=rng.uniform(20.0, 60.0, 8))
    found = bargained(book(cities), collar=(35.0, 1e6))
    sold, done = -net(found, 8)[:5], cities.supply.relief_of(found.dR)
    cost = price_of_relief(cities.supply, done)
    share = offered_share(cost + TERMS.transaction_cost, cities.banked_worth)
    assert (sold > 0).all()
    assert_allclose(sold, (done - share * need)[:5], rtol=1e-5)


@given(outlooks(), st.integers(0, 1000))
def test_the_order_of_cities_does_not_matter(cities, seed) -> None:
    count = cities.need.size
    order = np.random.default_rng(seed).permutation(count)
    links = complete(count)
    first = net(bargained(book(cities), links), count)
    second = net(bargained(book(cities.rows(order)), links[np.ix_(order, order)]), count)
    assert_allclose(second, first[order], atol=count * count + 1e-6 * cities.expected.max())


def test_the_stronger_link_carries_more() -> None:
    """Two sellers alike, links to the buyer of 1 and 5: the second serves most of it."""
    cities = outlook([4e6, -4e6, -4e6], np.full((3, 1), 1e8), TERMS)
    links = np.array([[0.0, 1.0, 5.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    found = bargained(book(cities), links, reluctance=20.0)
    first, second = found.deals.sold(3)[1:]
    assert second > 1.5 * first > 0
    assert_array_equal(bargained(book(cities), links.T, reluctance=20.0).deals.sold(3),
                       found.deals.sold(3))  # fmt: skip


def test_a_seller_of_little_gets_what_the_last_tonne_is_worth_to_a_buyer_in_great_need() -> None:
    """All of 1 Mt is sold; the buyer meets the other 8 Mt itself, at the price it then pays."""
    cities = outlook(
        [9e6, -1e6], np.full((2, 1), 1e8), FRICTIONLESS, abatement=np.array([[0.0], [0.7]])
    )
    deal = bargained(book(cities)).deals
    buyer = cities.row(0)
    worth = float(price_of_relief(buyer.supply, np.array([8e6]))[0])
    worth = min(worth, float(FRICTIONLESS.fine(cities.belief)[0]) + FADING)
    assert deal.tonnes.sum() == pytest.approx(1e6, abs=2)
    assert deal.price[0] == pytest.approx(worth, rel=0.02)


def test_quota_passes_through_a_city_between_two_others() -> None:
    """The first sells to the second, which sells on to the third: a tonne may change hands."""
    cities = outlook(
        [1e6, 1e6, 1e6],
        np.full((3, 1), 1e8),
        FRICTIONLESS,
        g=np.array([[200.0], [400.0], [1200.0]]),
    )
    chain = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    found = bargained(book(cities), chain)
    exchange = clear(book(cities), *OPEN)
    assert_allclose(net(found, 3), exchange.net_purchase, rtol=0.02, atol=2e4)
    assert found.deals.bought(3)[1] > 0
    assert found.deals.sold(3)[1] > 0


def test_others_effort_spares_a_buyer_quota() -> None:
    """A quarter of 2 Mt abated outside the market is off the buyer's need."""
    cities = outlook([-1e6, 3e6, 0.0], np.full((3, 1), 1e8), FRICTIONLESS)
    spared = np.zeros((3, 3))
    spared[2, 1] = 0.25
    trading, elsewhere = np.array([True, True, False]), np.array([0.0, 0.0, 2e6])
    alone = bargained(book(cities, trading=trading))
    together = bargained(
        book(cities, trading=trading, others_effort=spared, effort_elsewhere=elsewhere)
    )
    assert together.deals.mean_price < alone.deals.mean_price


@given(amounts(4, 1e5, 5e6), floats(0.05, 5.0))
def test_mean_and_spread_of_the_price_are_weighted_by_volume(need, reluctance) -> None:
    cities = outlook([*need, *-need], np.full((8, 1), 1e8))
    deals = bargained(book(cities), reluctance=reluctance).deals
    assume(deals.tonnes.size > 0)
    mean = (deals.tonnes * deals.price).sum() / deals.tonnes.sum()
    assert deals.mean_price == pytest.approx(mean)
    assert deals.price.min() - 1e-9 <= mean <= deals.price.max() + 1e-9
    assert deals.spread <= np.ptp(deals.price) + 1e-9


@pytest.mark.parametrize("collar", [(60.0, 1e6), (0.0, 25.0), (20.0, 150.0)])
def test_nobody_passes_quota_on_at_a_loss_even_where_the_collar_binds(collar) -> None:
    """On a chain: who buys and sells earns its 2τ between the two, within one CNY/t."""
    cities = outlook(
        [3e6, 2e6, -1e6, 4e6],
        np.full((4, 1), 1e8),
        g=np.array([[200.0], [400.0], [900.0], [1500.0]]),
    )
    chain = np.diag(np.arange(3.0, 0.0, -1.0), 1)
    deals = bargained(book(cities), chain, reluctance=0.1, collar=collar).deals
    for city in set(deals.buyer) & set(deals.seller):
        bought, sold = deals.buyer == city, deals.seller == city
        paid = np.average(deals.price[bought], weights=deals.tonnes[bought])
        earned = np.average(deals.price[sold], weights=deals.tonnes[sold])
        assert earned - paid > 2 * TERMS.transaction_cost - 1.0
