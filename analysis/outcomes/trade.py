"""Outcomes of the market for quota: its price and its volume."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome


def _swing(run: OneRun) -> float:
    """Return the standard deviation of the price over the years that have one, CNY/t."""
    prices = run.national["price"]
    known = prices[~np.isnan(prices)]
    return float(known.std(ddof=1)) if known.size > 1 else np.nan


def _volume(run: OneRun) -> float:
    """Return quota traded, mean of the years that have a cap, Mt; nothing without any."""
    volume, cap = run.national["volume"], run.national["cap"]
    capped = ~np.isnan(cap)
    return float(volume[capped].mean()) / 1e6 if capped.any() else 0.0


TRADE = (
    Outcome("price", "Clearing price, mean over years", "CNY/t", "neither", 1,
            lambda run: run.national.mean("price")),
    Outcome("price_swing", "Price from year to year: standard deviation", "CNY/t", "lower", 1,
            _swing),
    Outcome("volume", "Quota traded a year, mean over years with a cap", "Mt CO₂", "neither", 0,
            _volume),
    Outcome("price_spread", "Spread of prices within a year, mean over years", "CNY/t", "neither",
            1, lambda run: run.national.mean("price_spread"), always=False),
)  # fmt: skip
