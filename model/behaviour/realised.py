"""Realised payoffs of a year, in the terms in which they were expected."""

from dataclasses import dataclass

from model.arrays import ByCity, Tonnes
from model.behaviour.outlook import Outlook


@dataclass(frozen=True, slots=True)
class YearCosts:
    """Costs and gains of each city in a year."""

    cost: ByCity
    """Cost that the year's step of abatement added, less subsidy and credit for it, CNY."""
    paid: ByCity
    """For quota bought, less what was sold for, with transaction cost, CNY."""
    fines: ByCity
    """CNY."""
    due_next_year: Tonnes
    """Deducted or borrowed: tonnes missing next year."""
    unanswered: Tonnes
    """Hidden, or left open by choice: tonnes that a city does not answer for."""


def realised(
    outlook: Outlook, year: YearCosts, banked: Tonnes, neighbours_free_riding: ByCity
) -> ByCity:
    """Return what the year was worth to each city, CNY; (c,).

    −ΔTC − purchases and transaction cost − fines − β p_e a tonne due next year + the worth of what
    is banked − neighbours' disapproval of what is hidden or left open. `banked` is carried into the
    next year, t; `neighbours_free_riding` the share of the supply-chain neighbours that rode free,
    by flow, 1.
    """
    later = outlook.terms.discount * outlook.belief * year.due_next_year
    disapproval = outlook.peer_pressure * outlook.belief * (1 - neighbours_free_riding)
    earned = outlook.banked_worth * banked - disapproval * year.unanswered
    return earned - year.cost - year.paid - year.fines - later
