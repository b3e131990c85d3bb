"""Branches of abatement groups: sums, means and shares over what a scenario moves apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from numpy.testing import assert_allclose, assert_array_equal

from data.readers.figures import read_sectors
from model.input_output.branches import branches
from model.labels import GROUPS

GROUP = np.array([2, 0, 2, 2, 1, 2, 0])
SECTORS = GROUP.size
SETS = st.lists(st.lists(st.booleans(), min_size=SECTORS, max_size=SECTORS).map(np.array))


def of(named, groups: int = 4):
    return branches(GROUP, groups, named)


@given(SETS)
def test_branches_part_sectors_of_one_group_that_some_set_parts_and_no_others(named) -> None:
    parts = of(named)
    assert_array_equal(parts.group[parts.of_sector], GROUP)
    for i in range(SECTORS):
        for j in range(SECTORS):
            alike = GROUP[i] == GROUP[j] and all(some[i] == some[j] for some in named)
            assert (parts.of_sector[i] == parts.of_sector[j]) == alike


@given(SETS)
def test_a_set_of_sectors_is_made_up_of_whole_branches(named) -> None:
    parts = of(named)
    for some in named:
        assert_array_equal(parts.named(some)[parts.of_sector], some)


@given(SETS, amounts((2, SECTORS), 0.0, 1e3))
def test_what_branches_add_up_to_is_the_sum_over_the_group_s_sectors(named, values) -> None:
    parts = of(named)
    of_branches = values @ (parts.of_sector[:, None] == np.arange(parts.group.size)).astype(float)
    of_groups = values @ (GROUP[:, None] == np.arange(4)).astype(float)
    assert_allclose(parts.sums(of_branches), of_groups, rtol=1e-12, atol=1e-9)


@given(SETS, amounts((2, 4), 0.1, 10.0))
def test_the_mean_of_what_is_spread_evenly_is_itself(named, values) -> None:
    parts = of(named)
    spread = parts.spread(values)
    assert_array_equal(spread, values[:, parts.group])
    for weights in (np.ones_like(spread), np.zeros_like(spread), np.cumsum(spread, axis=1)):
        assert_allclose(parts.means(spread, weights), values, rtol=1e-12)


def test_branches_weigh_as_they_emit() -> None:
    """Group 2 in parts of 3 and 1 t: (3 · 0.4 + 1 · 0.8) / 4 = 0.5."""
    parts = of([GROUP == 2, np.arange(SECTORS) == 5])
    found = parts.means(np.array([1.0, 1.0, 0.4, 0.8, 1.0]), np.array([9.0, 9.0, 3.0, 1.0, 0.0]))
    assert_allclose(found, [1.0, 1.0, 0.5, 1.0])


def test_whole_groups_are_left_as_they_are() -> None:
    """No set, and sets of whole groups: not even a copy is made."""
    for named in ([], [GROUP == 2, np.isin(GROUP, (0, 1))]):
        parts, values = of(named), np.arange(8.0).reshape(2, 4)
        assert_array_equal(parts.group, np.arange(4))
        assert parts.sums(values) is values
        assert parts.spread(values) is values
        assert parts.means(values, values) is values


def test_the_whole_basis_is_asked_for_when_every_sector_moves_on_its_own() -> None:
    group = read_sectors().group
    one_by_one = list(np.eye(group.size, dtype=bool))
    parts = branches(group, len(GROUPS), one_by_one)
    assert sorted(parts.of_sector) == list(range(group.size)) == list(range(42))


@given(SETS)
def test_the_partition_does_not_hang_on_the_order_or_number_of_sets(named) -> None:
    assert of([*named, *named][::-1]).key == of(named).key
