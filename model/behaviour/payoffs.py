"""Expected payoffs of the actions a city may choose, CNY of one year."""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from model.arrays import Actions, AnyArray, ByCity, OpenActions, Payoffs
from model.behaviour.outlook import Outlook


class Action(IntEnum):
    """Action of a city in a year; arrays hold the numbers, so that they can be columns too."""

    MITIGATE = 0
    """Meet the need by own abatement, and at the auction where there is one."""
    TRANSFER = 1
    """Abate as far as the price asks; buy or sell the rest."""
    FREE_RIDE = 2
    """Conceal as much of the need as can be concealed, and settle the rest openly."""
    DEFAULT = 3
    """Report truly, leave the need unmet, pay the fine."""
    HOLD = 4
    """Mitigating by a city that needs no quota; nobody chooses it."""

    @property
    def word(self) -> str:
        """The action as scenarios, results and a city's own `decide` spell it."""
        return self.name.lower()


MITIGATE, TRANSFER, FREE_RIDE, DEFAULT, HOLD = Action
ACTIONS = tuple(action.word for action in Action)
"""Words of the actions, each at its number."""


def payoffs(outlook: Outlook) -> Payoffs:
    """Return the expected payoff of mitigate, transfer, free_ride and default; (c, 4).

    An action that is not open has −∞: free_ride without a need or where nothing can be concealed,
    default without a need or where it is barred, transfer without a market or without anybody to
    trade with.
    """
    return outlook.once(_payoffs)


def _payoffs(outlook: Outlook) -> Payoffs:
    closed = np.full_like(outlook.need, -np.inf)
    transfer = closed
    if outlook.can_trade.any():
        transfer = np.where(outlook.can_trade, of_transfer(outlook), closed)
    riding = np.where(outlook.can_conceal, of_free_riding(outlook), closed)
    default = np.where(outlook.can_default, of_default(outlook), closed)
    return np.stack([of_mitigation(outlook), transfer, riding, default], axis=-1)


def chosen(of_actions: AnyArray, choice: Actions) -> AnyArray:
    """Return what stands in the column of each city's choice; (c, 4) to (c,)."""
    if choice.ndim == 1:
        return of_actions[np.arange(choice.size), choice]
    return np.take_along_axis(of_actions, choice[..., None], axis=-1)[..., 0]


def open_actions(outlook: Outlook) -> OpenActions:
    """Return which of mitigate, transfer, free_ride and default are open; (c, 4)."""
    always = np.ones_like(outlook.need, dtype=bool)
    trade = np.broadcast_to(outlook.can_trade, always.shape)
    return np.stack([always, trade, outlook.can_conceal, outlook.can_default], axis=-1)


def of_mitigation(outlook: Outlook) -> ByCity:
    """Return −ΔTC − fines on what is not reached + worth of what is banked, CNY; (c,).

    Where part of the cap is auctioned, less what a city expects to buy there: what it would buy at
    the expected price, but no more than its expected award, and it meets the rest alone.
    """
    if not outlook.terms.auction_open:
        return _alone(outlook)
    award = np.minimum(_net_purchase(outlook, selling=False)[0], outlook.expected_award)
    paid = outlook.belief * (1 + outlook.terms.risk) + outlook.terms.transaction_cost
    return _alone(replace(outlook, need=outlook.need - award)) - paid * award


def of_transfer(outlook: Outlook) -> ByCity:
    """Return −ΔTC at the believed price ± τ, less purchases or plus sales, CNY; (c,)."""
    terms, belief = outlook.terms, outlook.belief
    bought, sold, cost = _net_purchase(outlook, selling=True)
    tau = terms.transaction_cost
    paid = belief * (1 + terms.risk) + tau
    earned = np.maximum(belief * (1 - terms.risk) - tau, 0.0)
    return -cost - paid * bought + earned * sold


def of_free_riding(outlook: Outlook) -> ByCity:
    """Return the payoff of the rest − (detection × fine + disapproval) × concealed, CNY; (c,).

    The probability of detection rises with the concealed share (Yitzhaki 1974). What cannot be
    concealed is settled openly, in the market or alone, whichever pays more.
    """
    concealed = outlook.concealable
    per_tonne = outlook.detection * outlook.fine + outlook.disapproval
    return settled_openly(outlook).payoff - per_tonne * concealed


def of_default(outlook: Outlook) -> ByCity:
    """Return −(fine + neighbours' disapproval) × gap, CNY; (c,).

    The gap is the need, less what a city with a target of its own abates all the same.
    """
    supply = outlook.supply
    dR = supply.for_nothing
    gap = np.maximum(outlook.need - supply.relief_of(dR), 0.0)
    return -(outlook.fine + outlook.disapproval) * gap - supply.cost(dR)


@dataclass(frozen=True, slots=True)
class Settlement:
    """The better way of settling what is not concealed, and its payoff, CNY; (c,) each."""

    action: Actions
    payoff: ByCity


def settled_openly(outlook: Outlook) -> Settlement:
    """Return how each city would settle its need less what it can conceal."""
    return outlook.once(_settled_openly)


def _settled_openly(outlook: Outlook) -> Settlement:
    rest = outlook.rest
    mitigation = of_mitigation(rest)
    if not outlook.can_trade.any():
        return Settlement(np.full(mitigation.shape, MITIGATE, dtype=np.int64), mitigation)
    transfer = of_transfer(rest)
    trades = outlook.can_trade & (transfer >= mitigation)
    return Settlement(
        np.where(trades, TRANSFER, MITIGATE).astype(np.int64),
        np.where(trades, transfer, mitigation),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Choices as they are carried out: who conceals how much, and how the rest is settled."""

    outlook: Outlook
    """The year without the needs that are concealed."""
    openly: Actions
    """Action on that: of free-riders the better of mitigate and transfer, else the choice; (c,)."""


def plan(outlook: Outlook, choice: Actions) -> Plan:
    """Return what cities do about their needs once they have chosen."""
    rides = choice == FREE_RIDE
    if not rides.any():
        return Plan(outlook, choice)
    openly = np.where(rides, settled_openly(outlook).action, choice)
    return Plan(outlook.concealing(rides), openly)


def _alone(outlook: Outlook) -> ByCity:
    """Return −ΔTC − fines on what is not reached + worth of what is banked, CNY; (c,)."""
    need, terms, supply = outlook.need, outlook.terms, outlook.supply
    dR = outlook.own_step
    unmet = np.maximum(need - supply.relief_of(dR), 0.0)
    spare = np.clip(-need, 0.0, terms.bank_limit * outlook.expected)
    return -supply.cost(dR) - outlook.fine * unmet + outlook.banked_worth * spare


def _net_purchase(outlook: Outlook, *, selling: bool) -> tuple[ByCity, ByCity, ByCity]:
    """Return what cities buy and sell at the believed price, t, and the cost of their effort."""
    need, supply, belief = outlook.need, outlook.supply, outlook.belief
    tau = outlook.terms.transaction_cost
    price = np.minimum(outlook.price_of_need, belief + tau)
    dR = supply.step(np.maximum(price, belief - tau) if selling else price)
    net = need - supply.relief_of(dR)
    return np.maximum(net, 0.0), np.maximum(-net, 0.0), supply.cost(dR)
