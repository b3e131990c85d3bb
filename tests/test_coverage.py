"""Which abatement groups a scheme covers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from model.labels import GROUPS
from model.quota.coverage import ALIASES, covered


@given(st.sets(st.sampled_from(GROUPS)))
def test_the_named_groups_are_covered_and_no_others(words) -> None:
    mask = covered(sorted(words), GROUPS)
    assert_array_equal(mask, [group in words for group in GROUPS])


def test_todays_national_scheme_covers_power_and_soon_steel_and_cement() -> None:
    assert_array_equal(covered(["power"], GROUPS), [group == "electricity" for group in GROUPS])
    known = covered(["power", "steel", "cement"], GROUPS)
    assert_array_equal(known, [group in ("electricity", "metals", "minerals") for group in GROUPS])


def test_a_group_may_be_named_twice() -> None:
    assert_array_equal(covered(["power", "electricity"], GROUPS), covered(["power"], GROUPS))


def test_every_alias_names_a_group() -> None:
    assert set(ALIASES.values()) <= set(GROUPS)
    assert not set(ALIASES) & set(GROUPS)


def test_an_unknown_word_is_refused_with_those_known() -> None:
    with pytest.raises(ValueError, match=r"'powr'; known are electricity, .*rest, power, steel"):
        covered(["powr"], GROUPS)
