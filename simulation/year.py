"""The year, phase by phase: the value that each phase hands to those after it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Actions, BetweenCities, ByCity, Number, Tonnes
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import Plan, chosen, payoffs
from model.quota.compliance import Verification
from model.transfers.contracts import Contracts
from simulation.aid_office import Granted
from simulation.budget import Effort, Payments
from simulation.forecast import Forecast
from simulation.market_day import MarketDay
from simulation.regulator import Announcement
from simulation.state import State


@dataclass(frozen=True, slots=True)
class Announced:
    """Cap, quota and reserves of the year, and the accounts that everyone starts from."""

    state: State
    forecast: Forecast
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Aided:
    """Quota granted from the aid pool, and the year with the demand that it permits."""

    state: State
    granted: Granted
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class Given:
    """Contracts by name, delivered before the market opens."""

    state: State
    contracts: Contracts | None
    """None where there can be none."""

    @property
    def received(self) -> Tonnes:
        """Received (positive) or given by each city, whole tonnes; (c,)."""
        if self.contracts is None:
            return np.zeros_like(self.state.bank)
        return self.contracts.received

    @property
    def paid(self) -> ByCity:
        """Paid (positive) or received for it by each city, CNY; (c,)."""
        return np.zeros(self.state.bank.shape) if self.contracts is None else self.contracts.paid


@dataclass(frozen=True)
class Decided:
    """Outlook of every city when it decided, its choice, and how it means to carry it out."""

    outlook: Outlook
    choice: Actions
    """(c,)."""
    plan: Plan
    spared: BetweenCities | None
    """What s is spared per tonne that r abates, 1; (r, s); None under producer responsibility."""

    @cached_property
    def forgone(self) -> ByCity:
        """How far each choice is behind the best of those open, CNY; missing without a choice."""
        expected = payoffs(self.outlook)
        taken = chosen(expected, self.choice)
        has_choice = np.isfinite(expected).sum(axis=-1) > 1
        return np.where(has_choice, expected.max(axis=-1) - taken, np.nan)


@dataclass(frozen=True, slots=True)
class Traded:
    """The market day; abatement of the day is done at once."""

    state: State
    day: MarketDay


@dataclass(frozen=True, slots=True)
class Verified:
    """Liability as measured, reports and audits."""

    state: State
    liability: Tonnes
    """Whole tonnes; (c,)."""
    verification: Verification
    owed_before: Tonnes
    """Borrowed before this year's loans, whole tonnes; (c,)."""


@dataclass(frozen=True, slots=True)
class Complied:
    """Fines, payments and what abatement came to."""

    state: State
    fines: ByCity
    """CNY; (c,)."""
    fine_price: Number
    """Price that they are measured by, CNY/t."""
    expired: Tonnes
    """Quota that could not be carried on; (c,)."""
    effort: Effort
    payments: Payments


@dataclass(frozen=True, slots=True)
class QuotaYear:
    """A year under quota, phase by phase, for the record."""

    announced: Announced
    aided: Aided
    given: Given
    decided: Decided
    traded: Traded
    verified: Verified
    complied: Complied
