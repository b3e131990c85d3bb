"""Inequality among people, each counted with the mean of their city."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.classes.inequality import gini, lorenz, palma, quintile, theil, theil_parts

CITIES = 7
figures = amounts(CITIES, 0.1, 1e6)
heads = amounts(CITIES, 1.0, 3e7)
provinces = arrays(np.int64, CITIES, elements=st.integers(-3, 3))


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


@given(figures, heads)
def test_the_lorenz_curve_is_convex_and_below_the_diagonal(per_head, population) -> None:
    """Each stretch is as steep as its city is rich (Lorenz 1905)."""
    people, amount = lorenz(per_head, population)
    assert (people[0], amount[0], people[-1], amount[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert (amount <= people + 1e-12).all()
    mean = (per_head * population).sum() / population.sum()
    steepness = np.sort(per_head) / mean
    assert_allclose(np.diff(amount), steepness * np.diff(people), atol=1e-12)


@given(figures, heads)
def test_the_gini_is_twice_the_area_between_lorenz_curve_and_diagonal(per_head, population) -> None:
    people, amount = lorenz(per_head, population)
    area = np.trapezoid(people - amount, people)
    assert gini(per_head, population) == pytest.approx(2 * area, abs=1e-12)


def test_the_lorenz_curve_of_two_persons_by_hand() -> None:
    people, amount = lorenz(np.array([3.0, 1.0]), np.ones(2))
    assert_allclose(people, [0.0, 0.5, 1.0])
    assert_allclose(amount, [0.0, 0.25, 1.0])


@pytest.mark.parametrize(
    ("per_head", "expected"),
    [
        ([5.0, 5.0, 5.0], 0.0),
        ([1.0, 3.0], 0.25 * np.log(0.5) + 0.75 * np.log(1.5)),
        ([0.0, 0.0, 0.0, 8.0], np.log(4.0)),
        ([0.0, 0.0], 0.0),
    ],
)
def test_theil_by_hand(per_head: list[float], expected: float) -> None:
    """ln n where one of n holds all, the largest possible (Theil 1967)."""
    assert theil(np.array(per_head), np.ones(len(per_head))) == pytest.approx(expected, abs=1e-15)


@given(figures, heads, floats(1e-3, 1e3))
def test_theil_is_the_mean_of_relative_figures_times_their_logarithm(
    per_head, population, factor
) -> None:
    relative = per_head * population.sum() / (per_head * population).sum()
    expected = np.average(relative * np.log(relative), weights=population)
    assert theil(per_head, population) == pytest.approx(expected, abs=1e-10)
    assert theil(per_head * factor, population) == pytest.approx(expected, abs=1e-10)


@given(figures, heads, provinces)
def test_the_parts_of_theil_add_up(per_head, population, group) -> None:
    parts = theil_parts(per_head, population, group)
    total = theil(per_head, population)
    assert parts.within + parts.between == pytest.approx(total, rel=1e-12, abs=1e-12)
    assert min(parts.within, parts.between) >= -1e-12


@given(figures, heads, provinces)
def test_theil_within_is_that_of_each_province_by_its_share(per_head, population, group) -> None:
    """Shorrocks (1980): Σ_g Q_g T_g, the province on its own."""
    amount = per_head * population
    members = [group == label for label in set(group.tolist())]
    expected = sum(
        amount[m].sum() / amount.sum() * theil(per_head[m], population[m]) for m in members
    )
    found = theil_parts(per_head, population, group)
    assert found.within == pytest.approx(expected, rel=1e-9, abs=1e-12)


@given(figures, heads)
def test_all_inequality_is_within_one_province_and_between_single_cities(
    per_head, population
) -> None:
    total = pytest.approx(theil(per_head, population), rel=1e-12, abs=1e-12)
    together = theil_parts(per_head, population, np.zeros(CITIES, dtype=np.int64))
    apart = theil_parts(per_head, population, np.arange(CITIES))
    assert (together.within, together.between) == (total, pytest.approx(0.0, abs=1e-12))
    assert (apart.within, apart.between) == (pytest.approx(0.0, abs=1e-12), total)


@pytest.mark.parametrize(
    ("per_head", "population", "expected"),
    [
        (np.arange(1.0, 11.0), np.ones(10), 10 / (1 + 2 + 3 + 4)),
        ([7.0, 7.0, 7.0], [1.0, 5.0, 2.0], 0.25),
        ([3.0, 1.0], [1.0, 1.0], 0.15 / 0.2),
        ([0.0, 1.0], [2.0, 3.0], np.inf),
        ([0.0, 0.0], [1.0, 1.0], 0.25),
    ],
)
def test_palma_by_hand(per_head, population, expected: float) -> None:
    """Palma (2011): the top tenth over the bottom two fifths, a city split where a tenth ends."""
    found = palma(np.array(per_head), np.array(population))
    assert found == pytest.approx(expected)


@given(figures, heads)
def test_the_top_tenth_has_at_least_the_share_of_equals(per_head, population) -> None:
    assert palma(per_head, population) >= 0.25 - 1e-9
    assert palma(per_head * 7.0, population * 0.5) == pytest.approx(palma(per_head, population))
