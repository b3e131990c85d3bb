"""Strong and weak beneficiaries, role models, and neither: Xia et al. (2024)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts
from numpy.testing import assert_array_equal

from model.classes.beneficiaries import (
    BAND,
    DEFAULT_READING,
    GREW,
    MATERIAL,
    MITIGATION,
    READINGS,
    Beneficiary,
    Change,
    Reading,
    by_intensity,
    by_policy,
    classify,
)
from model.footprints.accounts import Accounts
from model.footprints.decomposition import Decomposition

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
    larger = np.maximum(own, upstream)
    differs = (larger > MATERIAL) & (np.abs(upstream - own) > BAND * larger)
    assert_array_equal(np.isin(found, [STRONG, WEAK]), differs & (upstream > own))
    assert_array_equal(found == NEITHER, ~differs)


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
        (0.10, 0.10, NEITHER),
        (0.10, 0.109, NEITHER),
        (0.10, 0.112, WEAK),
        (0.0, 0.019, NEITHER),
        (0.019, 0.0, NEITHER),
        (0.20, 0.10, ROLE_MODEL),
        (0.20, 0.0, ROLE_MODEL),
        (0.0, 0.0, NEITHER),
        (-0.01, -0.02, NEITHER),
    ],
)
def test_classes_by_policy_by_hand(own: float, upstream: float, kind: Beneficiary) -> None:
    """A strong beneficiary's own rate is under a quarter of its suppliers' (E14); differences below
    a tenth, and rates up to 2 %, are no difference."""
    assert by_policy(np.array([own]), np.array([upstream])) == kind


def test_every_class_has_its_words() -> None:
    labels = [kind.label for kind in Beneficiary]
    assert labels == ["strong beneficiary", "weak beneficiary", "role model", "neither"]


@st.composite
def changes(draw) -> Change:
    """Draw two years' accounts of some cities and what lies between them."""
    between, exported = amounts((CITIES, CITIES), -1e8, 1e8), amounts(CITIES, 0.0, 1e8)
    effect = Decomposition(dE=draw(between), dL=draw(between), dF=draw(between))
    C = draw(amounts((CITIES, CITIES), 0.0, 1e9))
    return Change(
        effect=effect,
        earlier=Accounts(C=C, exported=draw(exported)),
        later=Accounts(C=C + effect.dE + effect.dL + effect.dF, exported=draw(exported)),
    )


@pytest.mark.parametrize("name", READINGS)
@given(change=changes())
def test_under_every_reading_the_classes_are_a_partition(name: str, change: Change) -> None:
    reading = READINGS[name]
    effect, before, after = change.effect, change.earlier, change.later
    mitigating = effect.dE + (effect.dL if "structure" in reading.mitigation else 0.0)
    kinds = reading.classes(change)
    for s, kind in enumerate(kinds):
        local = -mitigating[s, s]
        outsourced = mitigating[s, s] - mitigating[:, s].sum()
        grew = {
            "intensity": effect.dE[s, s] > 0,
            "flow": after.C[s, s] > before.C[s, s],
            "production": after.D_pba[s] > before.D_pba[s],
        }[reading.grew]
        beneficiary = outsourced > local and outsourced > 0
        member = {
            STRONG: beneficiary and grew,
            WEAK: beneficiary and not grew,
            ROLE_MODEL: not beneficiary and local > 0,
            NEITHER: not beneficiary and not local > 0,
        }
        assert [each for each, holds in member.items() if holds] == [kind]


@given(changes())
def test_the_default_reading_is_that_of_intensity(change) -> None:
    effect = change.effect
    expected = by_intensity(effect.local_mitigation, effect.outsourced_mitigation)
    assert_array_equal(DEFAULT_READING.classes(change), expected)


@given(changes(), st.sampled_from(sorted(MITIGATION)))
def test_what_grew_divides_the_beneficiaries_and_nobody_else(change, mitigation: str) -> None:
    by_growth = [Reading(grew, mitigation).classes(change) for grew in GREW]
    for kinds in by_growth:
        gains = np.isin(kinds, [STRONG, WEAK])
        assert_array_equal(gains, np.isin(by_growth[0], [STRONG, WEAK]))
        assert_array_equal(kinds[~gains], by_growth[0][~gains])


def test_there_is_a_reading_for_every_pair_of_words() -> None:
    pairs = {(reading.grew, reading.mitigation) for reading in READINGS.values()}
    assert pairs == {(grew, mitigation) for grew in GREW for mitigation in MITIGATION}
    assert len(READINGS) == len(pairs) == 6
    assert next(iter(READINGS.values())) == DEFAULT_READING
    assert Reading(grew="intensity", mitigation="intensity") == DEFAULT_READING


@pytest.mark.parametrize(
    ("grew", "mitigation", "kind"),
    [
        ("intensity", "intensity", WEAK),
        ("flow", "intensity", STRONG),
        ("production", "intensity", WEAK),
        ("intensity", "intensity_and_structure", ROLE_MODEL),
        ("flow", "intensity_and_structure", ROLE_MODEL),
        ("production", "intensity_and_structure", ROLE_MODEL),
    ],
)
def test_one_city_is_read_in_several_ways(grew: str, mitigation: str, kind: Beneficiary) -> None:
    """It cuts 5 t at home and 20 t elsewhere by intensity, and 30 t at home by structure.

    Its demand adds 40 t at home, so that the flow grows by 5 t; its exports fall by 50 t.
    """
    effect = Decomposition(
        dE=np.array([[-5.0, 0.0], [-20.0, 0.0]]),
        dL=np.array([[-30.0, 0.0], [0.0, 0.0]]),
        dF=np.array([[40.0, 0.0], [0.0, 0.0]]),
    )
    earlier = Accounts(C=np.full((2, 2), 100.0), exported=np.array([60.0, 0.0]))
    later = Accounts(
        C=earlier.C + effect.dE + effect.dL + effect.dF, exported=np.array([10.0, 0.0])
    )
    found = Reading(grew, mitigation).classes(Change(effect, earlier, later))
    assert found[0] == kind
