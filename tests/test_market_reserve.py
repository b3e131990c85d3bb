"""The market reserve: sells at the ceiling, buys at the floor, does nothing between."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import FRICTIONLESS, TERMS, book, floats, outlook, outlooks
from numpy.testing import assert_array_equal

from model.market.exchange import clear
from model.market.market_reserve import NO_BACKSTOP, Backstop
from model.quota.ledger import Ledger, Overdrawn

TREND = np.full((3, 1), 1e8)


@given(outlooks(), floats(1.0, 60.0), floats(0.0, 60.0), st.integers(0, 10**7), st.booleans())
def test_city_trade_and_the_reserve_add_up_to_the_tonne(cities, floor, width, holds, buys) -> None:
    found = clear(book(cities), floor, floor + width, Backstop(holds, buys))
    held = np.full(cities.need.size, 10**9)
    net = found.in_whole_tonnes(held)
    assert abs(int(net.sum()) - found.released) <= 1
    assert net.sum() <= holds
    assert buys or net.sum() >= 0
    assert abs(found.net_purchase.sum() - found.released) <= 1e-6 * max(
        np.abs(found.net_purchase).sum(), 1.0
    )


@given(outlooks(), floats(0.0, 60.0), floats(0.0, 400.0))
def test_an_empty_reserve_changes_nothing(cities, floor, width) -> None:
    usual = clear(book(cities), floor, floor + width)
    idle = clear(book(cities), floor, floor + width, Backstop(0, buys=False))
    assert_array_equal(idle.net_purchase, usual.net_purchase)
    assert_array_equal(idle.dR, usual.dR)


def test_at_the_ceiling_the_reserve_serves_those_who_would_be_rationed() -> None:
    cities = outlook([4e6, 2e6, -1e6], TREND, FRICTIONLESS)
    ceiling = clear(book(cities), 0.0, 1e6).price / 2
    short = clear(book(cities), 0.0, ceiling)
    assert short.rationed_buyers.any()
    ample = clear(book(cities), 0.0, ceiling, Backstop(10**8))
    assert not ample.rationed_buyers.any()
    assert ample.price == ceiling
    bid, offer = book(cities).orders(ceiling)
    assert ample.released == pytest.approx(bid.sum() - offer.sum())
    part = clear(book(cities), 0.0, ceiling, Backstop(10**5))
    assert part.released == 1e5
    assert part.rationed_buyers.any()
    assert int(part.in_whole_tonnes(np.full(3, 10**9)).sum()) == 10**5


def test_at_the_floor_the_reserve_buys_what_nobody_else_wants() -> None:
    cities = outlook([2e6, -3e6, -6e6], TREND, FRICTIONLESS)
    idle, buying = (clear(book(cities), 30.0, 500.0, Backstop(0, buys)) for buys in (False, True))
    assert idle.rationed_sellers.any()
    assert not buying.rationed_sellers.any()
    bid, offer = book(cities).orders(30.0)
    assert buying.released == pytest.approx(bid.sum() - offer.sum())
    held = np.array([0, 10**9, 10**9])
    assert int(buying.in_whole_tonnes(held).sum()) == pytest.approx(buying.released, abs=1)


def test_where_the_floor_is_below_the_transaction_cost_it_buys_at_that_cost() -> None:
    """Nobody sells for less, so that is the lowest price there is; nothing can be banked here."""
    cities = outlook([2e4, -3e6, -6e6], TREND, replace(TERMS, bank_limit=0.0))
    tau = TERMS.transaction_cost
    found = clear(book(cities), tau / 2, 500.0, Backstop(0, buys=True))
    assert found.price == tau
    assert found.released < 0
    assert clear(book(cities), 0.0, 500.0, Backstop(0, buys=True)).released == 0


def test_with_a_floor_that_is_bought_at_surplus_alone_has_a_price() -> None:
    cities = outlook([-3e6, -6e6, -1e6], TREND, FRICTIONLESS)
    assert np.isnan(clear(book(cities), 30.0, 500.0).price)
    bought = clear(book(cities), 30.0, 500.0, Backstop(0, buys=True))
    assert bought.price == 30.0
    assert bought.in_whole_tonnes(np.full(3, 10**9)).sum() < 0


def test_within_the_collar_and_without_a_floor_nothing_is_done() -> None:
    reserve = Backstop(100, buys=True)
    assert reserve.released(50.0, 40.0, 20.0, 60.0) == 0.0
    assert reserve.released(-50.0, 0.0, 0.0, 60.0) == 0.0
    assert reserve.released(50.0, 60.0, 20.0, 60.0) == 50.0
    assert reserve.released(500.0, 60.0, 20.0, 60.0) == 100.0
    assert reserve.released(-50.0, 20.0, 20.0, 60.0) == -50.0
    assert NO_BACKSTOP.released(-50.0, 20.0, 20.0, 60.0) == 0.0


def test_the_reserve_releases_no_more_than_it_holds() -> None:
    ledger = Ledger(held=np.array([5, 5])).issue(np.array([0, 0]), market_reserve=3)
    assert ledger.trade(np.array([4, -1]), 3).market_reserve == 0
    with pytest.raises(Overdrawn, match="must release 4 t but holds 3 t"):
        ledger.trade(np.array([4, 0]), 4)
