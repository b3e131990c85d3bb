"""A scenario: everything that one run is told."""

from pydantic import model_validator

from scenarios.cap import Cap
from scenarios.contracts import Contract
from scenarios.economy import Economy
from scenarios.incidence import Incidence
from scenarios.plain_words import Title
from scenarios.policy import NO_POLICY, NO_TRADE, Allocation, Compliance, Market
from scenarios.programme import Programme
from scenarios.quantity import Section, quantity
from scenarios.transfers import Support, Transfer
from scenarios.whole_tonnes import require_whole_tonnes
from scenarios.world import Abatement, Behaviour, Growth


class Horizon(Section):
    """From the base year to the last simulated year."""

    base_year: int = quantity(
        2012, "yr", "a choice", ge=1960, le=2059, bounds="the years that tables may be of"
    )
    """Year of the input–output table, 2012 or 2017, or that of an economy of one's own; the first
    simulated year follows it."""
    end: int = quantity(
        2030, "yr", "a choice", ge=1961, le=2060, bounds="the years that can be simulated"
    )
    """Last simulated year."""

    @model_validator(mode="after")
    def _forward(self) -> "Horizon":
        if self.end <= self.base_year:
            raise ValueError(
                f"horizon.end = {self.end} must come after horizon.base_year = {self.base_year}"
            )
        return self

    @property
    def years(self) -> range:
        """The simulated years."""
        return range(self.base_year + 1, self.end + 1)


class Policy(Section):
    """Time of the policy."""

    first_year: int | None = quantity(
        None, "yr", "a choice", ge=1961, le=2060, bounds="the years that can be simulated"
    )
    """First year with quota; the first simulated year if absent. Until then cities do as without
    policy, and cap paths begin at what they then emit."""


class Scenario(Section):
    """One policy in one world."""

    title: Title = "Baseline"
    """Question of the scenario, in a line."""
    horizon: Horizon = Horizon()
    economy: Economy = Economy()
    policy: Policy = Policy()
    cap: Cap = Cap()
    allocation: Allocation = Allocation()
    market: Market = Market()
    transfer: Transfer = Transfer()
    contract: Contract = Contract()
    support: Support = Support()
    programme: Programme = Programme()
    compliance: Compliance = Compliance()
    behaviour: Behaviour = Behaviour()
    abatement: Abatement = Abatement()
    growth: Growth = Growth()
    incidence: Incidence = Incidence()

    @property
    def has_policy(self) -> bool:
        """True where there is a cap at all."""
        return self.allocation.rule != NO_POLICY

    @property
    def institution_in_force(self) -> str:
        """Market institution where there is quota to trade; none without policy."""
        return self.market.institution if self.has_policy else NO_TRADE

    @property
    def foresees(self) -> bool:
        """True where cities foresee the path that comes about."""
        return self.has_policy and self.behaviour.expectations == "path"

    @property
    def free_years(self) -> int:
        """Simulated years before the policy begins."""
        first = self.policy.first_year
        return 0 if first is None else first - self.horizon.years[0]

    @model_validator(mode="after")
    def _policy_within_horizon(self) -> "Scenario":
        years, first = self.horizon.years, self.policy.first_year
        if first is not None and first not in years:
            raise ValueError(
                f"policy.first_year {first} is none of the simulated years,"
                f" {years[0]} to {years[-1]}"
            )
        return self

    @model_validator(mode="after")
    def _in_whole_tonnes(self) -> "Scenario":
        require_whole_tonnes(self.growth, self.horizon.years)
        return self

    @property
    def moves_mix(self) -> bool:
        """True where any policy changes what final demand consists of."""
        return self.abatement.demand_lever or self.transfer.growth_mix != "as_is"

    @model_validator(mode="after")
    def _price_to_foresee(self) -> "Scenario":
        if self.foresees and self.market.institution == NO_TRADE:
            raise ValueError(
                "behaviour.expectations = 'path' foresees prices, and market.institution = 'none'"
                " has none; choose a market, or adaptive expectations"
            )
        return self

    @model_validator(mode="after")
    def _collar(self) -> "Scenario":
        ceiling = self.market.price_ceiling
        if ceiling is not None and ceiling < self.market.price_floor:
            raise ValueError(
                f"market.price_ceiling {ceiling} is below market.price_floor"
                f" {self.market.price_floor}"
            )
        if self.market.reserve != "none" and ceiling is None and self.market.price_floor == 0:
            raise ValueError(
                f"market.reserve = {self.market.reserve!r} has no price to act at; set"
                " market.price_ceiling or market.price_floor"
            )
        return self
