"""A market day: who abates at which price, and what changes hands in whole tonnes."""

from dataclasses import dataclass, replace

import numpy as np

from data.errors import InputError
from model.arrays import Actions, BetweenCities, ByCity, Cities, Count
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import MITIGATE, TRANSFER
from model.market.auction import CityBids, auction
from model.market.bilateral import bargain
from model.market.exchange import Book, clear
from model.market.institutions import INSTITUTIONS, AuctionTerms, BilateralTerms
from model.market.market_reserve import NO_BACKSTOP, Backstop
from model.quota.ledger import Ledger
from model.quota.whole_tonnes import whole_tonnes
from model.runs import either, of, some, tonnes, wide
from scenarios.policy import Market
from simulation.economy import ScenarioEconomy
from simulation.forecast import Forecast
from simulation.market_day import Auctioned, MarketDay, nothing_traded
from simulation.own_code import function_of
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Morning:
    """Book, ledger and links that a market day starts from."""

    book: Book
    """Schedules of all who chose to trade."""
    ledger: Ledger
    links: BetweenCities
    """Flows along the supply-chain graph, t; (r, s)."""
    market: Market

    @property
    def backstop(self) -> Backstop:
        """Purchases and sales of the regulator where the collar binds."""
        if not self.market.keeps_reserve:
            return NO_BACKSTOP
        return Backstop(self.ledger.market_reserve, self.market.reserve == "release_and_buy")


def market_day(
    outlook: Outlook,
    choice: Actions,
    ledger: Ledger,
    market: Market,
    others_effort: BetweenCities | None,
    links: BetweenCities,
) -> MarketDay:
    """Auction what is to be sold, let mitigating cities meet their own need, bring others together.

    At the auction all bid who mitigate or trade. Whoever does neither abates no more than a target
    of its own asks. `choice` is what cities do openly (`model.behaviour.payoffs.plan`).

    Raises
    ------
    InputError
        If an institution of a user's own fails or returns no market day.
    """
    trading = choice == TRANSFER
    complying = trading | (choice == MITIGATE)
    everyone = Book(outlook, complying, others_effort, np.zeros_like(outlook.need))
    sold = auctioned(everyone, trading, ledger.on_auction, market)
    covered = replace(outlook, need=outlook.need - sold.needed) if sold.needed.any() else outlook
    alone = np.where(trading[..., None], 0.0, covered.supply.for_nothing)
    alone = np.where((choice == MITIGATE)[..., None], covered.own_step, alone)
    if not trading.any():
        return _with_auction(nothing_traded(alone), sold)
    book = Book(covered, trading, others_effort, outlook.supply.effort_of(alone))
    word = market.institution
    meet = function_of(INSTITUTIONS, word, market.parameters(word))
    day = meet(Morning(book, ledger.auction(sold.tonnes), links, market))
    if not isinstance(day, MarketDay):
        raise InputError(
            f"institution {word!r} must return a simulation.market_day.MarketDay, not"
            f" {type(day).__name__}"
        )
    return _with_auction(replace(day, dR=alone + day.dR), sold)


def auctioned(book: Book, trading: Cities, supply: Count, market: Market) -> Auctioned:
    """Sell quota to the book's bids, in whole tonnes.

    Who trades on an exchange afterwards bids no more than it expects to pay there, the risk
    included.
    """
    outlook = book.outlook
    nothing = np.zeros(outlook.need.shape, dtype=np.int64)
    if not np.any(supply):
        return Auctioned(nothing, nothing, float("nan"), nothing > 0)
    expected = outlook.belief * (1 + outlook.terms.risk)
    limit = np.where(trading & market.has_exchange, expected, np.inf)
    lowest = max(market.price_floor, market.auction.reserve_price)
    bids, highest = CityBids(book, book.traders(), limit), float(market.highest_price)
    sale = auction(bids, int(supply), min(lowest, highest), highest)
    total = min(round(float(sale.bought.sum())), supply)
    if total == 0:
        return Auctioned(nothing, nothing, float("nan"), nothing > 0)
    needed, banked = whole_tonnes(total, sale.bought).reshape(2, -1)
    short, _ = sale.short.reshape(2, -1)
    return Auctioned(needed, banked, sale.price, short >= 1.0)


