"""Industry clusters of cities: Zheng et al. (2023), K-means of five sector groups."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.classes.industry_clusters import industry_clusters

GROUPS = 5
seeds = st.integers(0, 10_000)


def clusters(shares: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return the clusters found with a fresh stream of the seed, from fewer starts than usual."""
    return industry_clusters(shares, np.random.default_rng(seed), starts=15)


def planted(rng: np.random.Generator, cities: int = 60) -> tuple[np.ndarray, np.ndarray]:
    """Return value-added shares of cities that live on one group each, and that group."""
    lives_on = rng.permutation(np.arange(cities) % GROUPS)
    shares = rng.uniform(0.0, 0.1, (cities, GROUPS))
    shares[np.arange(cities), lives_on] += 0.5
    return shares, lives_on


def mixed(rng: np.random.Generator, cities: int = 80) -> np.ndarray:
    """Return value-added shares that have no clusters of themselves."""
    return rng.dirichlet(np.ones(GROUPS), cities)


@given(seeds, seeds)
def test_cities_that_live_on_one_group_each_are_found(seed: int, start: int) -> None:
    shares, lives_on = planted(np.random.default_rng(seed))
    assert_array_equal(clusters(shares, start), lives_on)


@given(seeds)
def test_the_order_of_cities_does_not_matter(seed: int) -> None:
    rng = np.random.default_rng(seed)
    shares = mixed(rng)
    order = rng.permutation(len(shares))
    assert_array_equal(clusters(shares[order]), clusters(shares)[order])


@given(seeds)
def test_the_same_stream_finds_the_same_clusters(seed: int) -> None:
    shares = mixed(np.random.default_rng(seed))
    assert_array_equal(clusters(shares, seed), clusters(shares, seed))


@given(seeds)
def test_every_group_labels_one_cluster_and_none_is_empty(seed: int) -> None:
    found = clusters(mixed(np.random.default_rng(seed), cities=12))
    assert_array_equal(np.unique(found), np.arange(GROUPS))


@given(seeds)
def test_every_city_is_nearest_to_the_mean_of_its_own_cluster(seed: int) -> None:
    """What Lloyd's algorithm stops at (Lloyd 1982)."""
    shares = mixed(np.random.default_rng(seed))
    found = clusters(shares)
    centroids = np.array([shares[found == group].mean(axis=0) for group in range(GROUPS)])
    distance = ((shares[:, None] - centroids) ** 2).sum(axis=2)
    assert_array_equal(distance.argmin(axis=1), found)


@given(seeds)
def test_no_other_partition_of_few_cities_is_closer(seed: int) -> None:
    """All partitions of eight cities in two, one by one."""
    shares = np.random.default_rng(seed).uniform(0.0, 0.5, (8, 2))
    parts = [
        np.isin(np.arange(8), part) for size in range(1, 5) for part in combinations(range(8), size)
    ]
    least = min(distortion(shares, part) for part in parts)
    assert distortion(shares, clusters(shares) == 0) == pytest.approx(least)


def distortion(shares: np.ndarray, first: np.ndarray) -> float:
    """Return the sum of squared distances to the means of the first and the other part."""
    return sum(float(shares[part].var(axis=0).sum() * part.sum()) for part in (first, ~first))


def test_labels_are_relative_to_the_other_cities() -> None:
    """All cities live on the first group, but half of them have more of the second than others."""
    shares = np.array([[0.7, 0.01], [0.71, 0.02], [0.6, 0.11], [0.61, 0.12]])
    assert_array_equal(clusters(shares), [0, 0, 1, 1])


def test_two_clusters_do_not_share_a_label() -> None:
    """Two of three clusters live on the first group; the one that lives on it more gives it up.

    It stands out even more in the third group: 0.9 against 0.6 is less than 0.1 against nothing,
    in deviations over the cities.
    """
    shares = np.array([[0.9, 0.0, 0.1], [0.6, 0.0, 0.0], [0.0, 0.9, 0.0]]).repeat(3, axis=0)
    shares += np.linspace(0.0, 0.01, 9)[:, None]
    assert_array_equal(clusters(shares), np.repeat([2, 0, 1], 3))


@pytest.mark.parametrize("same", [0.0, 0.1, 0.25])
def test_a_group_that_is_the_same_everywhere_labels_what_is_left(same: float) -> None:
    shares = np.array([[0.9, 0.1, same], [0.1, 0.9, same], [0.4, 0.4, same]])
    assert_array_equal(clusters(shares), [0, 1, 2])


def test_too_few_different_cities_are_refused() -> None:
    alike = np.array([[0.5, 0.1, 0.1], [0.1, 0.5, 0.1], [0.5, 0.1, 0.1], [0.1, 0.5, 0.1]])
    with pytest.raises(ValueError, match="3 clusters of cities need 3 that differ, not 2"):
        clusters(alike)


def test_no_start_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="take more starts"):
        industry_clusters(np.eye(3), np.random.default_rng(0), starts=0)
