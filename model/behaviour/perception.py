"""Perceived enforcement: how cities differ in what they expect of audits and of standing."""

import numpy as np
from scipy.special import expit, logit

from model.arrays import ByCity, Whole


def perceived_audit(
    audit: float, visibility: ByCity, by_visibility: float, normal: ByCity, spread: float
) -> ByCity:
    """Return the probability of detection that each city expects, 1; (c,).

    Its odds are those of the true probability × exp(by_visibility × visibility + spread × normal):
    `visibility` and `normal` are standardised over the cities. Nobody doubts a probability of 0 or
    of 1.
    """
    if audit in (0.0, 1.0):
        return np.full_like(normal, audit)
    return np.asarray(expit(logit(audit) + by_visibility * visibility + spread * normal))


def fiscal_capacity(value_added: ByCity, population: ByCity, elasticity: float) -> ByCity:
    """Return how much standing is worth in money to a city, relative to the mean, 1; (c,).

    (Value added a head ÷ that of all cities) to the power of `elasticity`: whoever has more to
    spend gives more of it for the same standing.
    """
    mean = value_added.sum() / population.sum()
    return np.asarray((value_added / population / mean) ** elasticity)


def visibility(share: ByCity, cluster: Whole) -> ByCity:
    """Return the standardised mean over its industry cluster of a share of emissions, 1; (c,).

    `share` of each city's emissions is that of large point sources, which inspectors visit first;
    `cluster` its cluster by number. Zero where all clusters are alike.
    """
    kinds, position = np.unique(cluster, return_inverse=True)
    means = np.array([share[position == kind].mean() for kind in range(kinds.size)])
    of_city = means[position]
    deviation = of_city.std()
    return (of_city - of_city.mean()) / deviation if deviation > 1e-12 else np.zeros_like(share)
