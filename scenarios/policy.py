"""What a government chooses besides cap and transfers: allocation, market, compliance."""

from typing import Literal

from pydantic import field_validator

from data.errors import nearest
from model.allocation import RULES
from scenarios.quantity import Section, quantity

NO_POLICY = "none"


class Allocation(Section):
    """How the cap is divided."""

    rule: str = "grandfathering"
    """Allocation rule, or `none` for no policy at all."""
    reference: Literal["rolling", "base_year"] = "rolling"
    """Emissions that grandfathering looks back to: the mean of the last three years, or 2012's."""
    burden_base: Literal["expected", "without_policy"] = "expected"
    """What burdens are taken off: liability at last year's abatement, or that without policy."""
    consumer_weight: float = quantity(0.5, "1", "Lenzen et al. 2007: shared in half", ge=0, le=1)
    """ω of consumption_responsibility: weight of the consumption-based account."""
    freed_share: float = quantity(0.10, "1", "assumed", ge=0, le=1)
    """Share of their quota that super-emitters free under supply_chain_linked."""
    convergence_year: int = quantity(2030, "yr", "a choice", ge=2012, le=2100)
    """Year from which quota per head is equal under contraction_and_convergence."""
    ability_exponent: float = quantity(1 / 3, "1", "van den Berg et al. 2020", ge=0, le=3)
    """How the burden rises with income per head under ability_to_pay."""
    past_since: int = quantity(2000, "yr", "first city inventories", ge=2000, le=2012)
    """First year whose emissions count under the rules that look at cumulative emissions."""
    responsibility_weight: float = quantity(0.5, "1", "half and half: a choice", ge=0, le=1)
    """Weight of past emissions under responsibility_capability; the rest is capability."""
    income_threshold: float = quantity(
        0.6, "1", "assumed; Baer et al. 2008 set 7,500 PPP dollars", ge=0, lt=1
    )
    """Value added per head that bears no burden, relative to the mean (same rule)."""
    debt_discount: float = quantity(
        0.015, "1/yr", "assumed; van den Berg et al. 2020 discount too", ge=0, lt=1
    )
    """d of equal_cumulative_per_capita: how fast past emissions fade."""
    benchmark: Literal["mean", "best_decile"] = "mean"
    """Benchmark of a sector under benchmark_intensity: mean of the cities, or their best decile."""
    benchmark_fall: float = quantity(0.01, "1/yr", "assumed", ge=0, lt=1)
    """Yearly fall of the mean benchmark, as far as the best decile."""
    boltzmann_b: float = quantity(0.05, "heads/t", "assumed", ge=0, le=10)
    """b of boltzmann: how fast quota per head falls with emissions per head; 0 is per capita."""
    reward: float = quantity(0.1, "t/10⁴ CNY", "assumed; 1 lets quotas run away", ge=0, le=10)
    """k of performance_based: rise of quota per growth above average for each tonne emitted."""
    super_emitter_share: float = quantity(0.01, "1", "Zheng et al. 2023", gt=0, lt=1)
    """Share of the study total above which a city is a super-emitter, by D_pba or D_cba."""

    @field_validator("rule")
    @classmethod
    def _known_rule(cls, rule: str) -> str:
        if rule != NO_POLICY and rule not in RULES:
            raise ValueError(f"no such rule; {nearest(rule, [NO_POLICY, *RULES])}")
        return rule


class Market(Section):
    """Where quota changes hands."""

    institution: Literal["none", "exchange", "bilateral", "auction"] = "exchange"
    """`exchange`: uniform price, once a year. `bilateral`: pairs linked by the supply chain.
    `auction`: the regulator sells part of the cap, then as `after_auction`. `none`: no trade."""
    transaction_cost: float = quantity(5.0, "CNY/t", "assumed; tried 0 to 15", ge=0)
    """τ, paid by buyer and by seller."""
    price_floor: float = quantity(0.0, "CNY/t", "a choice; pilots 20", ge=0)
    """Lowest price at which quota may change hands."""
    price_ceiling: float | None = quantity(None, "CNY/t", "a choice; pilots 150", gt=0)
    """Highest price; no ceiling if absent."""
    bilateral_rounds: int = quantity(12, "1/yr", "assumed; tried 1 to 500", ge=1)
    """Rounds of bilateral trade a year; in each a city deals with one partner at most."""
    auction_share: float = quantity(0.10, "1", "a choice; tried 0.05 to 1", ge=0, le=1)
    """Share of the cap, less reserves, that is auctioned; the rest is allocated by rule."""
    auction_reserve_price: float = quantity(0.0, "CNY/t", "a choice", ge=0)
    """Lowest price at which the regulator sells on auction; `price_floor` if that is higher."""
    auction_unsold: Literal["cancel", "reserve"] = "cancel"
    """What the auction leaves is cancelled, or goes to the market reserve."""
    after_auction: Literal["exchange", "none"] = "exchange"
    """Whether an exchange follows the auction."""
    reserve: Literal["none", "release", "release_and_buy"] = "none"
    """Market reserve of the exchange: sells at the ceiling; also buys at the floor."""
    reserve_share: float = quantity(0.02, "1", "assumed", ge=0, le=0.5)
    """Share of the cap set aside each year for the market reserve, if there is one."""

    @property
    def highest_price(self) -> float:
        """The ceiling, CNY/t; infinite without one."""
        return float("inf") if self.price_ceiling is None else self.price_ceiling

    @property
    def has_exchange(self) -> bool:
        """Whether cities meet at an exchange, on its own or after an auction."""
        after = self.institution == "auction" and self.after_auction == "exchange"
        return self.institution == "exchange" or after

    @property
    def keeps_reserve(self) -> bool:
        """Whether quota is set aside for a market reserve."""
        return self.reserve != "none" and self.has_exchange


class Compliance(Section):
    """What happens to cities that are short."""

    verification_error: float = quantity(0.0, "1", "a choice; tried 0 to 0.05", ge=0, le=0.5)
    """σ of the error in verified emissions, which are what a city answers for; mean one."""
    audit: float = quantity(0.3, "1", "assumed; tried 0 to 1", ge=0, le=1)
    """Probability that a hidden gap is found."""
    penalty_multiple: float = quantity(
        3.0, "1", "pilots 3–5, national scheme 5–10 since 2024", ge=0
    )
    """Fine per tonne short, as a multiple of the larger of clearing and reference price."""
    deduction: float = quantity(1.0, "1", "Chinese pilots", ge=0)
    """Tonnes deducted next year per tonne found."""
    deduction_limit: float = quantity(0.10, "1", "assumed", ge=0, le=1)
    """Largest deduction, as a share of the year's liability."""
    borrow_limit: float = quantity(0.05, "1", "assumed", ge=0, le=1)
    """Largest loan from next year's quota, as a share of this year's."""
    bank_limit: float = quantity(0.20, "1", "assumed", ge=0)
    """Largest bank, as a share of the year's liability; what is beyond it expires."""
    bank_years: int | None = quantity(None, "yr", "a choice", ge=0)
    """Years after that of its issue in which quota can still be used; no limit if absent."""
    shortage: Literal["pay", "lose"] = "pay"
    """Whether a gap that is found costs the fine alone, or growth too."""
    loss_rate: float = quantity(0.5, "1", "assumed", ge=0, le=5)
    """ν: share of demand lost for a gap of the whole liability; at most the year's growth."""
