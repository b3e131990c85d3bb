"""Giving as a choice: what a city offers to others by contract, and what it takes from them."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity
from model.behaviour.outlook import Outlook


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """Terms of every contract of a year."""

    compensation: float
    """Paid by the receiver, CNY/t."""
    standing: float
    """Worth to the giver of having given, beyond the compensation, CNY/t."""


def offered(outlook: Outlook, terms: ContractTerms) -> ByCity:
    """Return what each city would give at the compensation, t; (c,).

    A city gives its surplus, and what it can abate beyond its need at a marginal cost of
    compensation + standing, if it has no better use for a tonne: the market, if it can trade, or
    its bank. What could not be banked is given even then.
    """
    worth = np.full_like(outlook.need, terms.compensation + terms.standing)
    market = outlook.belief * (1.0 - outlook.terms.risk) - outlook.terms.transaction_cost
    elsewhere = np.where(outlook.can_trade, np.maximum(market, 0.0), 0.0)
    gives = worth >= np.maximum(elsewhere, outlook.banked_worth)
    freed = np.maximum(outlook.supply.relief(worth) - outlook.need, 0.0)
    room = outlook.terms.bank_limit * outlook.expected
    lapsing = np.where(worth >= elsewhere, np.maximum(-outlook.need - room, 0.0), 0.0)
    return np.where(gives, freed, lapsing)


def wanted(outlook: Outlook, terms: ContractTerms) -> ByCity:
    """Return what each city would take at the compensation, t; (c,).

    Its need, less what it abates more cheaply itself; nothing where the fine it expects, or the
    market with its risk and cost, is cheaper.
    """
    price = np.full_like(outlook.need, terms.compensation)
    market = outlook.belief * (1.0 + outlook.terms.risk) + outlook.terms.transaction_cost
    most = np.minimum(outlook.fine, np.where(outlook.can_trade, market, np.inf))
    left = np.maximum(outlook.need - outlook.supply.relief(price), 0.0)
    return np.where(price <= most, left, 0.0)
