"""The exchange: one clearing price, and who trades what at it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import FRICTIONLESS, TERMS, amounts, book, floats, outlook, outlooks
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.outlook import Outlook
from model.market.exchange import Book, Clearing, clear

OPEN = (0.0, 1e6)
"""A collar that never binds."""

TWO_CITIES = {"g": np.array([[200.0], [800.0]]), "trend": np.full((2, 1), 1e8)}
"""Of equal size; to abate is four times as dear in the second."""


@st.composite
def books(draw, terms=TERMS, least_need: float = -0.1) -> Book:
    """Draw schedules of cities some of which stay away and some of which spare others effort."""
    cities = draw(outlooks(terms, least_need))
    count = cities.need.size
    spared = draw(amounts((count, count), 0.0, 0.1)) * (1 - np.eye(count))
    return book(
        cities,
        trading=draw(arrays(np.bool_, count)),
        others_effort=spared if draw(st.booleans()) else None,
        effort_elsewhere=draw(amounts(count, 0.0, 1e5)),
    )


def mac(outlook: Outlook, dR: np.ndarray) -> np.ndarray:
    """Return the marginal cost of one tonne off own liability, CNY/t; (c, m)."""
    supply = outlook.supply
    return (-supply.g * np.log(1 - supply.R - dR) + supply.slope * dR) / supply.own


def volume(clearing: Clearing) -> float:
    return float(np.maximum(clearing.net_purchase, 0.0).sum())


@given(books(), floats(0.0, 60.0), floats(60.0, 400.0))
def test_purchases_equal_sales(book, floor, ceiling) -> None:
    found = clear(book, floor, ceiling)
    assert abs(found.net_purchase.sum()) <= 1e-9 * max(volume(found), 1.0)


@given(books(), floats(0.0, 150.0), floats(0.0, 150.0))
def test_floor_and_ceiling_hold(book, floor, width) -> None:
    found = clear(book, floor, floor + width)
    if not np.isnan(found.price):
        assert floor <= found.price <= floor + width


@pytest.mark.parametrize("need", [2e5, 2e6])
@pytest.mark.parametrize("both_sides", [False, True])
def test_a_seller_whose_fine_is_low_abates_what_it_has_sold(need, both_sides) -> None:
    """One that fears a fine of 20 CNY/t sells to one that fears 150, and abates for it."""
    law = replace(TERMS, penalty_multiple=1.0, deduction=0.0, reference_price=20.0)
    trend, belief = np.full((2, 1), 1e8), np.array([20.0, 150.0])
    cities = outlook([need, 8e6], trend, law, belief=belief)
    found = clear(book(cities, others_effort=np.zeros((2, 2)) if both_sides else None), *OPEN)
    assert found.price - law.transaction_cost > cities.fine[0]
    sold = -found.net_purchase[0]
    assert sold > 1e6
    assert cities.supply.relief_of(found.dR)[0] - need == pytest.approx(sold, rel=1e-6)


LAWS = [
    replace(TERMS, penalty_multiple=fine, deduction=deduction, transaction_cost=tau)
    for fine in (0.3, 1.0, 3.0)
    for deduction in (0.0, 1.0)
    for tau in (0.0, 5.0)
]
"""From laws whose fine lies below what quota costs to the default."""


@given(st.sampled_from(LAWS).flatmap(outlooks), st.booleans(), floats(0.0, 150.0))
def test_nobody_sells_more_than_its_surplus_and_its_abatement_bring(cities, asked, floor) -> None:
    """A seller abates to the price less τ even where its own fine is lower."""
    nobody = np.zeros((cities.need.size, cities.need.size))
    found = clear(book(cities, others_effort=nobody if asked else None), floor, 1e6)
    left = cities.supply.relief_of(found.dR) - cities.need
    assert (-found.net_purchase <= np.maximum(left, 0.0) + 1e-9 * cities.expected).all()


@given(st.sampled_from(LAWS).flatmap(outlooks), floats(0.0, 400.0))
def test_the_price_of_its_need_says_what_a_city_bids_and_offers(cities, price) -> None:
    """Asked on both sides of the price, as where effort elsewhere moves needs, it answers alike."""
    nobody = np.zeros((cities.need.size, cities.need.size))
    short, long = book(cities), book(cities, others_effort=nobody)
    tonnes = 1e-9 * cities.expected
    for one, other in zip(short.orders(price), long.orders(price), strict=True):
        assert (np.abs(one - other) <= tonnes).all()
    first, second = clear(short, *OPEN), clear(long, *OPEN)
    assert second.price == pytest.approx(first.price, rel=1e-9, nan_ok=True)
    assert (np.abs(first.net_purchase - second.net_purchase) <= 1e-6 * cities.expected).all()
    assert_allclose(first.dR, second.dR, atol=1e-9)


@given(books())
def test_who_stays_away_neither_trades_nor_abates(book) -> None:
    found = clear(book, *OPEN)
    away = ~book.trading
    assert_array_equal(found.net_purchase[away], 0.0)
    assert_array_equal(found.dR[away], 0.0)
    assert not found.ordered[away].any()


@given(books())
@settings(suppress_health_check=[HealthCheck.filter_too_much])
def test_nobody_buys_and_sells_or_trades_more_than_it_ordered(book) -> None:
    found = clear(book, *OPEN)
    assume(not np.isnan(found.price))
    bid, offer = book.orders(found.price)
    assert (bid * offer == 0).all()
    assert (found.net_purchase <= bid * (1 + 1e-12)).all()
    assert (-found.net_purchase <= offer * (1 + 1e-12)).all()
    assert_array_equal(found.ordered, (bid >= 0.5) | (offer >= 0.5))


@given(outlooks())
def test_no_other_price_would_move_more_quota(cities) -> None:
    """The clearing price maximises min(demand, supply): uniform-price double auction."""
    asked = book(cities)
    found = clear(asked, *OPEN)
    for price in np.linspace(0.0, 700.0, 141):
        possible = min(float(orders.sum()) for orders in asked.orders(float(price)))
        assert possible <= volume(found) * (1 + 1e-4) + 1.0


@given(outlooks(FRICTIONLESS, least_need=1e-3))
def test_the_price_lies_between_the_marginal_costs_without_trade(cities) -> None:
    found = clear(book(cities), *OPEN)
    assume(not np.isnan(found.price))
    alone = cities.own_price
    assert alone.min() - 1e-5 <= found.price <= alone.max() + 1e-5


@given(outlooks(FRICTIONLESS))
def test_without_frictions_every_participant_abates_up_to_the_price(cities) -> None:
    """Montgomery (1972): the market equalises marginal costs, whoever held the quota before."""
    found = clear(book(cities), *OPEN)
    assume(not np.isnan(found.price))
    interior = (found.dR > 0) & (found.dR < cities.supply.room)
    interior &= (found.price <= FRICTIONLESS.fine(cities.belief))[:, None]
    assert_allclose(mac(cities, found.dR)[interior], found.price, rtol=1e-8, atol=1e-8)


@given(outlooks(FRICTIONLESS), st.integers(0, 1000))
def test_without_frictions_the_allocation_does_not_move_price_or_abatement(cities, seed) -> None:
    """Montgomery (1972), Coase (1960): quota handed from one to another in need moves nothing."""
    share = np.random.default_rng(seed).dirichlet(np.ones(cities.need.size))
    need = np.maximum(cities.need, 0.0)
    given_away = [replace(cities, need=n) for n in (need, need.sum() * share)]
    first, second = (clear(book(one), *OPEN) for one in given_away)
    assume(not np.isnan(first.price + second.price))
    fine = FRICTIONLESS.fine(cities.belief).min()
    assume(max(first.price, second.price) < fine - 1e-3)
    assert first.price == pytest.approx(second.price, rel=1e-5)
    assert_allclose(first.dR, second.dR, atol=1e-6)


@given(books(), st.integers(0, 1000))
def test_shuffling_cities_shuffles_the_outcome(book, seed) -> None:
    order = np.random.default_rng(seed).permutation(book.outlook.need.size)
    spared = book.others_effort
    shuffled = Book(
        outlook=book.outlook.rows(order),
        trading=book.trading[order],
        others_effort=spared if spared is None else spared[np.ix_(order, order)],
        effort_elsewhere=book.effort_elsewhere[order],
    )
    first, second = clear(book, *OPEN), clear(shuffled, *OPEN)
    assert second.price == pytest.approx(first.price, abs=2e-6, nan_ok=True)
    scale = max(volume(first), 1.0)
    assert_allclose(second.net_purchase, first.net_purchase[order], atol=1e-5 * scale)
    assert_allclose(second.dR, first.dR[order], atol=1e-7)


@pytest.mark.parametrize("terms", [FRICTIONLESS, TERMS])
def test_identical_cities_do_not_trade_but_meet_their_own_need(terms) -> None:
    same = outlook(np.full(4, 2e6), np.full((4, 2), 5e7), terms)
    found = clear(book(same), *OPEN)
    assert np.isnan(found.price)
    assert_array_equal(found.net_purchase, 0.0)
    assert_allclose((found.dR * same.trend).sum(axis=1), same.need, rtol=1e-6)


def test_the_cheaper_city_sells_to_the_dearer_one() -> None:
    cities = outlook([1e6, 1e6], terms=FRICTIONLESS, **TWO_CITIES)
    found = clear(book(cities), *OPEN)
    assert found.net_purchase[0] < -1e4
    assert found.net_purchase[1] == -found.net_purchase[0]
    met = (found.dR * cities.trend).sum(axis=1) + found.net_purchase
    assert_allclose(met, cities.need, rtol=1e-6)


@pytest.mark.parametrize("need", [[0.0, 0.0], [-1e6, -2e6], [0.0, -5e6]])
def test_nothing_changes_hands_when_nobody_needs_anything(need: list[float]) -> None:
    found = clear(book(outlook(need, **TWO_CITIES)), *OPEN)
    assert np.isnan(found.price)
    assert_array_equal(found.net_purchase, 0.0)


@pytest.mark.parametrize("terms", [FRICTIONLESS, TERMS])
def test_without_a_buyer_nobody_abates_in_order_to_sell(terms) -> None:
    cities = outlook([0.0, -5e6], terms=terms, **TWO_CITIES)
    assert_array_equal(clear(book(cities), 50.0, 150.0).dR, 0.0)


def test_at_the_ceiling_buyers_are_rationed_pro_rata() -> None:
    trend = np.full((3, 1), 1e8)
    cities = outlook([4e6, 2e6, -1e6], trend, FRICTIONLESS)
    free = clear(book(cities), *OPEN)
    ceiling = free.price / 2
    found = clear(book(cities), 0.0, ceiling)
    bid, offer = book(cities).orders(ceiling)
    assert found.price == ceiling
    assert_allclose(found.net_purchase[:2] / bid[:2], offer[2] / bid.sum())
    assert_allclose(found.net_purchase[2], -offer[2])
    assert_array_equal(found.rationed_buyers, [True, True, False])
    assert not found.rationed_sellers.any()


def test_at_the_floor_sellers_are_rationed_pro_rata() -> None:
    cities = outlook([2e6, -3e6, -6e6], np.full((3, 1), 1e8), FRICTIONLESS)
    floor = 30.0
    bid, offer = book(cities).orders(floor)
    assert bid.sum() < offer.sum()
    found = clear(book(cities), floor, 500.0)
    assert found.price == floor
    assert_allclose(found.net_purchase[0], bid[0])
    assert_allclose(-found.net_purchase[1:] / offer[1:], bid.sum() / offer.sum())
    assert_array_equal(found.rationed_sellers, [False, True, True])
    assert not found.rationed_buyers.any()


def abated(cities: Outlook, found: Clearing) -> np.ndarray:
    """Return the liability that abatement takes off, t; (c,)."""
    return (found.dR * cities.trend).sum(axis=1)


def test_at_the_floor_nobody_abates_for_quota_that_nobody_bought() -> None:
    """A city without surplus that needs little sells what it can, and abates no more than that."""
    trend = np.full((2, 1), 1e8)
    cities = outlook([2e6, 1e5], trend, FRICTIONLESS, g=np.array([[5000.0], [50.0]]))
    free = clear(book(cities), *OPEN)
    found = clear(book(cities), 4 * free.price, 1e4)
    assert_array_equal(found.rationed_sellers, [False, True])
    assert 0 < volume(found) < volume(free)
    assert_allclose(abated(cities, found) + found.net_purchase, cities.need, rtol=1e-9)


def test_at_the_ceiling_who_is_not_served_abates_up_to_the_fine() -> None:
    """As it would without a market: quota that cannot be had spares nobody any effort."""
    trend = np.full((3, 1), 1e8)
    cities = outlook([4e6, 2e6, -1e6], trend, FRICTIONLESS)
    found = clear(book(cities), 0.0, clear(book(cities), *OPEN).price / 2)
    assert (mac(cities, found.dR)[:2, 0] < cities.fine[:2]).all()
    assert_allclose((abated(cities, found) + found.net_purchase)[:2], cities.need[:2], rtol=1e-9)
    hard = outlook([4e6, 2e6, -1e5], trend, FRICTIONLESS, g=np.full((3, 1), 20_000.0))
    found = clear(book(hard), 0.0, 20.0)
    assert_allclose(mac(hard, found.dR)[:2, 0], hard.fine[:2], rtol=1e-6)


def test_below_one_tonne_nobody_abates_in_order_to_sell() -> None:
    done = np.array([[0.7], [0.0]])
    cities = outlook([0.4, 0.0], np.array([[1e6], [1e8]]), FRICTIONLESS, abatement=done)
    found = clear(book(cities), *OPEN)
    assert np.isnan(found.price)
    assert_array_equal(found.dR[1], 0.0)


def test_nobody_bids_above_the_fine_it_expects() -> None:
    cities = outlook([9e6, -1e6], **TWO_CITIES)
    fine = float(TERMS.fine(cities.belief)[0])
    tau = TERMS.transaction_cost
    assert book(cities).orders(fine - tau)[0][0] > 0
    assert book(cities).orders(fine - tau + 0.01)[0][0] == 0.0


def test_quota_in_hand_is_offered_from_none_to_all_around_its_worth() -> None:
    """None at 0.9 of a banked tonne's worth, half at its worth, all at 1.1 of it."""
    cities = outlook([-1e6], [[1e8]], FRICTIONLESS, abatement=np.array([[0.7]]))
    worth = float(cities.banked_worth[0])
    offers = [book(cities).orders(share * worth)[1][0] for share in (0.5, 0.9, 1.0, 1.1, 2.0)]
    assert_allclose(offers, [0.0, 0.0, 0.5e6, 1e6, 1e6], atol=1e-3)


