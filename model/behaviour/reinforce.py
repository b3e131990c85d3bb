"""Roth–Erev reinforcement: what paid before is done more often."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.arrays import Actions, ByCity, Number, OpenActions, Payoffs
from model.behaviour.logit import Chance, drawn, probabilities
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import HOLD, open_actions
from model.registry import parameter
from model.runs import wide


@dataclass(frozen=True, slots=True)
class Reinforcement:
    """Parameters of reinforce: how a reward changes propensities, and how they are chosen by."""

    recency: float = parameter(
        0.1,
        "1",
        "Erev and Roth 1998, fitted to games",
        "φ of reinforcement: share of a propensity forgotten in a year.",
        ge=0,
        lt=1,
        bounds="a share; something is remembered",
    )
    experimentation: float = parameter(
        0.2,
        "1",
        "Erev and Roth 1998, fitted to games",
        "ε of reinforcement: share of a reward that does not go to the action taken.",
        ge=0,
        lt=1,
        bounds="a share; something goes to the action taken",
    )
    spillover: Literal["propensity", "reward"] = parameter(
        "propensity",
        "word",
        "a choice",
        "What other actions gain by: ε of their propensity (Nicolaisen, Petrov & Tesfatsion 2001),"
        " so that a reward of zero is a lesson too, or of the reward (Erev & Roth 1998).",
    )
    temperature: float | None = parameter(
        None,
        "1",
        "a choice; propensities settle near 8",
        "Temperature of the Gibbs choice by propensity; choice in proportion to it if absent.",
        ge=0.01,
        le=1000,
        bounds="from what pays most alone to chance",
    )
    initial_propensity: float = parameter(
        1.0,
        "1",
        "assumed: one year's reward",
        "Sum of a city's propensities before its first year, even over the actions.",
        ge=0.001,
        le=1000,
        bounds="a thousandth to a thousand years' rewards",
    )

    def updated(
        self, propensity: Payoffs, choice: Actions, reward: ByCity, open_: OpenActions
    ) -> Payoffs:
        """Return next year's propensities, 1; (c, 4).

        (1 − φ) q + (1 − ε) reward for the action taken, (1 − φ) q + ε (reward or q) / (M − 1) for
        the M − 1 others that are open; an action that is closed keeps its propensity.
        """
        taken = choice[..., None] == np.arange(HOLD)
        others = np.maximum(open_.sum(axis=-1, keepdims=True) - 1, 1)
        spilt = reward[..., None] if self.spillover == "reward" else propensity
        forgotten, tried = wide(self.recency), wide(self.experimentation)
        gained = np.where(taken, (1 - tried) * reward[..., None], tried * spilt / others)
        return np.where(open_, (1 - forgotten) * propensity + gained, propensity)


def reinforce(outlook: Outlook, chance: Chance, parameters: Reinforcement) -> Actions:
    """Return each city's choice, drawn by propensity; (c,)."""
    hot = parameters.temperature
    chosen = by_propensity(outlook) if hot is None else gibbs(outlook, hot)
    return drawn(chosen, chance.choice)


def by_propensity(outlook: Outlook) -> Payoffs:
    """Return P(action) ∝ propensity among open actions, 1; (c, 4). Even where all are zero."""
    open_ = open_actions(outlook)
    weight = np.where(open_, outlook.experience.propensity, 0.0)
    weight = np.where(weight.sum(axis=-1, keepdims=True) > 0, weight, open_)
    return np.asarray(weight / weight.sum(axis=-1, keepdims=True), dtype=np.float64)


def gibbs(outlook: Outlook, temperature: Number) -> Payoffs:
    """Return P(action) ∝ exp(propensity / temperature) among open actions, 1; (c, 4).

    Gibbs–Boltzmann choice (Sun & Tesfatsion 2007, variant Roth–Erev): even over the open actions
    at a high temperature, only what has paid most at a low one. `temperature`, in units of
    propensity, is positive. What counts is the distance of propensities, not their ratio, so that
    they may as well be negative, and a city grows surer while its propensities grow.
    """
    open_ = open_actions(outlook)
    propensity = np.where(open_, outlook.experience.propensity, -np.inf)
    return probabilities(propensity, np.full(open_.shape[:-1], temperature), 1.0)


def reward(outlook: Outlook, payoff: ByCity) -> ByCity:
    """Return the reward of a realised payoff (CNY), never negative, 1; (c,).

    1 + payoff / (fine × need): nothing for a city that paid the whole fine, 1 for one that paid
    nothing at all, and 1 for all where there is no fine. So rewards are what a choice saved of the
    worst (Erev & Roth's reference point).
    """
    worst = outlook.fine * outlook.measured_need
    share = np.divide(payoff, worst, out=np.zeros_like(worst), where=worst > 0)
    return np.maximum(1 + share, 0.0)
