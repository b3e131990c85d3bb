"""Choices of a government besides cap and transfers: allocation, market, compliance."""

from typing import Annotated, Literal

from model.allocation import RULES
from model.arrays import Number
from model.market.institutions import INSTITUTIONS, AuctionTerms
from scenarios.quantity import Section, quantity
from scenarios.words import Word, Worded

NO_POLICY = "none"
NO_TRADE = "none"
DEAREST = 10_000.0
"""Highest price of all, CNY/t: taking CO₂ out of the air costs less."""


class Allocation(Worded):
    """Allocation of the cap."""

    rule: Annotated[str, Word(RULES, (NO_POLICY,))] = "grandfathering"
    """Allocation rule, or `none` for no policy at all."""
    reference: Literal["rolling", "base_year"] = "rolling"
    """Emissions that grandfathering looks back to: the mean of the last three years, or the base
    year's."""
    burden_base: Literal["expected", "without_policy"] = "expected"
    """Base of burdens: liability at last year's abatement, or that without policy."""
    past_since: int = quantity(
        2000,
        "yr",
        "first city inventories",
        ge=1850,
        le=2059,
        bounds="from the first inventories of any country to the last base year",
    )
    """First year whose emissions count under the rules that look at cumulative emissions; those of
    the base year always do."""
    super_emitter_share: float = quantity(
        0.01, "1", "Zheng et al. 2023", gt=0, lt=1, bounds="a share"
    )
    """Share of the study total above which a city is a super-emitter, by D_pba or D_cba."""


class Market(Worded):
    """Market where quota changes hands."""

    institution: Annotated[str, Word(INSTITUTIONS, (NO_TRADE,))] = "exchange"
    """`exchange`: uniform price, once a year. `bilateral`: pairs linked by the supply chain.
    `auction`: the regulator sells part of the cap, then as
    `auction.after`. `none`: no trade."""
    transaction_cost: float = quantity(
        5.0,
        "CNY/t",
        "assumed; tried 0 to 15",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    """τ, paid by buyer and by seller."""
    price_floor: float = quantity(
        0.0,
        "CNY/t",
        "a choice; Beijing pilot 20",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    """Lowest price at which quota may change hands."""
    price_ceiling: float | None = quantity(
        None,
        "CNY/t",
        "a choice; Beijing pilot 150",
        ge=0.01,
        le=10000,
        bounds="from a fen; taking CO₂ out of the air costs less than the highest",
    )
    """Highest price; 10,000, more than anything costs that replaces a tonne, if absent."""
    reserve: Literal["none", "release", "release_and_buy"] = "none"
    """Market reserve of the exchange: sells at the ceiling; also buys at the floor."""
    reserve_share: float = quantity(
        0.02, "1", "assumed", ge=0, le=0.5, bounds="half of the cap at most"
    )
    """Share of the cap set aside each year for the market reserve, if there is one."""

    @property
    def highest_price(self) -> Number:
        """The ceiling, or what nobody would pay any more, CNY/t."""
        return DEAREST if self.price_ceiling is None else self.price_ceiling

    @property
    def has_exchange(self) -> bool:
        """True where cities meet at an exchange, on its own or after an auction."""
        after = self.institution == "auction" and self.auction.after == "exchange"
        return self.institution == "exchange" or after

    @property
    def has_trade(self) -> bool:
        """True where cities can trade with each other."""
        return self.has_exchange or self.institution not in (NO_TRADE, "auction")

    @property
    def auction(self) -> AuctionTerms:
        """Terms of the auction, if there is one."""
        terms: AuctionTerms = INSTITUTIONS.parameters("auction", self.parameters("auction"))
        return terms

    @property
    def keeps_reserve(self) -> bool:
        """True where quota is set aside for a market reserve."""
        return self.reserve != "none" and self.has_exchange


class Compliance(Section):
    """Consequences for cities that are short."""

    verification_error: float = quantity(
        0.0, "1", "a choice; tried 0 to 0.05", ge=0, le=0.5, bounds="wider than any study"
    )
    """σ of the error in verified emissions, which are what a city answers for; mean one."""
    audit: float = quantity(0.3, "1", "assumed; tried 0 to 1", ge=0, le=1, bounds="a probability")
    """Probability that a small concealment is found."""
    hideable: float = quantity(
        0.10, "1", "size of the fraud found in Inner Mongolia in 2021", ge=0, le=1, bounds="a share"
    )
    """Largest share of its liability that a city can conceal."""
    detection_slope: float = quantity(
        1.0, "1", "assumed; tried 0 to 5", ge=0, le=100, bounds="wider than any study"
    )
    """Rise of the probability of detection per unit of the concealed share of liability."""
    open_default: bool = True
    """True where a city may knowingly report a shortage, leave it unmet and pay the fine."""
    reaudit: float = quantity(0.9, "1", "assumed; tried 0 to 1", ge=0, le=1, bounds="a probability")
    """Probability of detection, if larger, in the years after a city was found concealing."""
    reaudit_years: int = quantity(
        2, "yr", "assumed", ge=0, le=100, bounds="longer than any horizon"
    )
    """Years for which it stays so."""
    penalty_multiple: float = quantity(
        3.0,
        "1",
        "pilots 3–5, national scheme 5–10 since 2024",
        ge=0,
        le=100,
        bounds="ten times the national scheme's",
    )
    """Fine per tonne short, as a multiple of the price that fines are measured by."""
    fine_price: Literal["announced", "clearing"] = "announced"
    """Price that fines are measured by, at least the reference price: `announced` before the year
    as the mean of the last clearing prices, or the year's own `clearing` price."""
    fine_years: int = quantity(
        3, "yr", "a choice; pilots 1", ge=1, le=10, bounds="wider than any study"
    )
    """Years whose clearing prices make the announced one."""
    deduction: float = quantity(
        1.0, "1", "Chinese pilots", ge=0, le=10, bounds="ten times the pilots'"
    )
    """Tonnes deducted next year per tonne found."""
    deduction_limit: float = quantity(0.10, "1", "assumed", ge=0, le=1, bounds="a share")
    """Largest deduction, as a share of the year's liability."""
    borrow_limit: float = quantity(0.05, "1", "assumed", ge=0, le=1, bounds="a share")
    """Largest loan from next year's quota, as a share of this year's."""
    bank_limit: float = quantity(
        0.20, "1", "assumed", ge=0, le=100, bounds="more than all years' quota"
    )
    """Largest bank, as a share of the year's liability; what is beyond it expires."""
    bank_years: int | None = quantity(
        None, "yr", "a choice", ge=0, le=100, bounds="longer than any horizon"
    )
    """Years after that of its issue in which quota can still be used; no limit if absent."""
    shortage: Literal["pay", "lose"] = "pay"
    """Consequence of a gap that is found: the fine alone, or growth too."""
    loss_rate: float = quantity(0.5, "1", "assumed", ge=0, le=5, bounds="wider than any study")
    """ν: share of demand lost for a gap of the whole liability; at most the year's growth."""
