"""A market day: who abates at which price, and what changes hands in whole tonnes."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Actions, BetweenCities, ByCity, ByCityGroup, Cities, Tonnes
from model.exchange import Book, Clearing, clear
from model.outlook import Outlook
from model.payoffs import MITIGATE, TRANSFER, own_price
from model.whole_tonnes import whole_tonnes
from scenarios.policy import Market
from simulation.world import Forecast, World


@dataclass(frozen=True, slots=True)
class MarketDay:
    """What all cities did about their need."""

    dR: ByCityGroup
    """Step of abatement, 1; (c, g)."""
    net_purchase: Tonnes
    """Bought (positive) or sold, whole tonnes; (c,)."""
    price: float
    """Clearing price, CNY/t; not a number where nothing was traded."""
    ordered: Cities
    """Who had an order in the book."""
    rationed_buyers: Cities
    rationed_sellers: Cities


def market_day(
    outlook: Outlook, choice: Actions, held: Tonnes, market: Market, others_effort: BetweenCities
) -> MarketDay:
    """Let mitigating cities meet their own need, and clear the orders of the others.

    Whoever does neither abates no more than a target of its own asks.
    """
    price = np.where(choice == MITIGATE, own_price(outlook), 0.0)
    trading = choice == TRANSFER
    alone = outlook.mac.step(price, outlook.abatement, outlook.own)
    alone = np.where(trading[:, None], 0.0, alone)
    nobody = np.zeros_like(trading)
    if not trading.any():
        nothing = np.zeros_like(held)
        return MarketDay(alone, nothing, float("nan"), nobody, nobody, nobody)
    effort = (outlook.trend * alone).sum(axis=1)
    book = Book(outlook, trading, others_effort, effort)
    ceiling = np.inf if market.price_ceiling is None else market.price_ceiling
    cleared = clear(book, market.price_floor, ceiling)
    net_purchase = in_whole_tonnes(cleared, held)
    return MarketDay(
        dR=alone + cleared.dR,
        net_purchase=net_purchase,
        price=cleared.price if net_purchase.any() else float("nan"),
        ordered=cleared.ordered,
        rationed_buyers=cleared.rationed_buyers,
        rationed_sellers=cleared.rationed_sellers,
    )


def in_whole_tonnes(cleared: Clearing, held: Tonnes) -> Tonnes:
    """Return net purchases that sum to zero; nobody sells what it does not hold; (c,)."""
    bought = np.maximum(cleared.net_purchase, 0.0)
    sold = np.maximum(-cleared.net_purchase, 0.0)
    if bought.sum() < 1.0:
        return np.zeros_like(held)
    sales = np.minimum(whole_tonnes(int(bought.sum()), sold), held)
    return whole_tonnes(int(sales.sum()), bought) - sales


def effort_of_others(forecast: Forecast, world: World) -> BetweenCities:
    """Return ω·C[r,s]/D_pba[r] between different cities: what r's abated tonne spares s, 1."""
    cities = world.cities
    if world.omega == 0.0:
        return np.zeros((cities.size, cities.size))
    produced: ByCity = np.maximum(forecast.accounts.D_pba[cities], 1.0)
    share = world.omega * forecast.accounts.C[np.ix_(cities, cities)] / produced[:, None]
    np.fill_diagonal(share, 0.0)
    return share
