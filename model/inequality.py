"""Inequality among people, each counted with the mean of their city."""

import numpy as np

from model.arrays import Vector


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


def quintile(per_head: Vector) -> np.ndarray:
    """Return 1 for the fifth of cities with the highest figure per head, … 5 for the lowest; (c,).

    Zheng et al. 2023 rank cities, not people, and call the most affluent fifth Q1.
    """
    rank = np.argsort(np.argsort(-per_head, kind="stable"), kind="stable")
    return (rank * 5 // per_head.size + 1).astype(np.int64)
