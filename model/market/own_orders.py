"""Schedules of single cities: what each would buy and sell at any price of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from model.abatement.price_of_relief import price_of_relief
from model.abatement.supply import AbatementSupply
from model.arrays import (
    AnyFloats,
    AtPrices,
    BetweenCities,
    ByCity,
    ByCityLever,
    Indices,
    Mask,
    Prices,
    Steps,
    Tonnes,
    Vector,
    Whole,
)
from model.behaviour.outlook import Outlook
from model.market.bisection import bisected
from model.market.exchange import Book
from model.market.orders import offered_share

FADING = 2.0
"""Distance over which a city's bid fades out above its fine in bilateral trade, CNY/t."""
STEPS = 256
"""Steps of the table of prices in which a city states its schedule."""
ROUGHLY = 64
"""Steps of prices among which a first worth is looked for."""
AT_ONCE = 8
"""Prices of it looked up at once: so many still fit into a processor's cache."""


@dataclass(frozen=True, slots=True)
class TabulatedOrders:
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
    """Expected fine for a found tonne, CNY/t; (c,)."""
    worth: ByCity
    """Worth of a banked tonne, CNY/t; (c,)."""
    top: float
    """Highest price of the tables, CNY/t: above every fine."""
    relief: AtPrices
    """Own liability taken off by abatement at the prices of the table, t; (price, c)."""
    effort: AtPrices | None
    """Tonnes abated at the same prices, t; (price, c). None where they spare nobody anything."""
    others_effort: BetweenCities | None
    """As in the book, among those who trade."""
    spared: ByCity
    """Need that the effort of those outside the market takes off, t; (c,)."""

    @property
    def untouched(self) -> Mask:
        """Cities that have bought and sold the same amount so far, or nothing; (c,)."""
        return self.net == 0

    def bids(self, who: Indices) -> "Asked":
        """Return what some cities ask for, each at a price of its own, t."""
        tau, supply = self.outlook.terms.transaction_cost, self._read(self.relief, who)
        need, net, fine = self.need[who], self.net[who], self.fine[who]

        def bid(price: AnyFloats) -> AnyFloats:
            dear = price + tau
            wanted = need - supply(dear)
            wanted -= net
            np.maximum(wanted, 0.0, out=wanted)
            return np.where(dear <= fine, wanted, 0.0)

        return bid

    def offers(self, who: Indices) -> "Asked":
        """Return what some cities sell, each at a price of its own, t; never more than held."""
        tau, supply = self.outlook.terms.transaction_cost, self._read(self.relief, who)
        short, surplus = np.maximum(self.need[who], 0.0), np.maximum(-self.need[who], 0.0)
        worth, net, held = self.worth[who], self.net[who], self.held[who] + self.net[who]

        def offer(price: AnyFloats) -> AnyFloats:
            spare = supply(np.maximum(price - tau, 0.0))
            spare -= short
            spare += offered_share(price, worth) * surplus
            spare += net
            np.maximum(spare, 0.0, out=spare)
            np.minimum(spare, held, out=spare)
            return np.where(price >= tau, spare, 0.0)

        return offer

    def excess(self, worth: Prices) -> Prices:
        """Return what each takes over (negative: hands over) where a tonne is worth that to it, t.

        Bids at worth − τ less offers at worth + τ; (c,). A bid fades out over `FADING` above the
        fine, an offer below that above nothing.
        """
        wanted = self._wanted(worth)
        willing = np.clip((self.fine - worth) / FADING + 1.0, 0.0, 1.0)
        taken = np.maximum(wanted, 0.0) * willing
        handed = np.maximum(-wanted, 0.0) * np.clip(worth / FADING, 0.0, 1.0)
        return taken - np.minimum(handed, self.held + self.net)

    def _wanted(self, worth: Prices) -> Prices:
        """Return need less relief, surplus on offer and purchases at a worth, t; (c,)."""
        relief = self._read(self.relief, np.arange(self.net.size))(worth)
        surplus = np.maximum(-self.need, 0.0)
        on_offer = offered_share(worth + self.outlook.terms.transaction_cost, self.worth)
        return np.maximum(self.need, 0.0) - relief - self.net - on_offer * surplus

    def worths_near_a_common_price(self, distance: float) -> ByCity:
        """Return what a tonne is worth to each without trade, moved to near a common price, CNY/t.

        Where all together want as much as they hand over; (c,), no further from it than a distance.
        """
        prices = np.linspace(0.0, self.top, ROUGHLY + 1)[:, None]
        wanted = self.excess(np.broadcast_to(prices, (len(prices), self.net.size)))
        alone = np.minimum(_root(prices[:, 0], wanted), self.fine)
        (common,) = _root(prices[:, 0], wanted.sum(axis=1, keepdims=True))
        return np.clip(alone, common - distance, common + distance)

    def standing_at(self, price: float) -> tuple[Mask, Mask]:
        """Return who would still buy, and who would sell, a tonne or more at a price; (c,) each."""
        who = np.arange(self.net.size)
        common = np.full(who.size, price)
        return self.bids(who)(common) >= 1.0, self.offers(who)(common) >= 1.0

    def lowest_ask(self, who: Indices) -> Vector:
        """Return the lowest price at which some would sell a tonne, CNY/t; infinite if none."""
        offer = self.offers(who)
        least = np.full(who.size, self.outlook.terms.transaction_cost)
        most = np.full(who.size, self.top)
        ask = bisected(least, most, lambda price: offer(price) < 1.0)[1]
        return np.where(offer(most) < 1.0, np.inf, ask)

    def after(self, buyer: Indices, seller: Indices, tonnes: Whole) -> "TabulatedOrders":
        """Return the schedules after some deals."""
        net = self.net.copy()
        np.add.at(net, buyer, tonnes)
        np.subtract.at(net, seller, tonnes)
        return replace(self, net=net).replanned()

    def replanned(self) -> "TabulatedOrders":
        """Return the schedules once each has seen what the others now plan to abate."""
        need = self.outlook.need + self.outlook.awaited - self.spared
        if self.effort is not None:
            plan = self._read(self.effort, np.arange(need.size))
            need = need - plan(self._own_price()) @ self.others_effort
        return replace(self, need=need)

    def abatement(self) -> ByCityLever:
        """Return the step by which each meets what its deals leave it to meet, 1; (c, m).

        Up to its fine, or further if it sold. Who sold from surplus abates along its offer.
        """
        outlook, tau = self.outlook, self.outlook.terms.transaction_cost
        need = self.need
        sellers = np.flatnonzero(need < 0.0)
        ask = np.minimum(self.lowest_ask(sellers), self.top)
        due = need.copy()
        due[sellers] *= offered_share(ask, self.worth[sellers])
        due -= self.net
        most = np.where(self.net < 0, self.top + tau, self.fine)
        return outlook.supply.step(np.minimum(price_of_relief(outlook.supply, due), most))

    def _own_price(self) -> ByCity:
        """Return the price at which each would meet its need less its purchases, CNY/t; (c,)."""
        supply, due = self._read(self.relief, np.arange(self.net.size)), self.need - self.net
        return bisected(np.zeros(due.size), self.fine, lambda price: supply(price) < due)[1]

    def _read(self, table: AtPrices, who: Indices) -> "Asked":
        """Return a table for some cities, each at a price of its own, linear between its rows."""
        steps, cities = len(table) - 1, table.shape[1]
        entries = table.ravel()

        def read(price: AnyFloats) -> AnyFloats:
            place = price / self.top
            np.maximum(place, 0.0, out=place)
            np.minimum(place, 1.0, out=place)
            place *= steps
            row = np.minimum(place.astype(np.int64), steps - 1)
            place -= row
            entry = row * cities + who
            below = (1.0 - place) * entries.take(entry)
            entry += cities
            place *= entries.take(entry)
            place += below
            return place

        return read


