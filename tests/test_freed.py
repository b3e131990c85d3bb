"""What aiding super-emitters free for the pool, and their compensation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats
from numpy.testing import assert_allclose, assert_array_equal

from model.transfers.freed import compensated, freed

CITIES = 6
tonnes = arrays(np.int64, CITIES, elements=st.integers(0, 10**9))
some = arrays(np.bool_, CITIES)


@given(floats(0.0, 1.0), amounts(CITIES, -1e8, 1e9), some, tonnes)
def test_nobody_frees_more_than_its_share_or_its_holdings(share, relief, aiding, held) -> None:
    found = freed(share, relief, aiding, held)
    assert found.min() >= 0
    assert (found <= held).all()
    assert (found <= share * np.maximum(relief, 0.0)).all()
    assert_array_equal(found[~aiding], 0)


@given(tonnes, floats(0.0, 1.0), floats(0.0, 200.0))
def test_what_is_freed_is_used_or_returned_to_the_tonne(given_up, part, price) -> None:
    granted = int(part * int(given_up.sum()))
    found = compensated(given_up, granted, price)
    assert_array_equal(found.used + found.returned, given_up)
    assert int(found.used.sum()) == granted
    assert found.used.min() >= 0
    assert found.returned.min() >= 0
    assert_allclose(found.paid.sum(), price * granted, rtol=1e-12)


@given(tonnes, floats(0.0, 1.0))
def test_givers_are_used_in_proportion_to_what_they_gave(given_up, part) -> None:
    granted = int(part * int(given_up.sum()))
    exact = given_up * (granted / max(int(given_up.sum()), 1))
    assert np.abs(compensated(given_up, granted, 60.0).used - exact).max() <= 1.0 + 1e-6


def test_freeing_by_hand() -> None:
    """Half of 101, 80 and −5 t of relief; the second holds 30 t only, the last does not aid."""
    found = freed(
        share=0.5,
        relief=np.array([101.0, 80.0, -5.0, 60.0]),
        aiding=np.array([True, True, True, False]),
        held=np.array([1000, 30, 10, 1000]),
    )
    assert_array_equal(found, [50, 30, 0, 0])


def test_compensation_by_hand() -> None:
    """Of 60 + 40 t freed the pool needs 50 t: 30 and 20 t at 40 CNY/t."""
    found = compensated(np.array([60, 40, 0]), 50, 40.0)
    assert_array_equal(found.used, [30, 20, 0])
    assert_array_equal(found.returned, [30, 20, 0])
    assert_allclose(found.paid, [1200.0, 800.0, 0.0])


def test_more_cannot_be_granted_than_was_freed() -> None:
    with pytest.raises(ValueError, match="101 t of freed quota are granted but 100 t were freed"):
        compensated(np.array([60, 40]), 101, 40.0)
