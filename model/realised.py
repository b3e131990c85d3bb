"""Realised payoffs of a year, in the terms in which they were expected."""

from dataclasses import dataclass

from model.arrays import ByCity, ByCityLever, Tonnes
from model.outlook import Outlook


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a year brought each city."""

    dR: ByCityLever
    """Step of abatement, 1; (c, g)."""
    paid: ByCity
    """For quota bought, less what was sold for, with transaction cost, CNY."""
    fines: ByCity
    """CNY."""
    due_next_year: Tonnes
    """Deducted or borrowed: tonnes missing next year."""
    banked: Tonnes
    """Carried into the next year."""
    hidden_gap: Tonnes
    """Neither reported nor covered."""
    neighbours_free_riding: ByCity
    """Share of the supply-chain neighbours that rode free this year, by flow, 1."""


def realised(outlook: Outlook, deeds: Deeds) -> ByCity:
    """Return what the year was worth to each city, CNY; (c,).

    −ΔTC − purchases and transaction cost − fines − β p_e a tonne due next year + the worth of what
    is banked − neighbours' disapproval of a hidden gap.
    """
    cost = outlook.supply.cost(deeds.dR)
    later = outlook.terms.discount * outlook.belief * deeds.due_next_year
    disapproval = outlook.peer_pressure * outlook.belief * (1 - deeds.neighbours_free_riding)
    earned = outlook.banked_worth * deeds.banked - disapproval * deeds.hidden_gap
    return earned - cost - deeds.paid - deeds.fines - later