def on_exchange(morning: Morning) -> MarketDay:
    """Clear all schedules at one price."""
    held, market = morning.ledger.held, morning.market
    cleared = clear(morning.book, market.price_floor, market.highest_price, morning.backstop)
    net_purchase = cleared.in_whole_tonnes(held)
    price = either(some(net_purchase), cleared.price, float("nan"))
    level = either(np.isnan(price), 0.0, price)
    return MarketDay(
        dR=cleared.dR,
        net_purchase=net_purchase,
        auctioned=np.zeros_like(held),
        turnover=np.abs(net_purchase),
        payment=level * net_purchase,
        price=price,
        spread=0.0 * price,
        seen=np.broadcast_to(price, held.shape),
        ordered=cleared.ordered,
        rationed_buyers=cleared.rationed_buyers,
        rationed_sellers=cleared.rationed_sellers,
        reserve_revenue=1.0 * level * tonnes(net_purchase),
    )


def bilaterally(morning: Morning, parameters: BilateralTerms) -> MarketDay:
    """Let linked cities deal in pairs; the mean price is published and reaches all with a link."""
    held, market = morning.ledger.held, morning.market
    bargained = bargain(
        morning.book,
        held,
        morning.links,
        market.price_floor,
        float(market.highest_price),
        parameters.reluctance,
    )
    deals = bargained.deals
    bought, sold = deals.bought(held.size), deals.sold(held.size)
    left = bargained.left_buying | bargained.left_selling
    return MarketDay(
        dR=bargained.dR,
        net_purchase=bought - sold,
        auctioned=np.zeros_like(held),
        turnover=bought + sold,
        payment=deals.paid(held.size),
        price=deals.mean_price,
        spread=deals.spread,
        seen=np.where(morning.book.outlook.linked, deals.mean_price, np.nan),
        ordered=(bought + sold > 0) | left,
        rationed_buyers=bargained.left_buying,
        rationed_sellers=bargained.left_selling,
    )


def after_auction(morning: Morning, _: AuctionTerms) -> MarketDay:
    """Clear all schedules at one price, once the auction is over."""
    return on_exchange(morning)


INSTITUTIONS.build_in("exchange", on_exchange)
INSTITUTIONS.build_in("bilateral", bilaterally)
INSTITUTIONS.build_in("auction", after_auction)


def effort_of_others(
    forecast: Forecast, economy: ScenarioEconomy, state: State
) -> BetweenCities | None:
    """Return ω·C[r,s]/D_pba[r] between different cities: what r's abated tonne spares s, 1."""
    if not np.any(economy.omega):
        return None
    cities = economy.cities
    produced: ByCity = np.maximum(of(forecast.under_cap.D_pba, cities), 1.0)
    share = wide(economy.omega) * economy.embodied(state) / produced[..., None]
    own = np.arange(cities.size)
    share[..., own, own] = 0.0
    return share


def _with_auction(day: MarketDay, sold: Auctioned) -> MarketDay:
    """Return the day with what was sold before it; its price is the mean over both.

    What is seen is the price of the exchange, where one follows and trades: who bids at the auction
    expects that one, and would otherwise learn its own bids.
    """
    if not sold.tonnes.any():
        return day
    total = int(sold.tonnes.sum())
    price, spread, traded = sold.price, 0.0, float(day.volume)
    seen = day.seen if traded > 0 else np.full(sold.tonnes.size, price)
    if traded > 0:
        share = total / (total + traded)
        price = share * sold.price + (1 - share) * float(day.price)
        spread = float(np.sqrt(share * (1 - share)) * abs(sold.price - float(day.price)))
    return replace(
        day,
        auctioned=sold.tonnes,
        turnover=day.turnover + sold.tonnes,
        payment=day.payment + sold.payment,
        price=price,
        spread=spread,
        seen=seen,
        rationed_buyers=day.rationed_buyers if day.ordered.any() else sold.rationed,
        auction_revenue=float(sold.payment.sum()),
    )
