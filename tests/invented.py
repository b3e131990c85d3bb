"""Invented economies and cities: what tests of compiling, deciding and trading start from."""

from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from data.compiled.synthetic import small_economy, small_figures
from model.abatement.mac import MacCurve
from model.allocation import Knowledge
from model.behaviour.experience import Experience
from model.behaviour.outlook import Outlook, Terms
from model.behaviour.payoffs import HOLD
from model.compile.city_economy import Economy
from model.compile.figures import Figures
from model.compile.provinces import ProvincialTables, reconciled
from model.market.exchange import Book
from simulation.laboratory import Laboratory

SEEDS = st.integers(0, 8)
"""Few enough for every economy to be compiled only once in a session."""

TERMS = Terms(
    reference_price=60.0,
    penalty_multiple=3.0,
    hideable=1.0,
    detection_slope=0.0,
    transaction_cost=5.0,
    risk=0.1,
    discount=0.95,
    bank_limit=0.2,
    deduction=1.0,
    market_open=True,
    transfer_open=True,
    auction_open=False,
)
FRICTIONLESS = replace(TERMS, transaction_cost=0.0, risk=0.0)


@cache
def figures_of(seed: int) -> Figures:
    """Return invented figures."""
    return small_figures(seed)


@cache
def tables_of(seed: int) -> ProvincialTables:
    """Return the provincial tables of the figures, reconciled."""
    figures = figures_of(seed)
    return reconciled(figures.tables, figures.national)


@cache
def economy_of(seed: int) -> Economy:
    """Return the economy compiled from the figures."""
    return small_economy(seed)


def placed_in_china(economy: Economy) -> Economy:
    """Return an invented economy with its provinces in the east, the north-east and the west."""
    codes = ("310000", "210000", "650000")
    return replace(economy, regions=replace(economy.regions, province_codes=codes))


@cache
def laboratory_of(seed: int) -> Laboratory:
    """Return a laboratory of the economy placed in China; it keeps the years without policy."""
    return Laboratory(placed_in_china(economy_of(seed)))


def floats(least: float, most: float) -> st.SearchStrategy[float]:
    """Return real numbers, without those too small to be told from zero."""
    return st.floats(least, most, allow_subnormal=False)


def amounts(shape: int | tuple[int, ...], least: float, most: float) -> st.SearchStrategy:
    """Return arrays of real numbers."""
    return arrays(np.float64, shape, elements=floats(least, most))


def known(*, cities: int = 2, **figures) -> Knowledge:
    """Return what is known of two like cities, but for the given figures."""
    even, nobody = np.full(cities, 100.0), np.zeros(cities, dtype=bool)
    same = Knowledge(
        year=1,
        calendar_year=2013,
        horizon=10,
        population=even,
        base_year=even,
        base_value_added=even,
        reference=even,
        expected=even,
        base=even,
        D_pba=even,
        D_cba=even,
        value_added=even,
        growth=np.zeros(cities),
        last_quota=even,
        output=even[:, None],
        intensity=np.ones((cities, 1)),
        past_emissions=even[None, :],
        intensity_cut=np.zeros(cities),
        links=np.zeros((cities, cities)),
        aiding=nobody,
        aided=nobody,
        trend=even[:, None],
        abatement=np.zeros((cities, 1)),
        own=np.ones((cities, 1)),
        mac=MacCurve(np.full((cities, 1), 380.0), 40.0, 0.03, 0.7),
    )
    return replace(same, **figures)


def outlook(need, trend, terms: Terms = TERMS, **known) -> Outlook:
    """Return the outlook of cities with the default parameters of a scenario; trend is (c, m)."""
    need, trend = np.asarray(need, dtype=np.float64), np.asarray(trend, dtype=np.float64)
    cities = need.size
    defaults = {
        "expected": trend.sum(axis=1),
        "bank": np.zeros(cities),
        "awaited": np.zeros(cities),
        "belief": np.full(cities, 60.0),
        "last_choice": np.zeros(cities, dtype=np.int64),
        "linked": np.ones(cities, dtype=bool),
        "neighbours_free_riding": np.zeros(cities),
        "least_scale": 0.01 * trend.sum(axis=1),
        "rule": np.zeros(cities, dtype=np.int64),
        "rationality": np.full(cities, 3.0),
        "peer_pressure": np.full(cities, 0.3),
        "audit": np.full(cities, 0.3),
        "experience": no_experience(cities),
    }
    curve = MacCurve(
        g=known.pop("g", np.full_like(trend, 380.0)),
        adjustment=known.pop("adjustment", 40.0),
        pace=known.pop("pace", 0.03),
        ceiling=known.pop("ceiling", 0.7),
        least=known.pop("least", 0.0),
    )
    abatement, own = known.pop("abatement", np.zeros_like(trend)), known.pop("own", None)
    supply = curve.supply(abatement, np.ones_like(trend) if own is None else own, trend)
    known.setdefault("later_price", known.get("belief", defaults["belief"]))
    return Outlook(need=need, supply=supply, terms=terms, **{**defaults, **known})


def no_experience(cities: int) -> Experience:
    """Return the experience of cities before their first year."""
    never, nothing = np.full(cities, HOLD), np.zeros(cities)
    return Experience(never, nothing, np.full((cities, HOLD), 1 / HOLD), never, nothing)


@st.composite
def outlooks(draw, terms: Terms = TERMS, least_need: float = -0.1, cities: int = 6) -> Outlook:
    """Draw the outlook of up to `cities` cities; need is a share of their emissions on trend."""
    shape = (draw(st.integers(1, cities)), draw(st.integers(1, 3)))
    trend = draw(amounts(shape, 1e5, 1e8))
    bank = draw(amounts(shape[0], 0.0, 0.3))
    return outlook(
        draw(amounts(shape[0], least_need, 0.08)) * trend.sum(axis=1),
        trend,
        terms,
        bank=bank * trend.sum(axis=1),
        belief=draw(amounts(shape[0], 20.0, 150.0)),
        last_choice=draw(arrays(np.int64, shape[0], elements=st.integers(0, HOLD))),
        neighbours_free_riding=draw(amounts(shape[0], 0.0, 1.0)),
        abatement=draw(amounts(shape, 0.0, 0.6)),
        own=draw(amounts(shape, 0.3, 1.0)),
        g=draw(amounts(shape, 100.0, 1500.0)),
    )


def book(outlook: Outlook, **known) -> Book:
    """Return the schedules of cities that all trade, each on its own."""
    cities = outlook.need.size
    defaults = {
        "trading": np.ones(cities, dtype=bool),
        "others_effort": None,
        "effort_elsewhere": np.zeros(cities),
    }
    return Book(outlook=outlook, **{**defaults, **known})