Asked = Callable[[AnyFloats], AnyFloats]
"""Tonnes of some cities, each at a price of its own or at several, one row a price."""


def tabulated_orders(book: Book, traders: Indices, held: Tonnes) -> TabulatedOrders:
    """Return the schedules of those in a book that trade, before the first deal."""
    outlook = book.outlook.rows(traders)
    fine = outlook.fine
    top = float(fine.max(initial=1.0)) + float(outlook.terms.transaction_cost)
    prices = np.linspace(0.0, top, STEPS + 1)
    asked, others, outside = outlook.supply, book.others_effort, np.zeros(book.trading.size)
    relief, *effort = _tables(
        asked, prices, [asked.relief_of] + [asked.effort_of] * (others is not None)
    )
    if others is not None:
        outside = np.where(book.trading, 0.0, book.effort_elsewhere) @ others
    return TabulatedOrders(
        outlook=outlook,
        held=held[traders],
        net=np.zeros(traders.size, dtype=np.int64),
        need=outlook.need + outlook.awaited - outside[traders],
        fine=fine,
        worth=outlook.banked_worth,
        top=top,
        relief=relief,
        effort=effort[0] if effort else None,
        others_effort=None if others is None else others[np.ix_(traders, traders)],
        spared=outside[traders],
    ).replanned()


def _tables(
    supply: AbatementSupply, prices: Vector, of: Sequence[Callable[[Steps], Prices]]
) -> list[AtPrices]:
    """Return what comes of the steps of all at each of some prices, t; (price, c) each."""
    tables = [np.empty((prices.size, len(supply.E))) for _ in of]
    for first in range(0, prices.size, AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        step = supply.step(prices[rows, None])
        for table, told in zip(tables, of, strict=True):
            table[rows] = told(step)
    return tables


def _root(prices: Vector, falling: AtPrices) -> ByCity:
    """Return the price at which each column crosses zero, CNY/t, straight between two rows."""
    row = np.clip(np.count_nonzero(falling > 0.0, axis=0), 1, len(prices) - 1)
    above, below = falling[[row - 1, row], np.arange(falling.shape[1])]
    share = np.divide(above, above - below, out=np.zeros_like(above), where=above > below)
    return prices[row - 1] + np.clip(share, 0.0, 1.0) * (prices[row] - prices[row - 1])