@pytest.mark.parametrize(("need", "traded"), [(1.0, True), (0.999999, False)])
def test_the_least_that_is_traded_is_one_tonne(need, traded) -> None:
    """Both cities have abated all they can: the buyer bids for its need, whatever the price."""
    done = np.full((2, 1), 0.7)
    cities = outlook([need, -1e6], np.full((2, 1), 1e8), FRICTIONLESS, abatement=done)
    found = clear(book(cities), *OPEN)
    assert np.isfinite(found.price) == traded


def test_nobody_sells_below_the_transaction_cost() -> None:
    """Even quota that cannot be banked."""
    cities = outlook([9e6, -1e6], terms=replace(TERMS, bank_limit=0.0), **TWO_CITIES)
    assert book(cities).orders(TERMS.transaction_cost - 0.01)[1].sum() == 0.0
    assert book(cities).orders(TERMS.transaction_cost)[1].sum() > 0.0


def test_others_effort_spares_a_buyer_quota() -> None:
    """ω C[r,s]/D_pba[r] of each tonne that r abates is off the need of s."""
    cities = outlook([-1e6, 3e6], terms=FRICTIONLESS, **TWO_CITIES)
    spared = np.array([[0.0, 0.25], [0.0, 0.0]])
    asked = book(cities, others_effort=spared, effort_elsewhere=np.array([1e5, 0.0]))
    step = cities.supply.step(np.full(2, 50.0))
    relief = 0.25 * (step[0, 0] * 1e8 + 1e5)
    assert_allclose(asked.traders().need_at(50.0), [-1e6, 3e6 - relief])
    assert clear(asked, *OPEN).price < clear(book(cities), *OPEN).price
