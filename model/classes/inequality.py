"""Inequality among people, each counted with the mean of their city."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import rel_entr

from model.arrays import ByCity, Indices, LorenzPoints, Vector


@dataclass(frozen=True, slots=True)
class TheilParts:
    """Theil's T between the means of groups and within them, 1; the two sum to T."""

    within: float
    """Of each group by its share of the amount."""
    between: float
    """As if everyone had the mean of their group."""


def gini(per_head: Vector, population: Vector) -> float:
    """Return the population-weighted Gini coefficient, 1, from 0 (equal) towards 1.

    Brown's formula on the Lorenz curve; all figures per head must be non-negative.
    """
    order = np.argsort(per_head, kind="stable")
    people = np.cumsum(population[order]) / population.sum()
    amount = np.cumsum((per_head * population)[order])
    if amount[-1] == 0:
        return 0.0
    amount = amount / amount[-1]
    before = np.concatenate([[0.0], amount[:-1]])
    step = np.diff(people, prepend=0.0)
    return float(1.0 - (step * (amount + before)).sum())


def lorenz(per_head: Vector, population: Vector) -> tuple[LorenzPoints, LorenzPoints]:
    """Return the Lorenz curve from (0, 0) to (1, 1): shares of people, of the amount, 1; (n + 1,).

    People stand from the lowest figure per head to the highest (Lorenz 1905). All figures must be
    non-negative; where there is nothing to share, everyone has an equal share of it.
    """
    order = np.argsort(per_head, kind="stable")
    shares = _shares(per_head[order], population[order])
    people, amount = (np.cumsum(np.concatenate([[0.0], share])) for share in shares)
    return people / people[-1], amount / amount[-1]


def theil(per_head: Vector, population: Vector) -> float:
    """Return Theil's T, 1: Σ q ln(q / p) over shares q of the amount and p of the people.

    From 0 (equal) to −ln of the population share of a city that holds all (Theil 1967).
    """
    people, amount = _shares(per_head, population)
    return float(rel_entr(amount, people).sum())


def theil_parts(per_head: Vector, population: Vector, group: Indices) -> TheilParts:
    """Part Theil's T into within and between `group`s, whole-number labels; see `theil`.

    T = Σ_g Q_g T_g + Σ_g Q_g ln(Q_g / P_g), with Q and P the groups' shares (Shorrocks 1980).
    """
    people, amount = _shares(per_head, population)
    _, member = np.unique(group, return_inverse=True)
    P, Q = np.bincount(member, people), np.bincount(member, amount)
    relative = np.divide(Q, P, out=np.zeros_like(Q), where=P > 0)
    within = rel_entr(amount, people * relative[member]).sum()
    return TheilParts(within=float(within), between=float(rel_entr(Q, P).sum()))


def palma(per_head: Vector, population: Vector) -> float:
    """Return what the top 10 % of people hold over what the bottom 40 % hold, 1 (Palma 2011).

    Interpolated on the Lorenz curve, so ¼ among equals; infinite where the 40 % hold nothing.
    """
    people, amount = lorenz(per_head, population)
    bottom, below_top = np.interp([0.4, 0.9], people, amount)
    return float((1.0 - below_top) / bottom) if bottom > 0 else math.inf


def quintile(per_head: ByCity) -> np.ndarray:
    """Return 1 for the fifth of cities with the highest figure per head, … 5 for the lowest; (c,).

    Zheng et al. 2023 rank cities, not people, and call the most affluent fifth Q1.
    """
    order = np.argsort(-per_head, axis=-1, kind="stable")
    rank = np.argsort(order, axis=-1, kind="stable")
    return (rank * 5 // per_head.shape[-1] + 1).astype(np.int64)


def _shares(per_head: Vector, population: Vector) -> tuple[Vector, Vector]:
    """Return each city's share of the people and of the amount, 1; equal if there is nothing."""
    people = population / population.sum()
    amount = per_head * population
    return people, amount / amount.sum() if amount.any() else people
