"""The quota ledger: every tonne issued is held, surrendered, cancelled or expired."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Cities, Tonnes


class Overdrawn(ValueError):
    """An account was asked for more quota than it holds."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Accounts of quota in whole tonnes of CO₂. Every change returns a new ledger."""

    held: Tonnes
    """Held by each city, banked quota included; (c,)."""
    reserve: int = 0
    """Held by the regulator for aid."""
    issued: int = 0
    surrendered: int = 0
    cancelled: int = 0
    expired: int = 0

    @property
    def unaccounted(self) -> int:
        """Issued less held, surrendered, cancelled and expired: zero, always."""
        held = int(self.held.sum()) + self.reserve
        return self.issued - held - self.surrendered - self.cancelled - self.expired

    def issue(self, quota: Tonnes, reserve: int = 0) -> "Ledger":
        """Issue quota to the cities and to the reserve."""
        return replace(
            self,
            held=self.held + quota,
            reserve=self.reserve + reserve,
            issued=self.issued + int(quota.sum()) + reserve,
        )

    def grant(self, quota: Tonnes) -> "Ledger":
        """Pass quota from the reserve on to cities."""
        total = int(quota.sum())
        if total > self.reserve:
            raise Overdrawn(f"the reserve must grant {total} t but holds {self.reserve} t")
        return replace(self, held=self.held + quota, reserve=self.reserve - total)

    def trade(self, net_purchase: Tonnes) -> "Ledger":
        """Move quota between cities; purchases are positive and sum to zero with sales."""
        if net_purchase.sum() != 0:
            raise Overdrawn(f"purchases exceed sales by {int(net_purchase.sum())} t")
        return self._withdrawn(-net_purchase, "sell")

    def surrender(self, due: Tonnes) -> "Ledger":
        """Hand quota back for emissions."""
        after = self._withdrawn(due, "surrender")
        return replace(after, surrendered=self.surrendered + int(due.sum()))

    def cancel(self, quota: Tonnes) -> "Ledger":
        """Take quota away, as the deduction for last year's shortfall does."""
        after = self._withdrawn(quota, "cancel")
        return replace(after, cancelled=self.cancelled + int(quota.sum()))

    def expire(self, limit: Tonnes) -> "Ledger":
        """Let what a city holds beyond its bank limit lapse."""
        lapsed = np.maximum(self.held - limit, 0)
        return replace(self, held=self.held - lapsed, expired=self.expired + int(lapsed.sum()))

    def _withdrawn(self, quota: Tonnes, verb: str) -> "Ledger":
        after = self.held - quota
        short: Cities = after < 0
        if short.any():
            city = int(short.argmax())
            raise Overdrawn(
                f"city {city}: must {verb} {quota[city]} t but holds {self.held[city]} t;"
                " buy, bank or borrow first"
            )
        return replace(self, held=after)
