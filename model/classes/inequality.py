"""Inequality among people, each counted with the mean of their city."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import rel_entr

from model.arrays import AnyFloats, ByCity, Indices, LorenzPoints, Vector, Whole


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
    return float(gini_of_each(per_head[None], population)[0])


def gini_of_each(per_head: AnyFloats, population: Vector) -> AnyFloats:
    """Return the same of each row, such as of each year; (…, n) to (…)."""
    order = np.argsort(per_head, axis=-1, kind="stable")
    people = np.cumsum(population[order], axis=-1) / population.sum()
    held = np.take_along_axis(per_head * population, order, axis=-1)
    amount = np.cumsum(held, axis=-1)
    everything = amount[..., -1:]
    amount = np.divide(amount, everything, out=np.zeros_like(amount), where=everything > 0)
    twice = amount.copy()
    twice[..., 1:] += amount[..., :-1]
    area = (np.diff(people, prepend=0.0) * twice).sum(axis=-1)
    return np.where(everything[..., 0] > 0, 1.0 - area, 0.0)


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
    within, between = theil_parts_of_each(per_head[None], population, group)
    return TheilParts(within=float(within[0]), between=float(between[0]))


def theil_parts_of_each(
    per_head: AnyFloats, population: Vector, group: Indices
) -> tuple[AnyFloats, AnyFloats]:
    """Return the parts within and between of each row, such as of each year; (…, n) to (…)."""
    people, amount = _shares(per_head, population)
    _, first, member = np.unique(np.sort(group), return_index=True, return_inverse=True)
    order = np.argsort(group, kind="stable")
    people, amount = people[order], amount[..., order]
    P, Q = np.add.reduceat(people, first), np.add.reduceat(amount, first, axis=-1)
    relative = np.divide(Q, P, out=np.zeros_like(Q), where=P > 0)
    within = rel_entr(amount, people * relative[..., member]).sum(axis=-1)
    return within, rel_entr(Q, P).sum(axis=-1)


def palma(per_head: Vector, population: Vector) -> float:
    """Return what the top 10 % of people hold over what the bottom 40 % hold, 1 (Palma 2011).

    Interpolated on the Lorenz curve, so ¼ among equals; infinite where the 40 % hold nothing.
    """
    people, amount = lorenz(per_head, population)
    bottom, below_top = np.interp([0.4, 0.9], people, amount)
    return float((1.0 - below_top) / bottom) if bottom > 0 else math.inf


def quintile(per_head: ByCity) -> Whole:
    """Return 1 for the fifth of cities with the highest figure per head, … 5 for the lowest; (c,).

    Zheng et al. 2023 rank cities, not people, and call the most affluent fifth Q1.
    """
    order = np.argsort(-per_head, axis=-1, kind="stable")
    rank = np.argsort(order, axis=-1, kind="stable")
    return (rank * 5 // per_head.shape[-1] + 1).astype(np.int64)


def _shares(per_head: AnyFloats, population: Vector) -> tuple[Vector, AnyFloats]:
    """Return each city's share of the people and of the amount, 1; equal if there is nothing."""
    people = population / population.sum()
    amount = per_head * population
    whole = amount.sum(axis=-1, keepdims=True)
    equal = np.broadcast_to(people, amount.shape).copy()
    return people, np.divide(amount, whole, out=equal, where=amount.any(axis=-1, keepdims=True))
