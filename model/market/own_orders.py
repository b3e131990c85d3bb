"""Orders of single cities: what each would buy and sell at a price of its own."""

from dataclasses import dataclass, replace

import numpy as np

from model.abatement.price_of_relief import FLAT, price_of_relief
from model.arrays import BetweenCities, ByCity, ByCityLever, Indices, Mask, Prices, Tonnes, Whole
from model.behaviour.outlook import Outlook
from model.market.exchange import Book
from model.market.orders import offered_share, share_per_price

FADING = 2.0
"""Distance over which a city's bid fades out above its fine in bilateral trade, CNY/t."""
ROUGHLY = 16
"""Steps of prices among which a common one is looked for, to begin with."""
STEPS = 60
"""Most steps in search of the worth of the last tonne sold; three or four do as a rule."""
NEAR = 1e-6
"""Bracket of that worth at which the search ends, CNY/t."""


@dataclass(frozen=True, slots=True)
class OwnOrders:
    """The orders of those who trade, given what they have already bought; one row a city.

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
    banked: ByCity
    """Worth of a banked tonne, CNY/t; (c,)."""
    others_effort: BetweenCities | None
    """As in the book, among those who trade; None where nobody spares anybody anything."""
    spared: ByCity
    """Need that the effort of those outside the market takes off, t; (c,)."""

    @property
    def tau(self) -> float:
        """τ, CNY/t."""
        return float(self.outlook.terms.transaction_cost)

    @property
    def dearest(self) -> float:
        """Highest fine that anybody expects, CNY/t."""
        return float(self.fine.max(initial=1.0))

    def excess(self, worth: ByCity) -> tuple[ByCity, ByCity]:
        """Return what each takes over (negative: hands over) at a tonne's worth to it, t.

        And how that falls with the worth, t per CNY/t; (c,) each. Bids at worth − τ less offers at
        worth + τ, so that a city abates at its worth on either side. A bid fades out over `FADING`
        above the fine, an offer below that above nothing.
        """
        relief, per_price = self._relief(worth)
        wanted, falling = self._wanted(worth, relief), self._falling(worth, per_price)
        at_most = self.held + self.net
        from_end = np.where(wanted > 0.0, self.fine + FADING - worth, worth) / FADING
        willing = np.clip(from_end, 0.0, 1.0)
        taken = wanted * willing
        fall = falling * willing
        fall += (willing == from_end) * np.abs(wanted) / FADING
        return np.maximum(taken, -at_most), np.where(taken < -at_most, 0.0, fall)

    def _relief(self, worth: ByCity) -> tuple[ByCity, ByCity]:
        """Return the relief of abatement at a worth, t, and its rise, t per CNY/t; (c,) each."""
        supply = self.outlook.supply
        dR, rate = supply.response(np.maximum(worth, 0.0))
        return supply.relief_of(dR), supply.relief_of(rate) * (worth > 0.0)

    def _wanted(self, worth: Prices, relief: Prices) -> Prices:
        """Return need less relief, surplus on offer and purchases at a worth, t; (..., c)."""
        on_offer = offered_share(worth + self.tau, self.banked) * np.maximum(-self.need, 0.0)
        return np.maximum(self.need, 0.0) - relief - self.net - on_offer

    def _falling(self, worth: ByCity, per_price: ByCity) -> ByCity:
        """Return how that falls with the worth, t per CNY/t; (c,)."""
        surplus = np.maximum(-self.need, 0.0)
        return per_price + share_per_price(worth + self.tau, self.banked) * surplus

    def worths_near_a_common_price(self, distance: float) -> ByCity:
        """Return what a tonne is worth to each without trade, moved to near a common price, CNY/t.

        About where all together want as much as they hand over; no further from it than a
        distance; (c,). A seller from surplus begins where its offer does.
        """
        prices = np.linspace(0.0, self.dearest, ROUGHLY + 1)
        each = np.broadcast_to(prices[:, None], (prices.size, self.need.size))
        wanted = self._wanted(each, self.outlook.supply.relief(each))
        wanted = np.where((wanted > 0.0) & (each > self.fine), 0.0, wanted)
        total = np.maximum(wanted, -self.held - self.net).sum(axis=1)
        common = float(np.interp(0.0, -total, prices))
        alone = price_of_relief(self.outlook.supply, self.need - self.net)
        alone = np.where(self.need < 0.0, 0.9 * self.banked - self.tau, alone)
        return np.clip(np.minimum(alone, self.fine), common - distance, common + distance)

    def standing_at(self, price: float) -> tuple[Mask, Mask]:
        """Return who would still buy, and who would sell, a tonne or more at a price; (c,) each."""
        supply, tau, common = self.outlook.supply, self.tau, np.full(self.need.shape, price)
        bid = self.need - supply.relief(common + tau) - self.net
        spare = -self._wanted(common - tau, supply.relief(np.maximum(common - tau, 0.0)))
        offer = np.minimum(spare, self.held + self.net)
        return (bid >= 1.0) & (price + tau <= self.fine), (offer >= 1.0) & (price >= tau)

    def after(self, buyer: Indices, seller: Indices, tonnes: Whole) -> "OwnOrders":
        """Return the orders after some deals."""
        net = self.net.copy()
        np.add.at(net, buyer, tonnes)
        np.subtract.at(net, seller, tonnes)
        return replace(self, net=net).replanned()

    def replanned(self) -> "OwnOrders":
        """Return the orders once each has seen what the others now plan to abate."""
        need = self.outlook.need + self.outlook.awaited - self.spared
        if self.others_effort is not None:
            supply = self.outlook.supply
            price = np.minimum(price_of_relief(supply, self.need - self.net), self.fine)
            need = need - supply.effort_of(supply.step(price)) @ self.others_effort
        return replace(self, need=need)

    def _last_worth(self, start: ByCity) -> ByCity:
        """Return the worth down to which each has sold what its deals took, CNY/t; (c,).

        What it abates and offers of a surplus at that worth is what it sold, to a tonne. Where the
        collar leaves quota unsold, it lies below the worth of the equilibrium, where the search
        begins: Newton's method inside a bracket that ever narrows.
        """
        dearest = self.dearest + self.tau
        low, high = np.full_like(start, -NEAR / 2), np.full_like(start, dearest + NEAR / 2)
        worth = np.clip(start, 0.0, dearest)
        for _ in range(STEPS):
            relief, per_price = self._relief(worth)
            more = self._wanted(worth, relief)
            if ((np.abs(more) <= 1.0) | (high - low <= NEAR)).all():
                break
            low, high = np.where(more > 0.0, worth, low), np.where(more > 0.0, high, worth)
            fall = np.maximum(self._falling(worth, per_price), FLAT)
            newton = np.clip(worth + more / fall, 0.0, dearest)
            worth = np.where((low < newton) & (newton < high), newton, (low + high) / 2)
        return worth

    def abatement(self, worth: ByCity) -> ByCityLever:
        """Return the step by which each meets what its deals leave it to meet, 1; (c, m).

        Up to its fine, or further if it sold. Who sold from surplus abates along its offer;
        `worth` is the equilibrium's, CNY/t; (c,).
        """
        supply, due = self.outlook.supply, self.need - self.net
        sellers = np.flatnonzero((self.need < 0.0) & (self.net < 0))
        if sellers.size:
            some = self._rows(sellers)
            share = offered_share(some._last_worth(worth[sellers]) + self.tau, some.banked)
            due[sellers] = share * some.need - some.net
        most = np.where(self.net < 0, self.dearest + 2 * self.tau, self.fine)
        return supply.step(np.minimum(price_of_relief(supply, due), most))

    def _rows(self, cities: Indices) -> "OwnOrders":
        """Return the orders of some cities, whose effort spares nobody anything any more."""
        return OwnOrders(
            outlook=self.outlook.rows(cities),
            held=self.held[cities],
            net=self.net[cities],
            need=self.need[cities],
            fine=self.fine[cities],
            banked=self.banked[cities],
            others_effort=None,
            spared=self.spared[cities],
        )


def own_orders(book: Book, traders: Indices, held: Tonnes) -> OwnOrders:
    """Return the orders of those in a book that trade, before the first deal."""
    outlook, others, spared = book.outlook.rows(traders), book.others_effort, np.zeros(traders.size)
    if others is not None:
        spared = (np.where(book.trading, 0.0, book.effort_elsewhere) @ others)[traders]
    return OwnOrders(
        outlook=outlook,
        held=held[traders],
        net=np.zeros(traders.size, dtype=np.int64),
        need=outlook.need + outlook.awaited - spared,
        fine=outlook.fine,
        banked=outlook.banked_worth,
        others_effort=None if others is None else others[np.ix_(traders, traders)],
        spared=spared,
    ).replanned()
