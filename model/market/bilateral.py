"""Bilateral trade: partners of the supply chain deal pair by pair."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    BetweenCities,
    ByCity,
    ByCityLever,
    Cities,
    Indices,
    Mask,
    Tonnes,
    Vector,
    Whole,
)
from model.market.bisection import bisected
from model.market.exchange import Book
from model.market.tabulated_orders import TabulatedOrders, tabulated_orders

LEAST_GAIN = 0.01
"""Smallest gap between bid and ask over which a pair deals, CNY/t."""


@dataclass(frozen=True, slots=True)
class Deals:
    """Deals in the order of the rounds; one row a deal."""

    buyer: Indices
    seller: Indices
    tonnes: Whole
    """Whole tonnes, at least one."""
    price: Vector
    """CNY/t."""

    @property
    def mean_price(self) -> float:
        """Volume-weighted mean price, CNY/t; not a number without a deal."""
        return float(np.average(self.price, weights=self.tonnes)) if self.tonnes.size else np.nan

    @property
    def spread(self) -> float:
        """Volume-weighted standard deviation of the price, CNY/t; not a number without a deal."""
        if not self.tonnes.size:
            return np.nan
        return float(np.sqrt(np.average((self.price - self.mean_price) ** 2, weights=self.tonnes)))

    def bought(self, cities: int) -> Tonnes:
        """Return what each city took over, t; (c,)."""
        return np.bincount(self.buyer, self.tonnes, cities).astype(np.int64)

    def sold(self, cities: int) -> Tonnes:
        """Return what each city handed over, t; (c,)."""
        return np.bincount(self.seller, self.tonnes, cities).astype(np.int64)

    def paid(self, cities: int) -> ByCity:
        """Return payments less receipts, CNY; (c,)."""
        value = self.tonnes * self.price
        paid = np.bincount(self.buyer, value, cities) - np.bincount(self.seller, value, cities)
        return np.asarray(paid, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Bargaining:
    """Deals and abatement of a year of bilateral trade."""

    deals: Deals
    left_buying: Cities
    """Dealt with nobody though they bid at least the mean price; (c,)."""
    left_selling: Cities
    """Dealt with nobody though they asked at most the mean price; (c,)."""
    dR: ByCityLever
    """Abatement of the participants, 1; (c, m)."""


def bargain(
    book: Book,
    held: Tonnes,
    links: BetweenCities,
    floor: float,
    ceiling: float,
    rounds: int,
) -> Bargaining:
    """Return the deals of a year's rounds among linked cities, and what participants abate.

    Sequential bilateral trade (Feldman 1973; for emission permits Ermoliev, Michalevich, Nentjes
    2000, who show that it converges to the cheapest division of abatement). In every round
    each city deals with one partner at most. Of the pairs that gain, those with the strongest
    link, C + Cᵀ, come first (ties: the earlier city). A pair trades all that both gain by, up to
    where their schedules cross, at one price: half way between what the last tonne is worth to
    the buyer and to the seller, which is the same unless one of them has run out. What a city
    bought it may sell on to another partner, paying τ each time. The year ends after `rounds`, or
    when no pair gains.
    """
    traders = np.flatnonzero(book.trading)
    hand = tabulated_orders(book, traders, held)
    weight = (links + links.T)[np.ix_(traders, traders)]
    np.fill_diagonal(weight, 0.0)
    dealt: list[Deals] = []
    for _ in range(rounds):
        bid = np.minimum(hand.highest_bid(), ceiling)
        ask = np.maximum(hand.lowest_ask(), floor)
        buyers, sellers = _pairs(bid, ask, weight)
        if not buyers.size:
            break
        done = _deals(hand, buyers, sellers, bid, ask)
        hand = hand.after(done.buyer, done.seller, done.tonnes)
        dealt.append(done)
    none = np.zeros(0, dtype=np.int64)
    every = Deals(
        *(np.concatenate([getattr(one, name) for one in dealt] or [empty])
          for name, empty in (("buyer", none), ("seller", none), ("tonnes", none),
                              ("price", np.zeros(0))))
    )  # fmt: skip
    deals = Deals(traders[every.buyer], traders[every.seller], every.tonnes, every.price)
    idle = hand.untouched & ~np.isin(traders, np.concatenate([deals.buyer, deals.seller]))
    mean = deals.mean_price
    dR = np.zeros_like(book.outlook.trend)
    dR[traders] = hand.abatement()
    return Bargaining(
        deals=deals,
        left_buying=_among(traders, idle & (hand.highest_bid() >= mean), book.trading),
        left_selling=_among(traders, idle & (hand.lowest_ask() <= mean), book.trading),
        dR=dR,
    )


def _among(traders: Indices, chosen: Mask, trading: Cities) -> Cities:
    """Return a mark on all cities from one on those that trade."""
    marked = np.zeros_like(trading)
    marked[traders[chosen]] = True
    return marked


def _pairs(bid: ByCity, ask: ByCity, weight: BetweenCities) -> tuple[Indices, Indices]:
    """Return buyers and sellers of a round: repeatedly, all who are each other's strongest link.

    `bid` is the highest price at which each buys, `ask` the lowest at which it sells, CNY/t.
    """
    buys_from = (weight > 0) & (bid[:, None] - ask > LEAST_GAIN)
    open_ = np.where(buys_from | buys_from.T, weight, 0.0)
    buyers, sellers = [], []
    while open_.any():
        best = open_.argmax(axis=1)
        here = np.arange(best.size)
        mutual = (open_[here, best] > 0) & (best[best] == here) & buys_from[here, best]
        buyers.append(here[mutual])
        sellers.append(best[mutual])
        for taken in (here[mutual], best[mutual]):
            open_[taken] = 0.0
            open_[:, taken] = 0.0
    none = [np.zeros(0, dtype=np.int64)]
    return np.concatenate(buyers or none), np.concatenate(sellers or none)


def _deals(
    hand: TabulatedOrders, buyer: Indices, seller: Indices, bid: ByCity, ask: ByCity
) -> Deals:
    """Return what each pair trades and at which price, found by bisection."""
    bids, offers = hand.bids(buyer), hand.offers(seller)
    least, most = ask[seller], bid[buyer]
    crossing, _ = bisected(least, most, lambda price: bids(price) > offers(price))
    tonnes = np.floor(np.minimum(bids(crossing), offers(crossing))).astype(np.int64)
    worth, _ = bisected(crossing, most, lambda price: bids(price) >= tonnes)
    _, asked = bisected(least, crossing, lambda price: offers(price) < tonnes)
    done = tonnes > 0
    return Deals(buyer[done], seller[done], tonnes[done], ((worth + asked) / 2)[done])
