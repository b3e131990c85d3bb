"""The public budget of the scheme: what quota earns, and what it is spent on, CNY."""

from dataclasses import dataclass, replace

import numpy as np

from model.arrays import Number

ROUNDING = 1e-9
"""Share by which a sum over cities may exceed a fund it was divided from."""


class Overspent(ValueError):
    """More is to be spent than the budget has."""


@dataclass(frozen=True, slots=True)
class Budget:
    """Money in CNY. Every change returns a new budget.

    Compensation and purchases for the market reserve are owed whatever the budget holds: the
    state budget lends what is missing, and the next income pays it back first. Bonus and support
    are limited by what is left.
    """

    balance: Number = 0.0
    """Money in the budget; negative where the state budget has lent."""
    from_auction: Number = 0.0
    """Quota sold on auction, in all years."""
    from_reserve: Number = 0.0
    """Quota sold from the market reserve less quota bought for it, in all years."""
    from_penalties: Number = 0.0
    """Fines, in all years."""
    on_compensation: Number = 0.0
    """To cities that freed quota for aid, in all years."""
    on_bonus: Number = 0.0
    """To cities for what they achieved, in all years."""
    on_support: Number = 0.0
    """To strong and weak beneficiaries, in all years."""

    @property
    def available(self) -> Number:
        """Money that bonus and support can be paid from, CNY."""
        return np.maximum(self.balance, 0.0)

    @property
    def unaccounted(self) -> Number:
        """Sources less uses and balance: zero, always, but for rounding."""
        sources = self.from_auction + self.from_reserve + self.from_penalties
        return sources - self.on_compensation - self.on_bonus - self.on_support - self.balance

    def collect(
        self, auction: Number = 0.0, reserve: Number = 0.0, penalties: Number = 0.0
    ) -> "Budget":
        """Take in the year's revenue; `reserve` is negative where quota was bought for it.

        Raises
        ------
        ValueError
            If auction or penalties are negative.
        """
        _refuse_negative(auction, "auction revenue")
        _refuse_negative(penalties, "penalties")
        return replace(
            self,
            balance=self.balance + auction + reserve + penalties,
            from_auction=self.from_auction + auction,
            from_reserve=self.from_reserve + reserve,
            from_penalties=self.from_penalties + penalties,
        )

    def compensate(self, amount: Number) -> "Budget":
        """Pay in full for freed quota; what the budget lacks is owed to the state budget.

        Raises
        ------
        ValueError
            If the amount is negative.
        """
        _refuse_negative(amount, "compensation")
        return replace(
            self,
            balance=self.balance - amount,
            on_compensation=self.on_compensation + amount,
        )

    def reward(self, amount: Number) -> "Budget":
        """Pay a bonus; raises Overspent beyond what is available."""
        spent = self._payable(amount, "bonus")
        return replace(self, balance=self.balance - spent, on_bonus=self.on_bonus + spent)

    def support(self, amount: Number) -> "Budget":
        """Pay support by class; raises Overspent beyond what is available."""
        spent = self._payable(amount, "support")
        return replace(self, balance=self.balance - spent, on_support=self.on_support + spent)

    def _payable(self, amount: Number, use: str) -> Number:
        _refuse_negative(amount, use)
        over = np.ravel(amount > self.available * (1.0 + ROUNDING))
        if over.any():
            paid, available = (
                _told(money, int(over.argmax())) for money in (amount, self.available)
            )
            raise Overspent(
                f"{use}: {paid} CNY are to be paid but {available} CNY are available; divide no"
                " more than that"
            )
        return np.minimum(amount, self.available)


def _refuse_negative(amount: Number, what: str) -> None:
    negative = np.ravel(amount < 0)
    if negative.any():
        told = _told(amount, int(negative.argmax()))
        raise ValueError(f"{what}: {told} CNY is negative; hand in what is paid as positive")


def _told(amount: Number, run: int) -> str:
    """Return the money of one of the runs that advance together, or of the only one."""
    of_runs = np.ravel(amount)
    return f"{of_runs[min(run, of_runs.size - 1)]:.0f}"
