"""Net producers in both readings of Zheng et al. (2023)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import SEEDS, economy_of
from numpy.testing import assert_array_equal

from model.classes.net_producers import net_producer, net_producer_with_exports
from model.footprints.accounts import Accounts

REGIONS = 6
whole_tonnes = st.integers(0, 10**9).map(float)
flows = arrays(np.float64, (REGIONS, REGIONS), elements=whole_tonnes)
"""Whole tonnes, so that sums are exact whatever their order."""
exports = arrays(np.float64, REGIONS, elements=whole_tonnes)


@pytest.mark.parametrize(
    ("C", "expected"),
    [
        ([[1.0, 2.0], [3.0, 6.0]], [False, True]),
        ([[1e17, 3.0], [2.0, 6.0]], [True, False]),
        ([[6.0, 2.0], [3.0, 1e17]], [False, True]),
        ([[1.0, 2.0], [2.0, 900.0]], [False, False]),
    ],
)
def test_two_regions_by_hand(C: list[list[float]], expected: list[bool]) -> None:
    """What a region emits for itself never counts, however much; a balance makes no producer."""
    assert_array_equal(net_producer(np.array(C)), expected)


def test_exports_abroad_can_make_a_net_producer_by_hand() -> None:
    """Region 1 emits 2 t for region 2, which emits 3 t for it, and 5 t for exports."""
    found = Accounts(C=np.array([[1.0, 2.0], [3.0, 6.0]]), exported=np.array([5.0, 0.0]))
    assert_array_equal(net_producer_with_exports(found.D_pba, found.D_cba), [True, True])


@given(flows)
def test_without_exports_abroad_both_readings_agree(C) -> None:
    closed = Accounts(C=C, exported=np.zeros(REGIONS))
    found = net_producer_with_exports(closed.D_pba, closed.D_cba)
    assert_array_equal(found, net_producer(C))


@given(flows, exports)
def test_every_net_producer_is_one_with_exports_too(C, exported) -> None:
    found = Accounts(C=C, exported=exported)
    assert net_producer_with_exports(found.D_pba, found.D_cba)[net_producer(C)].all()


@given(flows)
def test_who_emits_for_whom_turned_round_turns_the_balance_round(C) -> None:
    assert not (net_producer(C) & net_producer(C.T)).any()
    assert net_producer(C).any() == net_producer(C.T).any()


@given(SEEDS)
def test_a_net_producer_has_its_net_consumer(seed: int) -> None:
    """Flows between regions sum to nothing, so no economy has only one kind."""
    found = net_producer(economy_of(seed).accounts().C)
    assert 0 < found.sum() < found.size


def test_the_flows_are_not_changed() -> None:
    C = np.array([[1.0, 2.0], [3.0, 6.0]])
    net_producer(C)
    assert_array_equal(C, [[1.0, 2.0], [3.0, 6.0]])
