"""Clusters of cities by what they live on: K-means on value-added shares of sector groups."""

import numpy as np
from scipy.cluster.vq import ClusterError, kmeans2
from scipy.optimize import linear_sum_assignment

from model.arrays import ByCityGroup, ClusterMeans, Indices

ROUNDS = 100
"""Most rounds of Lloyd's algorithm in each start; some 300 cities settle within a few dozen."""
LOOK = 5
"""Rounds after which it is seen whether any city still moves."""


def industry_clusters(shares: ByCityGroup, rng: np.random.Generator, starts: int = 50) -> Indices:
    """Return the position of the sector group that labels each city's cluster; (c,).

    Zheng et al. 2023 form five clusters by Euclidean distance between the `shares` of
    agriculture, light industry, heavy industry, energy and high technology in value added, 1;
    (c, g). There are as many clusters as groups, none is empty, and each has a label of its own:
    the one-to-one match that makes the standardised centroids highest. The best of `starts`
    k-means++ starts counts; cities are sorted first, so their order does not matter.

    Raises
    ------
    ValueError
        If fewer cities differ than there are groups, or every start leaves a cluster empty.
    """
    groups = shares.shape[1]
    different = np.unique(shares, axis=0).shape[0]
    if different < groups:
        raise ValueError(
            f"{groups} clusters of cities need {groups} that differ, not {different}; ask for fewer"
            " sector groups or more cities"
        )
    order = np.lexsort(shares.T)
    cluster = np.empty(shares.shape[0], dtype=np.int64)
    cluster[order] = _least_distortion(shares[order], rng, starts)
    return _labelled(shares, cluster)


def _least_distortion(shares: ByCityGroup, rng: np.random.Generator, starts: int) -> Indices:
    best, least = None, np.inf
    for _ in range(starts):
        try:
            cluster = _settled(shares, rng)
        except ClusterError:  # a cluster lost all its cities: this start does not count
            continue
        distortion = ((shares - _centroids(shares, cluster)[cluster]) ** 2).sum()
        if distortion < least:
            best, least = cluster, distortion
    if best is None:
        raise ValueError(f"each of {starts} starts left a cluster without cities; take more starts")
    return best


def _settled(shares: ByCityGroup, rng: np.random.Generator) -> Indices:
    """Return the clusters that a k-means++ start comes to; (c,)."""
    means, cluster = kmeans2(
        shares, shares.shape[1], iter=LOOK, minit="++", missing="raise", rng=rng
    )
    for _ in range(LOOK, ROUNDS, LOOK):
        before = cluster
        means, cluster = kmeans2(shares, means, iter=LOOK, minit="matrix", missing="raise")
        if np.array_equal(cluster, before):
            break
    return cluster.astype(np.int64)


def _centroids(shares: ByCityGroup, cluster: Indices) -> ClusterMeans:
    return np.array([shares[cluster == n].mean(axis=0) for n in range(shares.shape[1])])


def _labelled(shares: ByCityGroup, cluster: Indices) -> Indices:
    """Return the group that labels the cluster of each city; (c,).

    Centroids count in deviations over cities, a group that is the same everywhere as 0. Each group
    labels one cluster, so that taking its mean off as well would change no label.
    """
    centroids, varies = _centroids(shares, cluster), np.ptp(shares, axis=0) > 0
    scaled = np.divide(centroids, shares.std(axis=0), out=np.zeros_like(centroids), where=varies)
    _, label = linear_sum_assignment(scaled, maximize=True)
    return label.astype(np.int64)[cluster]
