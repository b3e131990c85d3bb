"""The auction of part of the cap: one price, no other division worth more."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import TERMS, amounts, book, floats, outlook, outlooks
from numpy.testing import assert_allclose, assert_array_equal

from model.market.auction import CityBids, auction, wanted_bank
from model.market.exchange import Book
from scenarios import read_scenario
from simulation.laboratory import Laboratory

NO_LIMIT = np.inf


def bids_of(book: Book, limit: np.ndarray) -> CityBids:
    return CityBids(book, book.traders(), limit)


class UnitBids:
    """Bidders that each ask for some tonnes up to a price of their own."""

    def __init__(self, tonnes, prices) -> None:
        self.tonnes, self.prices = np.asarray(tonnes, dtype=float), np.asarray(prices, dtype=float)

    def __call__(self, price: float) -> np.ndarray:
        return np.where(price <= self.prices, self.tonnes, 0.0)


small_bids = st.integers(1, 4).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(1, 3), min_size=n, max_size=n),
        st.lists(st.integers(1, 6), min_size=n, max_size=n),
    )
)


@given(small_bids, st.integers(1, 8), floats(0.0, 4.0))
def test_no_division_of_the_supply_has_a_larger_surplus(bids, supply, lowest) -> None:
    """Brute force over all whole-tonne divisions among up to four bidders."""
    tonnes, prices = (np.array(part) for part in bids)
    sale = auction(UnitBids(tonnes, prices), supply, lowest, NO_LIMIT)
    gains = prices - lowest
    best = max(
        float((np.array(division) * gains).sum())
        for division in product(*(range(most + 1) for most in tonnes))
        if sum(division) <= supply
    )
    assert (sale.bought * gains).sum() == pytest.approx(best, abs=1e-6)
    assert sale.bought.sum() <= supply * (1 + 1e-12)
    assert (sale.bought <= tonnes + 1e-9).all()
    if sale.bought.any():
        assert (prices[sale.bought > 1e-9] >= sale.price - 1e-6).all()


@given(outlooks(), st.integers(0, 10**7), floats(0.0, 80.0), floats(80.0, 500.0), st.data())
def test_the_price_stays_in_its_bounds_and_nobody_gets_more_than_it_bid(
    cities, supply, lowest, highest, data
) -> None:
    count = cities.need.size
    limit = data.draw(amounts(count, 0.0, 300.0))
    trading = data.draw(arrays(np.bool_, count))
    bids = bids_of(book(cities, trading=trading), limit)
    sale = auction(bids, supply, lowest, highest)
    assert sale.bought.sum() <= supply * (1 + 1e-9)
    assert_allclose(sale.bought[np.tile(~trading, 2)], 0.0)
    assert (sale.short >= -1e-6).all()
    if not np.isnan(sale.price):
        assert lowest <= sale.price <= highest
        assert (sale.bought <= bids(sale.price) * (1 + 1e-9)).all()
        wanted = bids(sale.price).sum()
        assert sale.bought.sum() == pytest.approx(min(wanted, supply), rel=1e-6)


@given(outlooks(), st.integers(1, 10**7), st.integers(0, 100))
def test_the_order_of_bids_does_not_matter(cities, supply, seed) -> None:
    count = cities.need.size
    order = np.random.default_rng(seed).permutation(count)
    limit = np.full(count, np.inf)
    first = auction(bids_of(book(cities), limit), supply, 0.0, NO_LIMIT)
    second = auction(bids_of(book(cities.rows(order)), limit), supply, 0.0, NO_LIMIT)
    assert second.price == pytest.approx(first.price, rel=1e-6, abs=1e-6, nan_ok=True)
    both = np.concatenate([order, count + order])
    assert_allclose(second.bought, first.bought[both], rtol=1e-5, atol=1e-5 * supply)


@given(outlooks(), st.integers(1, 10**7))
def test_a_larger_supply_never_raises_the_price(cities, supply) -> None:
    bids = bids_of(book(cities), np.full(cities.need.size, np.inf))
    scarce, ample = (auction(bids, amount, 1.0, NO_LIMIT) for amount in (supply, 2 * supply))
    if not np.isnan(scarce.price + ample.price):
        assert ample.price <= scarce.price * (1 + 1e-6)


def test_what_nobody_asks_for_at_the_reserve_price_stays_unsold() -> None:
    sale = auction(UnitBids([3, 2], [50, 20]), 10, 30.0, NO_LIMIT)
    assert (sale.price, sale.bought.tolist()) == (30.0, [3.0, 0.0])
    none = auction(UnitBids([3, 2], [25, 20]), 10, 30.0, NO_LIMIT)
    assert np.isnan(none.price)
    assert_array_equal(none.bought, 0.0)


def test_bids_at_the_price_share_what_those_above_it_leave() -> None:
    sale = auction(UnitBids([4, 4, 2], [50, 30, 30]), 7, 0.0, NO_LIMIT)
    assert sale.price == pytest.approx(30.0)
    assert_allclose(sale.bought, [4.0, 2.0, 1.0])
    assert_allclose(sale.short, [0.0, 2.0, 1.0])


def test_at_the_ceiling_all_are_rationed_alike() -> None:
    sale = auction(UnitBids([4, 4], [50, 30]), 4, 0.0, 20.0)
    assert sale.price == 20.0
    assert_allclose(sale.bought, [2.0, 2.0])


def test_a_bank_is_wanted_until_it_is_worth_the_price() -> None:
    """Worth 0.95 · 60 · 0.9 CNY/t when empty, nothing at 20 % of liability; τ = 5 CNY/t."""
    cities = outlook([1e6, 0.0, -1e7], np.full((3, 1), 1e8))
    worth = 0.95 * 60.0 * 0.9
    half = worth / 2 - TERMS.transaction_cost
    assert_allclose(wanted_bank(cities, half), [1e7, 1e7, 0.0])
    assert_allclose(wanted_bank(cities, worth), 0.0)
    worthless = replace(cities, belief=np.zeros(3), later_price=np.zeros(3))
    assert_array_equal(wanted_bank(worthless, 0.0), 0.0)


def test_bids_that_all_end_at_nothing_are_worth_nothing() -> None:
    """Nobody pays for what no fine makes it need: the search for the price ends all the same."""

    def bids(price: float) -> np.ndarray:
        return np.where(price <= 0.0, np.array([5e6, 5e6]), 0.0)

    sale = auction(bids, 10**6, 0.0, 100.0)
    assert sale.price == pytest.approx(0.0, abs=1e-8)
    assert sale.bought.sum() == pytest.approx(10**6)


def test_after_an_auction_cities_learn_the_price_of_the_exchange(small) -> None:
    """A fifth of the way to it: learning the mean of both, they would learn their own bids."""
    words = {"market.institution": "auction", "market.auction.share": 0.5}
    run = Laboratory(small).run(read_scenario("default", words), 1)
    nation = run.national.set_index("year")
    left = nation["volume"] - nation["auction_sold"]
    spent = nation["price"] * nation["volume"] - nation["auction_revenue"]
    there = (spent / left)[left >= 1]
    beliefs = run.cities.pivot(index="year", columns="city", values="belief")
    speed = read_scenario("default").behaviour.belief_speed
    seen = (beliefs - (1 - speed) * beliefs.shift()) / speed
    assert len(there) >= 3
    for year in there.index:
        assert np.isclose(seen.loc[year], there[year], rtol=1e-6).any(), year
