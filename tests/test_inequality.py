"""Inequality among people, each counted with the mean of their city."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts, floats
from numpy.testing import assert_array_equal

from model.inequality import gini, quintile

CITIES = 7
figures = amounts(CITIES, 0.1, 1e6)
heads = amounts(CITIES, 1.0, 3e7)


@given(floats(0.1, 1e6), heads)
def test_equals_have_a_gini_of_zero(figure: float, population) -> None:
    assert gini(np.full(CITIES, figure), population) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "expected"), [(0.0, 1.0, 0.5), (1.0, 3.0, 0.25), (3.0, 1.0, 0.25)]
)
def test_two_persons_by_hand(first: float, second: float, expected: float) -> None:
    """Half the relative mean difference: |1 − 3| / (2 · 2 · 2) = 1/4 (Sen 1973)."""
    assert gini(np.array([first, second]), np.ones(2)) == pytest.approx(expected)


@given(figures, heads)
def test_the_gini_is_half_the_relative_mean_difference(per_head, population) -> None:
    """Sen (1973): an independent formula, over all pairs of people."""
    weight = population / population.sum()
    gaps = np.abs(per_head[:, None] - per_head)
    expected = (weight[:, None] * weight * gaps).sum() / (2 * (weight * per_head).sum())
    assert gini(per_head, population) == pytest.approx(expected, abs=1e-9)


@given(figures, heads, floats(1e-3, 1e3))
def test_the_unit_of_the_figure_does_not_matter(per_head, population, factor) -> None:
    found = gini(per_head, population)
    assert gini(per_head * factor, population) == pytest.approx(found, abs=1e-9)
    assert gini(per_head, population * factor) == pytest.approx(found, abs=1e-9)


@given(figures, heads)
def test_parting_a_city_in_two_like_halves_does_not_matter(per_head, population) -> None:
    parted = gini(np.append(per_head, per_head[0]), np.append(population, 0.0) + halves(population))
    assert parted == pytest.approx(gini(per_head, population), abs=1e-9)


def halves(population: np.ndarray) -> np.ndarray:
    """Return the move of half the first city's people to a new last one."""
    moved = np.zeros(population.size + 1)
    moved[0], moved[-1] = -population[0] / 2, population[0] / 2
    return moved


@given(figures, heads)
def test_the_gini_lies_between_zero_and_one(per_head, population) -> None:
    assert -1e-12 <= gini(per_head, population) < 1.0


def test_nothing_is_shared_equally() -> None:
    assert gini(np.zeros(3), np.ones(3)) == 0.0


@given(st.integers(1, 60), st.integers(0, 1000))
def test_quintiles_are_even_and_the_first_is_the_most_affluent(cities: int, seed: int) -> None:
    per_head = np.random.default_rng(seed).uniform(0.0, 1.0, cities)
    fifth = quintile(per_head)
    sizes = np.bincount(fifth, minlength=6)[1:]
    assert sizes.sum() == cities
    assert sizes.max() - sizes.min() <= 1
    ranked = fifth[np.argsort(-per_head)]
    assert_array_equal(ranked, np.sort(fifth))


def test_of_309_cities_four_fifths_have_62() -> None:
    sizes = np.bincount(quintile(np.arange(309.0)), minlength=6)[1:]
    assert sorted(sizes) == [61, 62, 62, 62, 62]
    assert quintile(np.arange(309.0))[-1] == 1
