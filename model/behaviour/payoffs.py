"""Expected payoffs of the three actions, CNY of one year."""

from enum import IntEnum

import numpy as np

from model.arrays import ByCity, OpenActions, Payoffs
from model.behaviour.outlook import Outlook


class Action(IntEnum):
    """Action of a city in a year; arrays hold the numbers, so that they can be columns too."""

    MITIGATE = 0
    """Meet the need by own abatement, and at the auction where there is one."""
    TRANSFER = 1
    """Abate as far as the price asks; buy or sell the rest."""
    FREE_RIDE = 2
    """Leave the need unmet, and hope that nobody finds it."""
    HOLD = 3
    """Mitigating by a city that needs no quota; nobody chooses it."""

    @property
    def word(self) -> str:
        """The action as scenarios, results and a city's own `decide` spell it."""
        return self.name.lower()


MITIGATE, TRANSFER, FREE_RIDE, HOLD = Action
ACTIONS = tuple(action.word for action in Action)
"""Words of the actions, each at its number."""


def payoffs(outlook: Outlook) -> Payoffs:
    """Return the expected payoff of mitigate, transfer and free_ride; (c, 3).

    An action that is not open has −∞: free_ride without a need, transfer without a market or
    without anybody to trade with. Where part of the cap is auctioned, mitigating cities in need
    expect to buy there.
    """
    closed = np.full_like(outlook.need, -np.inf)
    need = outlook.need
    riding = np.where(need > 0, of_free_riding(outlook), closed)
    transfer, mitigation = closed, of_mitigation(outlook)
    if outlook.can_trade.any():
        transfer = np.where(outlook.can_trade, of_transfer(outlook), closed)
    if outlook.terms.auction_open:
        mitigation = np.where(need > 0, of_transfer(outlook, selling=False), mitigation)
    return np.stack([mitigation, transfer, riding]).T


def open_actions(outlook: Outlook) -> OpenActions:
    """Return which of mitigate, transfer and free_ride are open; (c, 3)."""
    always = np.ones_like(outlook.need, dtype=bool)
    return np.stack([always, outlook.can_trade, outlook.need > 0]).T


def of_mitigation(outlook: Outlook) -> ByCity:
    """Return −ΔTC − fines on what is not reached + worth of what is banked, CNY; (c,)."""
    need, terms, supply = outlook.need, outlook.terms, outlook.supply
    dR = outlook.own_step
    unmet = np.maximum(need - supply.relief_of(dR), 0.0)
    spare = np.clip(-need, 0.0, terms.bank_limit * outlook.expected)
    return -supply.cost(dR) - outlook.fine * unmet + outlook.banked_worth * spare


def of_transfer(outlook: Outlook, *, selling: bool = True) -> ByCity:
    """Return −ΔTC at the believed price ± τ, less purchases or plus sales, CNY; (c,).

    Without `selling` nobody abates beyond its own need, nor earns from a surplus.
    """
    need, terms, supply, belief = outlook.need, outlook.terms, outlook.supply, outlook.belief
    tau = terms.transaction_cost
    price = np.minimum(outlook.price_of_need, belief + tau)
    dR = supply.step(np.maximum(price, belief - tau) if selling else price)
    net = need - supply.relief_of(dR)
    paid = belief * (1 + terms.risk) + tau
    earned = np.maximum(belief * (1 - terms.risk) - tau, 0.0) * float(selling)
    return -supply.cost(dR) - paid * np.maximum(net, 0.0) + earned * np.maximum(-net, 0.0)


def of_free_riding(outlook: Outlook) -> ByCity:
    """Return −audit × fine × gap, less the disapproval of complying neighbours, CNY; (c,).

    The gap is the need, less what a city with a target of its own abates all the same.
    """
    terms, supply = outlook.terms, outlook.supply
    fined = terms.audit * outlook.fine
    disapproval = outlook.peer_pressure * outlook.belief * (1 - outlook.neighbours_free_riding)
    dR = supply.for_nothing
    gap = np.maximum(outlook.need - supply.relief_of(dR), 0.0)
    return -(fined + disapproval) * gap - supply.cost(dR)
