"""Outcomes of the market for quota: its price and its volume."""

from analysis.outcomes.outcome import Outcome

TRADE = (
    Outcome("price", "Clearing price, mean over years", "CNY/t", "neither", 1,
            lambda run: run.national.mean("price")),
    Outcome("volume", "Quota traded a year", "Mt CO₂", "neither", 0,
            lambda run: run.national.mean("volume") / 1e6),
    Outcome("price_spread", "Spread of prices within a year, mean over years", "CNY/t", "neither",
            1, lambda run: run.national.mean("price_spread"), always=False),
)  # fmt: skip
