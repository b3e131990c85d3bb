"""A column of the results: name, unit, meaning, and its value from a recorded year."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from model.arrays import AnyFloats, ByCity, Indices
from model.footprints.price_incidence import PriceIncidence
from model.quota.compliance import Verification
from model.runs import of
from simulation.aid_office import Granted
from simulation.budget import Effort, Payments
from simulation.city_classes import CityClasses
from simulation.cost_in_prices import cost_in_prices
from simulation.forecast import YearOutcome
from simulation.market_day import MarketDay
from simulation.regulator import Announcement
from simulation.scheme import Scheme
from simulation.state import State
from simulation.year import QuotaYear

MISSING = float("nan")
"""Value of a column that a year without policy has nothing to say of."""


@dataclass(frozen=True)
class RecordedYear:
    """A year as columns read it; what stands under quota may be asked under quota alone."""

    t: int
    """The year, counted from 0."""
    scheme: Scheme
    state: State
    """After the year."""
    outcome: YearOutcome
    classes: CityClasses
    phases: QuotaYear | None
    """Results of the year's phases; None without policy."""

    @property
    def rows(self) -> Indices:
        """Positions of the cities among the regions; (c,)."""
        return self.scheme.economy.cities

    def cities(self, of_regions: AnyFloats) -> AnyFloats:
        """Return what of values by region is that of the cities; (r,) to (c,)."""
        return of(of_regions, self.rows)

    @property
    def quota(self) -> QuotaYear:
        """The phases of a year under quota."""
        if self.phases is None:
            raise ValueError("a year without policy has no quota; give the column a `without`")
        return self.phases

    @property
    def announcement(self) -> Announcement:
        """Cap and quota."""
        return self.quota.announced.announcement

    @property
    def granted(self) -> Granted:
        """Aid."""
        return self.quota.aided.granted

    @property
    def day(self) -> MarketDay:
        """The market day."""
        return self.quota.traded.day

    @property
    def verification(self) -> Verification:
        """Reports and audits."""
        return self.quota.verified.verification

    @property
    def effort(self) -> Effort:
        """Abatement so far, and its cost."""
        return self.quota.complied.effort

    @property
    def payments(self) -> Payments:
        """Payments besides quota and fines."""
        return self.quota.complied.payments

    @property
    def transaction_cost(self) -> ByCity:
        """Cost of trading, CNY; (c,)."""
        return self.scheme.asked.market.transaction_cost * self.day.turnover

    @cached_property
    def incidence(self) -> PriceIncidence:
        """Cost put into prices, and who pays them."""
        return cost_in_prices(self.scheme, self.quota, self.outcome, self.transaction_cost)


@dataclass(frozen=True, slots=True)
class Column:
    """One quantity of the results."""

    name: str
    unit: str
    """`word` for a position in a list of words."""
    meaning: str
    of: Callable[[RecordedYear], Any]
    """Return the value of a year: a number, or one a city."""
    without: float | None = None
    """Value of a year without policy; None where it is computed like any other."""
    code: bool = False
    """True where values are positions in a list of words, stored as small whole numbers."""

    def __str__(self) -> str:
        text = ": ".join(part for part in (self.unit, self.meaning) if part)
        return self.meaning if self.unit == "word" else text

    def value(self, year: RecordedYear) -> Any:
        """Return the value of a year."""
        return self.of(year) if year.phases is not None or self.without is None else self.without
