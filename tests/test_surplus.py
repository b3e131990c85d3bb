"""What trade is worth: no other division of the tonnes in a book is worth more than a market's."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import FRICTIONLESS, TERMS, amounts, book, outlooks
from numpy.testing import assert_array_equal
from scipy.optimize import linprog

from model.market.auction import auction
from model.market.bilateral import bargain
from model.market.exchange import Book, clear

OPEN = (0.0, 1e6)
"""A collar that never binds."""


@dataclass(frozen=True)
class Tranches:
    """A book cut into slices of tonnes that are worth, or asked at, about the same price."""

    worth: np.ndarray
    """Of a slice of the bids, CNY/t, after transaction cost; (k,)."""
    wanted: np.ndarray
    """t; (k, c)."""
    asked: np.ndarray
    """For a slice of the offers, CNY/t; (k + 1,)."""
    offered: np.ndarray
    """t; (k + 1, c)."""

    def of(self, net: np.ndarray) -> float:
        """Return what a division is worth if each keeps its best slices, CNY."""
        bought = filled(self.wanted[::-1], np.maximum(net, 0.0))[::-1]
        sold = filled(self.offered, np.maximum(-net, 0.0))
        return float((self.worth @ bought).sum() - (self.asked @ sold).sum())

    def most(self) -> float:
        """Return the surplus of the best of all divisions, CNY, by linear programming.

        Any slices of any bids are met from any slices of any offers, at no particular price:
        the assignment problem (Shapley & Shubik 1971), whose best no market can exceed.
        """
        unit = max(self.wanted.max(), 1.0)
        bids, offers = self.wanted.size, self.offered.size
        gains = np.concatenate(
            [
                np.repeat(self.worth, self.wanted.shape[1]),
                -np.repeat(self.asked, self.wanted.shape[1]),
            ]
        )
        room = np.concatenate([self.wanted.ravel(), self.offered.ravel()]) / unit
        balance = np.concatenate([np.ones(bids), -np.ones(offers)])[None]
        bounds = np.stack([np.zeros(bids + offers), np.maximum(room, 0.0)], axis=1)
        return -unit * linprog(-gains, A_eq=balance, b_eq=[0.0], bounds=bounds).fun


def filled(slices: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Return what an amount takes of each slice, from the first on, t; (k, c)."""
    before = np.cumsum(slices, axis=0) - slices
    taken = np.clip(amount - before, 0.0, slices)
    np.testing.assert_allclose(taken.sum(axis=0), amount, rtol=1e-6, atol=2.0)
    return taken


def ends(schedules: Book) -> np.ndarray:
    """Return the price above which each city does not bid, CNY/t: its fine less τ; (c,)."""
    terms = schedules.outlook.terms
    return terms.fine(schedules.outlook.belief) - terms.transaction_cost


def tranches(schedules: Book, price: float) -> Tranches:
    """Return the schedules cut at 60 prices, at one given, and where they jump or bend."""
    outlook, tau = schedules.outlook, schedules.outlook.terms.transaction_cost
    last = ends(schedules)
    around_worth = [share * outlook.banked_worth for share in (0.9, 1.1)]
    bends = [last, last + 1e-7, [price, tau, tau - 1e-7], *around_worth]
    top = float(last.max()) + tau + 1.0
    prices = np.unique(np.clip(np.concatenate([np.linspace(0.0, top, 60), *bends]), 0.0, top))
    wanted, offered = map(np.array, zip(*(schedules.orders(float(p)) for p in prices), strict=True))
    middle = (prices[1:] + prices[:-1]) / 2
    return Tranches(
        worth=middle,
        wanted=wanted[:-1] - wanted[1:],
        asked=np.concatenate([[0.0], middle]),
        offered=np.diff(offered, axis=0, prepend=0.0),
    )


@pytest.mark.parametrize("terms", [FRICTIONLESS, TERMS])
def test_the_exchange_reaches_the_largest_surplus_in_its_book(terms) -> None:
    """Those who value quota most buy from those who abate most cheaply (Smith 1962)."""

    @given(outlooks(terms, cities=5))
    def holds(cities) -> None:
        schedules = book(cities)
        found = clear(schedules, *OPEN)
        assume(not np.isnan(found.price))
        cut = tranches(schedules, found.price)
        assert cut.of(found.net_purchase) == pytest.approx(cut.most(), rel=1e-5, abs=10.0)

    holds()


@settings(max_examples=10)
@given(outlooks(cities=5), st.data())
def test_pairwise_trade_is_worth_no_more_than_the_best_division(cities, data) -> None:
    """Any graph of links; τ on what is passed on is not even counted."""
    count = cities.need.size
    weight = 1.0 + np.random.default_rng(1).random((count, count))
    links = np.where(data.draw(arrays(np.bool_, (count, count))), weight, 0.0)
    schedules = book(cities)
    found = bargain(schedules, np.full(count, 10**9), links, *OPEN, 4).deals
    assume(found.tonnes.size > 0)
    net = (found.bought(count) - found.sold(count)).astype(np.float64)
    cut = tranches(schedules, found.mean_price)
    assert 0.0 < cut.of(net) <= cut.most() * (1 + 1e-5) + 10.0


@given(outlooks(), amounts(6, 0.0, 1e7))
def test_money_and_quota_stay_whole_when_the_exchange_deals_in_tonnes(cities, in_hand) -> None:
    """Sales pay for purchases to the yuan, and nobody sells what it does not hold."""
    held = np.floor(in_hand[: cities.need.size]).astype(np.int64)
    found = clear(book(cities), *OPEN)
    net = found.in_whole_tonnes(held)
    assert net.sum() == 0
    assert (held + net >= 0).all()
    assert (np.maximum(net, 0) <= np.ceil(np.maximum(found.net_purchase, 0.0))).all()
    if net.any():
        payment = found.price * net
        assert abs(payment.sum()) <= 1e-9 * np.abs(payment).sum()


unit_bids = st.lists(
    st.lists(st.integers(1, 9), min_size=1, max_size=4), min_size=1, max_size=4
)  # prices of the single tonnes each bidder asks for


@given(unit_bids, st.integers(1, 10), st.integers(0, 4))
def test_the_auction_sells_the_dearest_tonnes_at_the_first_bid_it_rejects(
    bids, supply, lowest
) -> None:
    """Uniform price = highest losing bid (Krishna 2010, chapter 12), by sorting single tonnes."""

    def schedule(price: float) -> np.ndarray:
        return np.array([sum(worth >= price for worth in tonnes) for tonnes in bids], dtype=float)

    dearest = sorted((w for tonnes in bids for w in tonnes if w >= lowest), reverse=True)
    sale = auction(schedule, supply, float(lowest), np.inf)
    price = dearest[supply] if len(dearest) > supply else lowest
    sold = min(supply, len(dearest))
    if sold == 0:
        assert_array_equal(sale.bought, 0.0)
        return
    assert sale.price == pytest.approx(price, abs=1e-6)
    assert sale.price * sale.bought.sum() == pytest.approx(price * sold, abs=1e-4)
    for tonnes, got in zip(bids, sale.bought, strict=True):
        above, at = sum(w > price for w in tonnes), sum(w == price for w in tonnes)
        assert above - 1e-6 <= got <= above + at + 1e-6
