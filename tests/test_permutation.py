"""Permutation tests: whether a difference between groups is more than chance."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts

from model.classes.permutation import gap, permutation_p

VALUES = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0])


def exact_p(values: np.ndarray, member: np.ndarray) -> float:
    """Fisher (1935): every group of the same size, written out."""
    gaps = []
    for chosen in combinations(range(values.size), int(member.sum())):
        inside = np.isin(np.arange(values.size), chosen)
        gaps.append(abs(values[inside].mean() - values[~inside].mean()))
    return float(np.mean(np.array(gaps) >= abs(gap(values, member)) - 1e-12))


@pytest.mark.parametrize("chosen", [(0, 1), (4, 5), (1, 3, 6), (0, 2, 4, 5)])
def test_p_is_that_of_all_groups_of_the_same_size(chosen) -> None:
    member = np.isin(np.arange(VALUES.size), chosen)
    found = permutation_p(VALUES, member, np.random.default_rng(0))
    assert found == pytest.approx(exact_p(VALUES, member), abs=0.015)


@given(amounts(8, -1e6, 1e6), st.integers(1, 7))
def test_p_is_a_share_and_never_zero(values, size: int) -> None:
    member = np.arange(8) < size
    assert 0 < permutation_p(values, member, np.random.default_rng(1), draws=99) <= 1


def test_equal_cities_do_not_differ() -> None:
    member = np.arange(6) < 2
    assert gap(np.full(6, 0.3), member) == 0
    assert permutation_p(np.full(6, 0.3), member, np.random.default_rng(0)) == 1


def test_the_test_is_two_sided() -> None:
    member = np.arange(VALUES.size) < 3
    p = [permutation_p(s * VALUES, member, np.random.default_rng(0)) for s in (1.0, -1.0)]
    assert p[0] == p[1]


@pytest.mark.parametrize("member", [np.ones(3, dtype=bool), np.zeros(3, dtype=bool)])
def test_there_must_be_members_and_others(member) -> None:
    with pytest.raises(ValueError, match="nothing to compare with"):
        gap(np.ones(3), member)
