"""Schedules of single cities: what each would buy and sell at any price of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from model.arrays import (
    AtPrices,
    BetweenCities,
    ByCity,
    ByCityLever,
    Indices,
    Mask,
    Tonnes,
    Vector,
    Whole,
)
from model.exchange import Book, offered_share
from model.outlook import Outlook

STEPS = 256
"""Steps of the table of prices in which a city states its schedule."""


BISECTIONS = 32
"""Halvings in search of a price: to less than a millionth of a yuan."""


@dataclass(frozen=True, slots=True)
class Schedules:
    """The schedules of those who trade, given what they have already bought; one row a city.

    A city that must cover its need n, holds q from deals so far (negative is sold) and abates
    relief(p) at a price, bids (n − relief(p + τ) − q)⁺ and offers
    (q + relief(p − τ) − n⁺ + h(p) (−n)⁺)⁺, as at the exchange where q = 0.
    """

    outlook: Outlook
    held: Tonnes
    """Quota in hand before the first deal; (c,)."""
    net: Tonnes
    """q: bought (positive) or sold so far; (c,)."""
    need: ByCity
    """n: need less what others' effort, as they plan it by now, takes off it, t; (c,)."""
    fine: ByCity
    """What each expects a found tonne to cost, CNY/t; (c,)."""
    worth: ByCity
    """Worth of a banked tonne, CNY/t; (c,)."""
    top: float
    """Highest price of the tables, CNY/t: above every fine."""
    relief: AtPrices
    """Own liability taken off by abatement at the prices of the table, t; (price, c)."""
    effort: AtPrices
    """Tonnes abated at the same prices, t; (price, c)."""
    others_effort: BetweenCities
    """As in the book, among those who trade."""
    spared: ByCity
    """What the effort of those outside the market takes off the need, t; (c,)."""

    @property
    def untouched(self) -> Mask:
        """Who has bought and sold the same amount so far, or nothing; (c,)."""
        return self.net == 0

    def bid(self, price: Vector, who: Indices) -> Vector:
        """Return what some cities ask for, each at a price of its own, t."""
        tau = self.outlook.terms.transaction_cost
        wanted = self.need[who] - self._table(self.relief, price + tau, who) - self.net[who]
        return np.where(price + tau <= self.fine[who], np.maximum(wanted, 0.0), 0.0)

    def offer(self, price: Vector, who: Indices) -> Vector:
        """Return what some cities sell, each at a price of its own, t; never more than held."""
        tau = self.outlook.terms.transaction_cost
        need, worth = self.need[who], self.worth[who]
        spare = self._table(self.relief, np.maximum(price - tau, 0.0), who)
        spare = spare - np.maximum(need, 0.0) + offered_share(price, worth) * np.maximum(-need, 0.0)
        spare = np.clip(spare + self.net[who], 0.0, self.held[who] + self.net[who])
        return np.where(price >= tau, spare, 0.0)

    def highest_bid(self) -> ByCity:
        """Return the highest price at which each would still buy a tonne, CNY/t; (c,)."""
        who = np.arange(self.net.size)
        most = self.fine - self.outlook.terms.transaction_cost
        return bisected(np.zeros(who.size), most, lambda price: self.bid(price, who) >= 1.0)[0]

    def lowest_ask(self) -> ByCity:
        """Return the lowest price at which each would sell a tonne; infinite if none; (c,)."""
        who = np.arange(self.net.size)
        least = np.full(who.size, self.outlook.terms.transaction_cost)
        most = np.full(who.size, self.top)
        ask = bisected(least, most, lambda price: self.offer(price, who) < 1.0)[1]
        return np.where(self.offer(most, who) < 1.0, np.inf, ask)

    def after(self, buyer: Indices, seller: Indices, tonnes: Whole) -> "Schedules":
        """Return the schedules after some deals."""
        net = self.net.copy()
        np.add.at(net, buyer, tonnes)
        np.subtract.at(net, seller, tonnes)
        return replace(self, net=net).replanned()

    def replanned(self) -> "Schedules":
        """Return the schedules once each has seen what the others now plan to abate."""
        need = self.outlook.need - self.spared
        if self.others_effort.any():
            plan = self._table(self.effort, self._own_price(), np.arange(need.size))
            need = need - plan @ self.others_effort
        return replace(self, need=need)

    def abatement(self) -> ByCityLever:
        """Return the step by which each meets what its deals leave it to meet, 1; (c, g).

        Up to its fine, or further if it sold. Who sold from surplus abates along its offer.
        """
        outlook, tau = self.outlook, self.outlook.terms.transaction_cost
        need = self.need
        surplus = np.maximum(-need, 0.0)
        ask = np.minimum(self.lowest_ask(), self.top)
        own = np.maximum(need, 0.0) - offered_share(ask, self.worth) * surplus
        due = np.where(surplus > 0, own, need) - self.net
        most = np.where(self.net < 0, self.top + tau, self.fine)
        return outlook.supply.step(outlook.supply.price_of(due, np.zeros_like(most), most))

    def _own_price(self) -> ByCity:
        """Return the price at which each would meet its need less its purchases, CNY/t; (c,)."""
        who = np.arange(self.net.size)
        due = self.need - self.net
        return bisected(
            np.zeros(who.size), self.fine, lambda price: self._table(self.relief, price, who) < due
        )[1]

    def _table(self, table: AtPrices, price: Vector, who: Indices) -> Vector:
        """Return a table read at a price for each of some cities, linear between its rows."""
        place = np.clip(price / self.top, 0.0, 1.0) * (len(table) - 1)
        row = np.minimum(place.astype(np.int64), len(table) - 2)
        part = place - row
        return (1.0 - part) * table[row, who] + part * table[row + 1, who]


def bisected(low: Vector, high: Vector, below: Callable[[Vector], Mask]) -> tuple[Vector, Vector]:
    """Return brackets of the prices at which `below` turns from true to false, CNY/t.

    Both ends are `high` where it is still true there, `low` where it is false there already.
    """
    low, high = np.where(below(high), high, low), np.where(below(low), high, low)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        still = below(middle)
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return low, high


def schedules(book: Book, traders: Indices, held: Tonnes) -> Schedules:
    """Return the schedules of those in a book that trade, before the first deal."""
    outlook = book.outlook.rows(traders)
    fine = outlook.terms.fine(outlook.belief)
    top = float(fine.max(initial=1.0)) + outlook.terms.transaction_cost
    prices = np.linspace(0.0, top, STEPS + 1)
    everywhere = book.outlook.supply.rows(np.tile(traders, prices.size))
    step = everywhere.step(np.repeat(prices, traders.size))
    shape = (prices.size, traders.size)
    outside = np.where(book.trading, 0.0, book.effort_elsewhere) @ book.others_effort
    return Schedules(
        outlook=outlook,
        held=held[traders],
        net=np.zeros(traders.size, dtype=np.int64),
        need=outlook.need - outside[traders],
        fine=fine,
        worth=outlook.banked_worth,
        top=top,
        relief=everywhere.relief_of(step).reshape(shape),
        effort=everywhere.effort_of(step).reshape(shape),
        others_effort=book.others_effort[np.ix_(traders, traders)],
        spared=outside[traders],
    ).replanned()
