"""Giving: who offers quota to whom by name, and what is agreed before the market opens."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from model.arrays import BetweenCities, ByCity, Cities
from model.behaviour.giving import ContractTerms, wanted
from model.behaviour.outlook import Outlook
from model.labels import Money
from model.transfers.contracts import (
    PARTNERS,
    Contracts,
    agreed,
    trust_after,
)
from simulation.city import City
from simulation.own_code import called, function_of
from simulation.scheme import Scheme
from simulation.state import State


def contracted(
    scheme: Scheme, state: State, outlook: Outlook, cities: Sequence[City]
) -> tuple[State, Contracts]:
    """Let cities offer and take quota; return the state with it delivered, and the contracts."""
    asked = scheme.asked.contract
    partners = _partners(scheme, state)
    offers = _offers(cities, outlook, asked.terms) * partners.any(axis=1)
    offers = np.minimum(offers, np.maximum(state.ledger.held, 0))
    made = agreed(offers, wanted(outlook, asked.terms), partners, state.trust, asked.compensation)
    after = replace(
        state,
        ledger=state.ledger.trade(made.received),
        trust=trust_after(state.trust, partners, offers, asked.trust_speed),
    )
    return after, made


def contract_table(
    by_year: Sequence[tuple[int, Contracts]], names: Sequence[str], money: Money
) -> pd.DataFrame:
    """Return contracts by year as a table of givers and receivers by name, at prices in `money`."""
    rows = [
        (year, names[r], names[s], int(made.tonnes[r, s]), made.price / money.cny)
        for year, made in by_year
        for r, s in np.argwhere(made.tonnes > 0)
    ]
    return pd.DataFrame(rows, columns=["year", "giver", "receiver", "tonnes", "price"])


def _partners(scheme: Scheme, state: State) -> BetweenCities:
    """Return 1 where r may offer to s; (r, s)."""
    asked = scheme.asked.contract
    word = asked.offered_to
    may = function_of(PARTNERS, word, asked.parameters(word))(scheme.links.flows, state.aided)
    partners = np.array(may, dtype=np.float64)
    np.fill_diagonal(partners, 0.0)
    givers: Cities = state.aiding if asked.offered_by == "super_emitters" else state.aiding | True
    return partners * givers[:, None]


def _offers(cities: Sequence[City], outlook: Outlook, terms: ContractTerms) -> ByCity:
    """Return what every city offers, t; (c,). Those with a method of their own are asked alone.

    Offers below zero, or that are no number, count as none.
    """
    asked_alone = [city for city in cities if type(city).offer is not City.offer]
    offers = np.array(City.offer(cities[0], outlook, terms), dtype=np.float64)
    for city in asked_alone:
        offers[city.row] = _tonnes(city, outlook, terms)
    return np.maximum(np.nan_to_num(offers, nan=0.0, posinf=0.0), 0.0)


def _tonnes(city: City, outlook: Outlook, terms: ContractTerms) -> float:
    """Return what a city with a method of its own offers, t."""
    what = f"offer of {type(city).__name__}"
    said = called(what, city.offer, outlook.row(city.row), terms)
    return float(called(what, np.ravel, said)[0])
