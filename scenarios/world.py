"""Conditions that a government does not choose: behaviour, abatement cost, growth."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import field_validator

from data.errors import nearest
from model.behaviour import CITIES, PLAIN_CITY, RULES
from scenarios.added_trends import Cleaner, MoreDemand
from scenarios.named import Listed
from scenarios.quantity import Section, quantity
from scenarios.words import Word, Worded

MIX = "mix"


class Behaviour(Worded):
    """Decisions of cities."""

    rule: Annotated[str, Word(RULES, (MIX,))] = "logit"
    """Decision rule: `logit`, `imitate`, `reinforce`, one of one's own, or a `mix` of them."""
    city: Annotated[str, Word(CITIES)] = PLAIN_CITY
    """Class of the cities: the plain `city`, which decides by `rule`, or a class of one's own."""
    shares: dict[str, float] = quantity(
        {"logit": 0.5, "imitate": 0.25, "reinforce": 0.25},
        "1",
        "a choice",
        bounds="shares, which sum to one",
    )
    """Share of cities that follow each rule, where `rule` is `mix`; they sum to one."""
    rationality: float = quantity(
        20.0, "1", "assumed; tried 3 to 50", ge=0, le=1_000_000, bounds="from chance to certainty"
    )
    """λ of the logit choice, per reference price and tonne of need: 20 makes 3 CNY/t one unit."""
    rationality_spread: float = quantity(
        0.0, "1", "a choice", ge=0, le=2, bounds="wider than any study"
    )
    """Spread of λ across cities: standard deviation of its logarithm; the mean stays."""
    peer_pressure: float = quantity(
        0.3, "1", "assumed; tried 0 to 1", ge=0, le=10, bounds="ten times the price"
    )
    """Disapproval of falling short among neighbours that comply, as a share of the price."""
    peer_spread: float = quantity(0.0, "1", "a choice", ge=0, le=2, bounds="wider than any study")
    """Spread of peer pressure across cities: standard deviation of its logarithm."""
    fiscal_elasticity: float = quantity(
        0.5, "1", "assumed; tried 0 to 1", ge=0, le=2, bounds="wider than any study"
    )
    """Rise of what standing is worth with value added a head: an elasticity; the mean city at 1."""
    audit_visibility: float = quantity(
        0.5, "1", "assumed; tried 0 to 1", ge=0, le=3, bounds="wider than any study"
    )
    """Rise of the log odds of the expected audit per standard deviation of the cluster's share of
    large point sources in emissions."""
    audit_spread: float = quantity(
        0.5, "1", "assumed; tried 0 to 1", ge=0, le=3, bounds="wider than any study"
    )
    """Spread of the log odds of the expected audit across cities: standard deviation."""
    target_share: float = quantity(0.0, "1", "a choice", ge=0, le=1, bounds="a share")
    """Share of cities with a target of their own, met whatever quota costs."""
    target_cut: float = quantity(0.2, "1", "a choice", ge=0, lt=1, bounds="a share")
    """Own target: emissions below trend in the last year; linear from zero in the year before the
    policy."""
    forecast_error: float = quantity(
        0.02, "1", "assumed", ge=0, le=1, bounds="an error as large as what is forecast"
    )
    """σ of the error in a city's forecast of its own liability."""
    belief_speed: float = quantity(0.3, "1", "assumed", ge=0, le=1, bounds="a share")
    """η: how far the expected price moves to the clearing price in a year."""
    expectations: Literal["adaptive", "path"] = "adaptive"
    """Price beliefs: `adaptive` to past prices, or perfect foresight of the announced `path`: all
    expect the prices and the later worth of abatement that come about."""
    reference_price: float = quantity(
        60.0,
        "CNY/t",
        "national scheme 2021–24: 48 to 97",
        ge=0.01,
        le=10000,
        bounds="from a fen; taking CO₂ out of the air costs less than the highest",
    )
    """First price belief, and the price by which payoffs and fines are measured."""
    risk: float = quantity(0.1, "1", "assumed", ge=0, lt=1, bounds="a share")
    """Discount on an uncertain price."""
    discount: float = quantity(
        0.95,
        "1",
        "assumed",
        ge=0.01,
        le=1,
        bounds="a yuan of next year is worth something and no more than one of today",
    )
    """β: worth today of a yuan next year."""
    waiting: float = quantity(1.0, "1", "assumed; tried 0 to 1", ge=0, le=1, bounds="a share")
    """Share of its suppliers' expected mitigation that a city under consumer responsibility counts
    on instead of abating itself: they are expected to abate what they did last year."""
    consumer_responsibility: float = quantity(
        0.0, "1", "a choice; unstable above 0.75", ge=0, le=0.75, bounds="a share; unstable beyond"
    )
    """w: share of a city's liability that follows its footprint instead of its production."""

    @classmethod
    def _chosen(cls, rest: Mapping[str, Any]) -> Iterator[str]:
        yield from super()._chosen(rest)
        if rest.get("rule") == MIX:
            yield from rest.get("shares", {})

    @field_validator("shares")
    @classmethod
    def _shares_of_all(cls, shares: dict[str, float]) -> dict[str, float]:
        for word, share in shares.items():
            if word not in RULES:
                raise ValueError(f"{word!r} is no rule; {nearest(word, list(RULES))}")
            if share < 0:
                raise ValueError(f"share {share} of {word} is negative")
        if abs(sum(shares.values()) - 1) > 1e-9:
            raise ValueError(f"they sum to {sum(shares.values()):g}; let them sum to 1")
        return shares


