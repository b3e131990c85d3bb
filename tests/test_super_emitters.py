"""Super-emitters and their pathways: Zheng et al. (2023)."""

import numpy as np
import pytest
from hypothesis import given
from invented import amounts, floats
from numpy.testing import assert_array_equal

from model.classes.super_emitters import Pathway, pathway

CITIES = 8
tonnes = amounts(CITIES, 0.0, 2e8)
thresholds = floats(1.0, 2e8)
NONE, DEMAND, TECHNOLOGY, HYBRID = Pathway


@given(tonnes, tonnes, thresholds)
def test_every_city_is_on_exactly_one_pathway(D_cba, D_pba, threshold: float) -> None:
    found = pathway(D_cba, D_pba, threshold)
    members = {
        NONE: (D_cba <= threshold) & (D_pba <= threshold),
        DEMAND: (D_cba > threshold) & (D_pba <= threshold),
        TECHNOLOGY: (D_cba <= threshold) & (D_pba > threshold),
        HYBRID: (D_cba > threshold) & (D_pba > threshold),
    }
    assert_array_equal(sum(members.values()), 1)
    for kind, cities in members.items():
        assert_array_equal(found == kind, cities)


@pytest.mark.parametrize(
    ("D_cba", "D_pba", "words"),
    [
        (100.0, 50.0, "demand"),
        (50.0, 100.0, "technology"),
        (100.0, 100.0, "hybrid"),
        (50.0, 50.0, "no super-emitter"),
        (90.4, 90.4, "no super-emitter"),
        (90.4, 90.5, "technology"),
    ],
)
def test_pathways_by_hand(D_cba: float, D_pba: float, words: str) -> None:
    """One per cent of 9.04 Gt, the national total of Zheng et al. (2023), is 90.4 Mt."""
    (found,) = pathway(np.array([D_cba]), np.array([D_pba]), 90.4)
    assert Pathway(found).label == words


@given(tonnes, tonnes, thresholds)
def test_the_accounts_change_places_as_the_pathways_do(D_cba, D_pba, threshold: float) -> None:
    there, back = pathway(D_cba, D_pba, threshold), pathway(D_pba, D_cba, threshold)
    assert_array_equal(there == DEMAND, back == TECHNOLOGY)
    assert_array_equal(there == HYBRID, back == HYBRID)


@given(tonnes, tonnes, thresholds, floats(1.0, 10.0))
def test_a_higher_threshold_makes_no_new_super_emitter(D_cba, D_pba, low, factor) -> None:
    super_emitters = pathway(D_cba, D_pba, low) != NONE
    assert super_emitters[pathway(D_cba, D_pba, low * factor) != NONE].all()
