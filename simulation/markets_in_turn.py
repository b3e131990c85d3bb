"""Market days of runs that advance together where each is asked for its own."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from model.arrays import Actions, BetweenCities
from model.behaviour.outlook import Outlook
from model.quota.ledger import Ledger
from scenarios.policy import Market
from simulation.along_runs import run_of
from simulation.market import market_day
from simulation.market_day import MarketDay

IN_TURN = ("bilateral", "auction")
"""Words of markets whose search is one run's: pairs that deal, bids that are sealed."""


def market_days(
    outlook: Outlook,
    choice: Actions,
    ledger: Ledger,
    market: Market,
    markets: Sequence[Market],
    others_effort: BetweenCities | None,
    links: BetweenCities,
) -> MarketDay:
    """Return the market day of one run, or of several: at once, or run by run.

    `market` has the numbers of several side by side, `markets` those of each.
    """
    if choice.ndim == 1 or market.institution not in IN_TURN:
        return market_day(outlook, choice, ledger, market, others_effort, links)
    return _together(
        [
            market_day(
                run_of(outlook, Outlook, run),
                choice[run],
                run_of(ledger, Ledger, run),
                its_market,
                None if others_effort is None else others_effort[run],
                links,
            )
            for run, its_market in enumerate(markets)
        ]
    )


def _together(days: Sequence[MarketDay]) -> MarketDay:
    """Return the market days of several runs side by side; a number of each stands in a column."""

    def stacked(name: str) -> np.ndarray:
        values = np.stack([getattr(day, name) for day in days])
        return values[:, None] if values.ndim == 1 else values

    return MarketDay(**{field.name: stacked(field.name) for field in fields(MarketDay)})
