"""Bilateral trade: partners of the supply chain deal pair by pair."""

from dataclasses import dataclass, replace

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
from model.market.exchange import Book
from model.market.own_orders import OwnOrders, own_orders
from model.market.spatial_equilibrium import Channels, balanced

UNBALANCED = 1e-2
"""Such an error after the last step calls for another way there, as a share."""
LOOSER = (100.0, 10.0, 1.0)
"""Multiples of the reluctance at which worths are then found: each a good start for the next."""
TINY = 1e-300
"""Less than any link, t."""
REPLANS = 4
"""Times that cities see what the others now plan to abate, and deal anew."""


@dataclass(frozen=True, slots=True)
class Deals:
    """Deals of linked pairs; one row a deal."""

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
    reluctance: float,
) -> Bargaining:
    """Return the deals of a year among linked cities, and what participants abate.

    Every pair of linked cities deals, and what a city bought it may sell on, paying τ each time: a
    spatial price equilibrium on the graph (Samuelson 1952; Takayama and Judge 1971), to which
    sequential bilateral trade in permits converges (Ermoliev, Michalevich, Nentjes 2000). With v a
    tonne's worth to a city once all deals are done, z(v) what it takes over at that worth, and
    w the strength of a link, C + Cᵀ,

        f[i,j] = κ[i,j] · (v[j] − v[i] − 2τ)⁺,
        z[j](v[j]) = Σ_i f[i,j] − Σ_k f[j,k],   κ[i,j] = Σ z⁺ · w[i,j] / (Σ w · reluctance),

    so that stronger links carry more of the trade, and gains fall to the order of `reluctance`
    (CNY/t). No worth leaves [floor − τ, ceiling + τ] by more than one CNY/t: there quota stays
    unsold or needs unserved, and nobody passes quota on at a loss. A pair deals at the price half
    way between what the last tonne is worth to either.
    """
    traders = np.flatnonzero(book.trading)
    hand = own_orders(book, traders, held)
    weight = (links + links.T)[np.ix_(traders, traders)]
    np.fill_diagonal(weight, 0.0)
    pairs = Channels.along(weight / max(float(weight.sum()), TINY) / reluctance, hand.tau)
    first, deals, worth = hand, _none(), hand.worths_near_a_common_price(2 * hand.tau)
    for _ in range(REPLANS if book.others_effort is not None else 1):
        deals, worth = _equilibrium(first, pairs, worth, floor, ceiling)
        hand = first.after(deals.buyer, deals.seller, deals.tonnes)
        first = replace(first, need=hand.need)
    bought = np.bincount(deals.buyer, deals.tonnes, traders.size)
    idle = (bought + np.bincount(deals.seller, deals.tonnes, traders.size)) == 0
    bids, asks = hand.standing_at(deals.mean_price) if deals.tonnes.size else (~idle, ~idle)
    dR = np.zeros_like(book.outlook.trend)
    dR[traders] = hand.abatement(worth)
    return Bargaining(
        deals=replace(deals, buyer=traders[deals.buyer], seller=traders[deals.seller]),
        left_buying=_among(traders, idle & bids, book.trading),
        left_selling=_among(traders, idle & asks, book.trading),
        dR=dR,
    )


def _none() -> Deals:
    none = np.zeros(0, dtype=np.int64)
    return Deals(none, none, none, np.zeros(0))


def _among(traders: Indices, chosen: Mask, trading: Cities) -> Cities:
    """Return a mark on all cities from one on those that trade."""
    marked = np.zeros_like(trading)
    marked[traders[chosen]] = True
    return marked


def _equilibrium(
    hand: OwnOrders, links: Channels, start: ByCity, floor: float, ceiling: float
) -> tuple[Deals, ByCity]:
    """Return the deals at which every city takes over what it wants at its worth of a tonne.

    And those worths, CNY/t; (c,). `links` are those of a market for one tonne.
    """
    amount = float(np.abs(hand.excess(np.zeros_like(start))[0]).sum())
    if not (links.one.size and amount > 0):
        return _none(), start
    tau, channels = links.tau, links.scaled(amount)

    def excess(worth: ByCity) -> tuple[ByCity, ByCity]:
        unsold = np.maximum(floor - tau - worth, 0.0)
        unserved = np.maximum(worth - tau - ceiling, 0.0)
        beyond = (unsold > 0.0) | (unserved > 0.0)
        taken, fall = hand.excess(worth)
        return taken + amount * (unsold - unserved), fall + amount * beyond

    worth, left = balanced(excess, channels, start, amount)
    if left > UNBALANCED * amount:
        worth = start
        for looser in LOOSER:
            worth, _ = balanced(excess, channels.scaled(1 / looser), worth, amount)
    seller, buyer, flows = _flowing(channels, worth)
    tonnes = _covered(np.floor(flows).astype(np.int64), seller, buyer, hand.held)
    price = np.clip((worth[seller] + worth[buyer]) / 2, floor, ceiling)
    done = tonnes > 0
    return Deals(buyer[done], seller[done], tonnes[done], price[done]), worth


def _flowing(channels: Channels, worth: ByCity) -> tuple[Indices, Indices, Vector]:
    """Return sellers, buyers and flows of a tonne or more, t, by seller and then by buyer."""
    flows = channels.flows(worth)
    seller = np.where(flows > 0, channels.one, channels.other)
    buyer = np.where(flows > 0, channels.other, channels.one)
    large = np.flatnonzero(np.abs(flows) >= 1.0)
    order = large[np.lexsort((buyer[large], seller[large]))]
    return seller[order], buyer[order], np.abs(flows[order])


def _covered(tonnes: Whole, seller: Indices, buyer: Indices, held: Tonnes) -> Whole:
    """Return whole tonnes of deals such that nobody sells more than it held and bought.

    Rounding leaves a tonne or two a link too much in the hands of those that pass quota on.
    """
    left = tonnes.copy()
    for _ in range(held.size):
        sold, bought = (
            np.bincount(who, left, held.size).astype(np.int64) for who in (seller, buyer)
        )
        over = sold - bought - held
        if (over <= 0).all():
            break
        for city in np.flatnonzero(over > 0):
            mine = np.flatnonzero(seller == city)
            order = mine[np.argsort(-left[mine], kind="stable")]
            taken = np.diff(np.minimum(np.cumsum(left[order]), over[city]), prepend=0)
            left[order] -= taken
    return left
