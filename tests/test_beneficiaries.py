"""Strong and weak beneficiaries, role models, and neither: Xia et al. (2024)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays
from invented import amounts
from numpy.testing import assert_array_equal

from model.beneficiaries import Beneficiary, by_intensity, by_policy, classify

CITIES = 8
tonnes = amounts(CITIES, -1e8, 1e8)
STRONG, WEAK, ROLE_MODEL, NEITHER = Beneficiary


@given(tonnes, tonnes, arrays(np.bool_, CITIES))
def test_every_city_is_in_exactly_one_class(local, outsourced, grew) -> None:
    found = classify(local, outsourced, grew)
    gains = (outsourced > local) & (outsourced > 0)
    members = {
        STRONG: gains & grew,
        WEAK: gains & ~grew,
        ROLE_MODEL: ~gains & (local > 0),
        NEITHER: ~gains & (local <= 0),
    }
    assert_array_equal(sum(members.values()), 1)
    for kind, cities in members.items():
        assert_array_equal(found == kind, cities)


@given(tonnes, tonnes)
def test_the_classes_by_policy_are_a_partition_too(own, upstream) -> None:
    found = by_policy(own, upstream)
    assert np.isin(found, list(Beneficiary)).all()
    assert_array_equal(np.isin(found, [STRONG, WEAK]), upstream > own)


@pytest.mark.parametrize(
    ("local", "outsourced", "kind"),
    [
        (-5.0, 20.0, STRONG),
        (-5.0, -1.0, NEITHER),
        (5.0, 20.0, WEAK),
        (0.0, 20.0, WEAK),
        (20.0, 5.0, ROLE_MODEL),
        (20.0, 20.0, ROLE_MODEL),
        (20.0, -5.0, ROLE_MODEL),
        (-20.0, -5.0, NEITHER),
        (0.0, 0.0, NEITHER),
    ],
)
def test_classes_by_intensity_by_hand(local: float, outsourced: float, kind: Beneficiary) -> None:
    assert by_intensity(np.array([local]), np.array([outsourced])) == kind


@pytest.mark.parametrize(
    ("own", "upstream", "kind"),
    [
        (0.01, 0.10, STRONG),
        (0.024, 0.10, STRONG),
        (0.03, 0.10, WEAK),
        (0.10, 0.10, ROLE_MODEL),
        (0.20, 0.10, ROLE_MODEL),
        (0.20, 0.0, ROLE_MODEL),
        (0.0, 0.0, NEITHER),
        (-0.01, -0.02, NEITHER),
    ],
)
def test_classes_by_policy_by_hand(own: float, upstream: float, kind: Beneficiary) -> None:
    """A strong beneficiary's own rate is under a quarter of its suppliers' (E14)."""
    assert by_policy(np.array([own]), np.array([upstream])) == kind


def test_every_class_has_its_words() -> None:
    labels = [kind.label for kind in Beneficiary]
    assert labels == ["strong beneficiary", "weak beneficiary", "role model", "neither"]
