"""The quota ledger: every tonne issued is held, surrendered, cancelled or expired."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Cities, Count, Tonnes
from model.runs import tonnes


class Overdrawn(ValueError):
    """An account was asked for more quota than it holds."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Accounts of quota in whole tonnes of CO₂. Every change returns a new ledger."""

    held: Tonnes
    """Held by each city, banked quota included; (c,)."""
    reserve: Count = 0
    """Held by the regulator for aid."""
    on_auction: Count = 0
    """Held by the regulator to be sold this year."""
    market_reserve: Count = 0
    """Held by the regulator to be sold where the price reaches its ceiling."""
    issued: Count = 0
    surrendered: Count = 0
    cancelled: Count = 0
    expired: Count = 0

    @property
    def unaccounted(self) -> Count:
        """Issued less held, surrendered, cancelled and expired: zero, always."""
        held = tonnes(self.held) + self.reserve + self.on_auction + self.market_reserve
        return self.issued - held - self.surrendered - self.cancelled - self.expired

    def issue(
        self,
        quota: Tonnes,
        reserve: Count = 0,
        on_auction: Count = 0,
        market_reserve: Count = 0,
    ) -> "Ledger":
        """Issue quota to the cities and to the regulator's accounts."""
        return replace(
            self,
            held=self.held + quota,
            reserve=self.reserve + reserve,
            on_auction=self.on_auction + on_auction,
            market_reserve=self.market_reserve + market_reserve,
            issued=self.issued + tonnes(quota) + reserve + on_auction + market_reserve,
        )

    def grant(self, quota: Tonnes) -> "Ledger":
        """Pass quota from the reserve on to cities."""
        if not quota.any():
            return self
        total = tonnes(quota)
        _refuse_more(total, self.reserve, "the reserve must grant {} t but holds {} t")
        return replace(self, held=self.held + quota, reserve=self.reserve - total)

    def contribute(self, quota: Tonnes) -> "Ledger":
        """Move cities' quota into the aid reserve."""
        after = self._withdrawn(quota, "contribute")
        return replace(after, reserve=self.reserve + tonnes(quota))

    def trade(self, net_purchase: Tonnes, released: Count = 0) -> "Ledger":
        """Move quota between cities; purchases are positive.

        They sum with sales to what the market reserve releases, or takes in if negative.
        """
        if np.any(beyond := tonnes(net_purchase) - released):
            raise Overdrawn(f"purchases exceed sales by {beyond} t")
        held = self.market_reserve
        _refuse_more(released, held, "the market reserve must release {} t but holds {} t")
        after = self._withdrawn(-net_purchase, "sell")
        return replace(after, market_reserve=self.market_reserve - released)

    def auction(self, bought: Tonnes) -> "Ledger":
        """Pass quota on auction on to those who bought it."""
        total = tonnes(bought)
        _refuse_more(total, self.on_auction, "the auction must hand over {} t but has {} t")
        return replace(self, held=self.held + bought, on_auction=self.on_auction - total)

    def cancel_unsold(self) -> "Ledger":
        """Take what the auction has left out of the world."""
        cancelled = self.cancelled + self.on_auction
        return replace(self, on_auction=0, cancelled=cancelled)

    def reserve_unsold(self) -> "Ledger":
        """Put what the auction has left into the market reserve."""
        return replace(self, on_auction=0, market_reserve=self.market_reserve + self.on_auction)

    def surrender(self, due: Tonnes) -> "Ledger":
        """Hand quota back for emissions."""
        after = self._withdrawn(due, "surrender")
        return replace(after, surrendered=self.surrendered + tonnes(due))

    def cancel(self, quota: Tonnes) -> "Ledger":
        """Take quota away, as the deduction for last year's shortfall does."""
        after = self._withdrawn(quota, "cancel")
        return replace(after, cancelled=self.cancelled + tonnes(quota))

    def expire(self, limit: Tonnes) -> "Ledger":
        """Let what a city holds beyond its bank limit lapse."""
        lapsed = np.maximum(self.held - limit, 0)
        return replace(self, held=self.held - lapsed, expired=self.expired + tonnes(lapsed))

    def _withdrawn(self, quota: Tonnes, verb: str) -> "Ledger":
        if not quota.any():
            return self
        after = self.held - quota
        short: Cities = after < 0
        if short.any():
            city = np.unravel_index(int(short.argmax()), short.shape)
            raise Overdrawn(
                f"city {city[-1]}: must {verb} {quota[city]} t but holds {self.held[city]} t;"
                " buy, bank or borrow first"
            )
        return replace(self, held=after)


def _refuse_more(asked: Count, held: Count, words: str) -> None:
    if np.any(asked > held):
        raise Overdrawn(words.format(asked, held))
