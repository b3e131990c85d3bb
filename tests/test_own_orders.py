"""Orders of single cities in bilateral trade: those of the exchange, with their slopes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, book, floats, outlook, outlooks
from numpy.testing import assert_allclose
from scipy.optimize import brentq

from model.market.own_orders import FADING, OwnOrders, own_orders

PLENTY = 10**9


def orders_of(cities, held: int = PLENTY) -> OwnOrders:
    count = cities.need.size
    return own_orders(book(cities), np.arange(count), np.full(count, held))


@given(outlooks(), floats(FADING, 300.0))
def test_before_any_deal_each_bids_and_offers_what_it_does_at_the_exchange(cities, worth) -> None:
    """At a worth v it bids what it would at a price of v − τ and offers what it would at v + τ."""
    tau, mine = cities.terms.transaction_cost, orders_of(cities)
    at_exchange = book(cities).traders()
    bid, offer = at_exchange.orders(worth - tau)[0], at_exchange.orders(worth + tau)[1]
    found, _ = mine.excess(np.full(cities.need.shape, worth))
    below_fine = worth <= mine.fine
    assert_allclose(
        found[below_fine],
        (bid - np.minimum(offer, PLENTY))[below_fine],
        rtol=1e-9,
        atol=1e-9 * cities.expected.max(),
    )


@given(outlooks(), st.data(), st.sampled_from([10**5, PLENTY]))
def test_the_slope_is_that_of_the_schedule_where_it_has_no_kink(cities, data, held) -> None:
    mine, beside = orders_of(cities, held), 1e-3
    worth = data.draw(amounts(cities.need.size, 0.0, 400.0))
    here, fall = mine.excess(worth)
    before, after = (mine.excess(worth + step)[0] for step in (-beside, beside))
    down, up = (before - here) / beside, (here - after) / beside
    smooth = np.abs(down - up) <= 1e-3 * np.maximum(np.abs(down), 1.0)
    assert_allclose(fall[smooth], down[smooth], rtol=2e-3, atol=2.0)
    assert (fall >= 0.0).all()


@given(outlooks(), st.data())
def test_the_more_a_tonne_is_worth_the_less_a_city_takes_over(cities, data) -> None:
    mine = orders_of(cities)
    worth, more = (data.draw(amounts(cities.need.size, 0.0, 400.0)) for _ in range(2))
    rounding = 1e-12 * cities.expected.max()
    assert (mine.excess(worth + more)[0] <= mine.excess(worth)[0] + rounding).all()


@given(floats(0.0, 1.0), floats(0.0, 100.0))
def test_who_sold_from_a_surplus_abates_along_its_offer(part, start) -> None:
    """Sold is what it offers of the surplus and abates at one worth, whatever the floor left."""
    cities = outlook([-2e6, 5e6], np.full((2, 1), 1e8))
    mine = orders_of(cities)
    least, most = (-mine.excess(np.full(2, v))[0][0] for v in (FADING, 1.05 * mine.banked[0]))
    tonnes = int(least + 1 + part * (most - least - 1))
    sold = mine.after(np.array([1]), np.array([0]), np.array([tonnes]))
    worth = brentq(lambda v: mine.excess(np.array([v, v]))[0][0] + tonnes, FADING, 500.0, xtol=1e-9)
    done = cities.supply.relief_of(sold.abatement(np.full(2, start)))
    alone = cities.supply.relief(np.full(2, worth))
    assert done[0] == pytest.approx(alone[0], rel=1e-5, abs=5.0)
    assert done[1] == pytest.approx(max(5e6 - tonnes, 0.0), rel=1e-9, abs=1e-3)


def test_a_seller_stands_from_the_price_that_pays_its_cost_of_trading_on() -> None:
    """A surplus that is worth less banked than τ is on offer at τ, and a hair below it is not."""
    cities = outlook([-2e6, 5e6], np.full((2, 1), 1e8), belief=np.full(2, 5.0))
    mine = orders_of(cities)
    assert mine.banked[0] < mine.tau / 1.1
    assert mine.standing_at(mine.tau)[1].tolist() == [True, False]
    assert not mine.standing_at(np.nextafter(mine.tau, 0.0))[1].any()