class Abatement(Section):
    """Cost of abatement."""

    steepness: float = quantity(
        380.0,
        "CNY/t",
        "assumed; 250 to 1,100, the upper half from distance functions",
        ge=1,
        le=100000,
        bounds="wider than any study",
    )
    """g₀: emission-weighted mean of g in MAC = −g ln(1−R): 85 CNY/t at R = 20 %."""
    intensity_sensitivity: float = quantity(
        0.4, "1", "assumed", ge=0, le=5, bounds="wider than any study"
    )
    """h: how much cheaper abatement is for carbon-intensive producers."""
    electricity: float = quantity(
        0.8, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of electricity and heat."""
    metals: float = quantity(
        1.1, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of metal smelting."""
    minerals: float = quantity(
        0.9, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of non-metal mineral products."""
    chemicals: float = quantity(
        1.2, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of chemicals."""
    petroleum: float = quantity(
        1.3, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of petroleum and coking."""
    coal: float = quantity(
        1.0, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of coal mining."""
    rest: float = quantity(
        1.6, "1", "assumed", ge=0.01, le=100, bounds="a hundredth to a hundred times the mean"
    )
    """Relative steepness of all other sectors."""
    ceiling: float = quantity(
        0.7,
        "1",
        "assumed",
        ge=0.01,
        le=0.95,
        bounds="a share; the last twentieth has no cost curve",
    )
    """R_max: largest share of trend emissions that can be abated."""
    learning: float = quantity(
        0.1, "1", "assumed", ge=0, le=0.75, bounds="no technology's cost halves twice per doubling"
    )
    """Fall of cost per doubling of (1 Gt + abatement cumulated by all cities)."""
    pace: float = quantity(
        0.03,
        "1/yr",
        "assumed",
        ge=0.001,
        le=1,
        bounds="from a thousandth of emissions a year to all of them",
    )
    """ρ: abatement step that costs `adjustment_cost` at the margin; at most twice that a year."""
    adjustment_cost: float = quantity(
        40.0, "CNY/t", "assumed", ge=0.01, le=100000, bounds="wider than any study"
    )
    """ka: marginal cost of moving by `pace` in one year."""
    cost_falls_on: Literal["demand", "nobody"] = "demand"
    """Where what a city pays for abatement and quota is felt: in its demand of the next year, or
    nowhere. What the public budget takes in counts as returned to all cities by demand."""
    demand_lever: bool = False
    """True where super-emitters by demand can also shift demand from capital to consumption."""
    demand_pace: float = quantity(
        0.01,
        "1/yr",
        "assumed",
        ge=0.0001,
        le=0.1,
        bounds="a ten-thousandth to a tenth of demand a year",
    )
    """Longest such shift in a year, as a share of households', public and capital demand."""
    demand_floor: float = quantity(
        0.22, "1", "Osaka 17 %, Seoul 27 %: Zheng et al. 2023", ge=0, lt=1, bounds="a share"
    )
    """Share of capital formation below which no shift goes."""
    demand_cost: float = quantity(
        1.0, "1", "assumed", ge=0.01, le=1000, bounds="a hundredth to a thousand times the default"
    )
    """cd: a yearly shift h costs cd·h²/2 of capital formation."""


class Growth(Section):
    """The economy without policy."""

    convergence: int = quantity(10, "yr", "assumed", ge=1, le=100, bounds="longer than any horizon")
    """Years after 2017 in which cities' growth converges to the nation's."""
    long_run: float = quantity(
        0.045, "1/yr", "assumed", gt=-0.1, lt=0.2, bounds="beyond any nation's growth over decades"
    )
    """Growth of the nation after the last year of statistics."""
    exports: float = quantity(
        0.03, "1/yr", "assumed", gt=-0.5, lt=0.5, bounds="beyond any nation's growth over decades"
    )
    """Growth of exports abroad."""
    intensity: Literal["city", "national", "plan"] = "city"
    """Trend of intensities 2012–2017: the nation's by sector, that × each city's inventory, or the
    province's plan of 2011–2015, which knows nothing of later years."""
    intensity_change: float = quantity(
        -0.035,
        "1/yr",
        "assumed; tried −0.025 to −0.045",
        gt=-0.5,
        lt=0.5,
        bounds="beyond any nation's change over decades",
    )
    """Yearly change of the nation's emission intensity after 2017, without policy."""
    sector_trends: Literal["persist", "alike"] = "persist"
    """Intensities after 2017: whether the sectors' trends of 2012–2017 go on, with the nation's
    emissions as if all moved alike, or all do."""
    departure_common: float = quantity(
        0.18,
        "1",
        "compiled tables of 2012 and 2017, less inventories' noise; docs/intensities",
        ge=0,
        le=1,
        bounds="e-fold in five years",
    )
    """Departure of all intensities of a city from their trends after 2017: standard deviation of
    its logarithm after five years; drawn in each replication, the same in all arms."""
    departure_specific: float = quantity(
        0.16,
        "1",
        "electricity in the same tables; tried 0 to 0.32",
        ge=0,
        le=1,
        bounds="e-fold in five years",
    )
    """The same of each abatement group of a city, beside that."""
    departure_persistence: float = quantity(
        0.98, "1", "inventories of cities, 2000–2019: near 1", ge=0, le=1, bounds="a share"
    )
    """φ: share of a departure that is left after a year."""
    cleaner: Annotated[tuple[Cleaner, ...], Listed] = quantity((), "tables", "a choice")
    """Sectors that get cleaner in some places than their trend; a list of tables."""
    more_demand: Annotated[tuple[MoreDemand, ...], Listed] = quantity((), "tables", "a choice")
    """Products of which some places demand more than the baseline; a list of tables."""
