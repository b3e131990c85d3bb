"""Expiry of quota by age."""

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.quota.vintages import older_than


def queued(inflows: list[int], uses: list[int], years: int) -> tuple[int, int]:
    """Return the bank, and what of it is older, from a queue of single tonnes."""
    queue: deque[int] = deque()
    for year, (inflow, use) in enumerate(zip(inflows, uses, strict=True)):
        queue.extend([year] * inflow)
        for _ in range(min(use, len(queue))):
            queue.popleft()
    return len(queue), sum(year < len(inflows) - years for year in queue)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 25)), min_size=1, max_size=8),
    st.integers(0, 9),
)
def test_the_age_of_the_bank_is_that_of_a_queue_of_tonnes(flows, years) -> None:
    inflows, uses = [list(each) for each in zip(*flows, strict=True)]
    bank, older = queued(inflows, uses, years)
    found = older_than(years, np.array([bank]), np.array(inflows)[:, None])
    assert_array_equal(found, [older])


def test_expiry_by_hand() -> None:
    """Banks of 30 and 5 t; 4 + 6 t came in during the last two years, 20 t the year before."""
    inflows = np.array([[20, 20], [4, 4], [6, 6]])
    bank = np.array([30, 5])
    assert_array_equal(older_than(2, bank, inflows), [20, 0])
    assert_array_equal(older_than(3, bank, inflows), [0, 0])
    assert_array_equal(older_than(0, bank, inflows), [30, 5])


def test_quota_lasts_no_negative_time() -> None:
    with pytest.raises(ValueError, match="cannot last -1 years"):
        older_than(-1, np.array([1]), np.array([[1]]))
