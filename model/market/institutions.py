"""Market institutions by word, and their parameters; the simulation adds what they do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from model.registry import Registry, parameter


@dataclass(frozen=True, slots=True)
class AuctionTerms:
    """Parameters of auction."""

    share: float = parameter(
        0.10,
        "1",
        "a choice; tried 0.05 to 1",
        "Share of the cap, less reserves, that is auctioned; the rest is allocated by rule.",
        ge=0,
        le=1,
        bounds="a share",
    )
    reserve_price: float = parameter(
        0.0,
        "CNY/t",
        "a choice",
        "Lowest price at which the regulator sells on auction; `price_floor` if that is higher.",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    unsold: Literal["cancel", "reserve"] = parameter(
        "cancel",
        "word",
        "a choice",
        "What the auction leaves is cancelled, or goes to the market reserve.",
    )
    after: Literal["exchange", "none"] = parameter(
        "exchange", "word", "a choice", "Whether an exchange follows the auction."
    )


@dataclass(frozen=True, slots=True)
class BilateralTerms:
    """Parameters of bilateral."""

    reluctance: float = parameter(
        0.5,
        "CNY/t",
        "assumed; tried 0.3 to 1",
        "Gain over which all links together would carry all that is needed and offered.",
        ge=0.01,
        le=1000,
        bounds="a fen to the price of a scarce tonne",
    )


INSTITUTIONS: Registry[Callable[..., Any]] = Registry("institution")
"""Meeting of those who chose to trade, by word of `market.institution`: from the morning of a
market day, with parameters if it declares any, to the day. Under `none`, and after an auction that
no exchange follows, nobody can choose it."""
INSTITUTIONS.build_in("exchange", None)
INSTITUTIONS.build_in("bilateral", None, BilateralTerms)
INSTITUTIONS.build_in("auction", None, AuctionTerms)
