"""Fermi imitation: a city may adopt what served a supply-chain neighbour better."""

import numpy as np
from scipy.special import expit

from model.arrays import Actions, Payoffs
from model.behaviour.logit import Chance, drawn, probabilities
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import Action, open_actions, payoffs


def imitate(outlook: Outlook, chance: Chance) -> Actions:
    """Return each city's choice: its own last one, the neighbour's, or rarely any; (c,)."""
    return drawn(imitation(outlook), chance.choice)


def imitation(outlook: Outlook) -> Payoffs:
    """Return P(action), 1; (c, 3). Szabó & Tőke (1998); Traulsen, Nowak & Pacheco (2006).

    The neighbour's last choice is adopted with probability 1 / (1 + exp(−κ Δ)), Δ being its
    payoff less one's own; with probability `mutation` any open action is taken instead. A city
    that was never in its present position goes by what it expects (logit).
    """
    lived, open_ = outlook.experience, open_actions(outlook)
    fermi = expit(outlook.selection * (lived.example_payoff - lived.payoff))
    adopts = np.where(lived.example == Action.HOLD, 0.0, fermi)[:, None]
    copied = (1 - adopts) * _certain(lived.choice) + adopts * _certain(lived.example)
    new = np.flatnonzero(lived.choice == Action.HOLD)
    if new.size:
        part = outlook.rows(new)
        copied[new] = probabilities(payoffs(part), part.scale, part.rationality)
    even = open_ / open_.sum(axis=1, keepdims=True)
    return (1 - outlook.mutation) * copied + outlook.mutation * even


def _certain(choice: Actions) -> Payoffs:
    return (choice[:, None] == np.arange(3)).astype(np.float64)
