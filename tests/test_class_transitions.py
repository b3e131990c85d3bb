"""The matrix of classes at the start and at the end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from model.classes.beneficiaries import Beneficiary
from model.classes.class_transitions import row_shares, transitions

CITIES = 12
STRONG, WEAK, ROLE_MODEL, NEITHER = Beneficiary
classes = arrays(np.int64, CITIES, elements=st.integers(0, 3))


@given(classes, classes)
def test_every_city_is_counted_once(start, end) -> None:
    counts = transitions(start, end)
    assert counts.sum() == CITIES
    assert_array_equal(counts.sum(axis=1), [(start == kind).sum() for kind in Beneficiary])
    assert_array_equal(counts.sum(axis=0), [(end == kind).sum() for kind in Beneficiary])


@given(classes, classes)
def test_shares_of_a_class_that_has_cities_sum_to_one(start, end) -> None:
    shares = row_shares(transitions(start, end))
    there = [float((start == kind).any()) for kind in Beneficiary]
    assert_allclose(shares.sum(axis=1), there)


@given(classes)
def test_where_nothing_changes_all_are_on_the_diagonal(start) -> None:
    counts = transitions(start, start)
    assert_array_equal(counts, np.diag(np.diag(counts)))


def test_transitions_by_hand() -> None:
    """Of three strong beneficiaries one turns weak and one role model; one weak one stays."""
    counts = transitions(
        np.array([STRONG, STRONG, STRONG, WEAK]), np.array([STRONG, WEAK, ROLE_MODEL, WEAK])
    )
    assert_array_equal(counts, [[1, 1, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    assert_allclose(row_shares(counts)[STRONG], [1 / 3, 1 / 3, 1 / 3, 0.0])


@pytest.mark.parametrize("stray", [-1, 4])
def test_a_class_there_is_not_is_refused(stray: int) -> None:
    with pytest.raises(ValueError, match=f"class {stray} at the end"):
        transitions(np.array([0]), np.array([stray]))
