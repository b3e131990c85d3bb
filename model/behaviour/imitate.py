"""Fermi imitation: a city may adopt what served a supply-chain neighbour better."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from model.arrays import Actions, Payoffs
from model.behaviour.logit import Chance, drawn, probabilities
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import HOLD, Action, open_actions, payoffs
from model.registry import parameter
from model.runs import wide


@dataclass(frozen=True, slots=True)
class Imitation:
    """Parameters of imitate."""

    selection: float = parameter(
        3.0,
        "1",
        "assumed: as λ; tried 0 to 30",
        "κ of imitation, per reference price and tonne of need; 0 copies whatever the payoff.",
        ge=0,
        le=1_000_000,
        bounds="from chance to certainty",
    )
    mutation: float = parameter(
        0.02,
        "1",
        "assumed",
        "Probability that an imitating city takes any open action.",
        ge=0,
        le=1,
        bounds="a probability",
    )


def imitate(outlook: Outlook, chance: Chance, parameters: Imitation) -> Actions:
    """Return each city's choice: its own last one, the neighbour's, or rarely any; (c,)."""
    return drawn(imitation(outlook, parameters), chance.choice)


def imitation(outlook: Outlook, parameters: Imitation) -> Payoffs:
    """Return P(action), 1; (c, 4). Szabó & Tőke (1998); Traulsen, Nowak & Pacheco (2006).

    The neighbour's last choice is adopted with probability 1 / (1 + exp(−κ Δ)), Δ being its
    payoff less one's own; with probability `mutation` any open action is taken instead. A city
    that was never in its present position goes by what it expects (logit).
    """
    lived, open_ = outlook.experience, open_actions(outlook)
    fermi = expit(parameters.selection * (lived.example_payoff - lived.payoff))
    adopts = np.where(lived.example == Action.HOLD, 0.0, fermi)[..., None]
    copied = (1 - adopts) * _certain(lived.choice) + adopts * _certain(lived.example)
    new = lived.choice == Action.HOLD
    if new.any():
        expected = probabilities(payoffs(outlook), outlook.scale, outlook.rationality)
        copied = np.where(new[..., None], expected, copied)
    even = open_ / open_.sum(axis=-1, keepdims=True)
    mutation = wide(parameters.mutation)
    return (1 - mutation) * copied + mutation * even


def _certain(choice: Actions) -> Payoffs:
    return (choice[..., None] == np.arange(HOLD)).astype(np.float64)
