"""What nobody knows: ranges of every number, and how an experiment names the uncertain ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import InputError
from scenarios import read_experiment, read_scenario
from scenarios.ranges import ranges, unknowns
from scenarios.schema import parameters
from scenarios.uncertainties import (
    drawn_keys,
    in_world,
    kept_keys,
    unsourced,
    value_of,
    with_numbers,
)
from scenarios.uncertainty import Uncertainty

BESIDE = (
    "horizon.base_year",
    "behaviour.shares",
    "cap.levels_mt",
    "growth.cleaner",
    "growth.more_demand",
)
"""The year of the table, and keys that hold several numbers."""


def experiment(tmp_path, text: str):
    path = tmp_path / "own.toml"
    arms = (
        '[[arms]]\nname = "none"\nset = { "allocation.rule" = "none" }\n'
        '[[arms]]\nname = "some"\nset = { "compliance.audit" = 0.4 }\n'
    )
    path.write_text(f'title = "Own"\nreference = "none"\n{text}\n{arms}', encoding="utf-8")
    return read_experiment(path)


def test_every_number_of_a_scenario_has_a_range_with_a_reason() -> None:
    numbers = [row.key for row in parameters() if row.unit != "word"]
    plain = {key.split("(")[0] + key.split(")")[-1] if "(" in key else key for key in numbers}
    plain = {key for key in plain if not key.startswith(BESIDE)}
    assert plain == set(ranges())
    assert all(len(one.source) > 3 for one in ranges().values())


def test_a_range_is_in_the_unit_of_its_key() -> None:
    units = {row.key.split("(")[0] + row.key.split(")")[-1]: row.unit for row in parameters()}
    for one in ranges().values():
        assert one.unit == units.get(one.key, one.unit)
        assert one.unit


def test_a_range_in_another_unit_is_refused(tmp_path) -> None:
    table = '{ key = "compliance.audit", low = 20, high = 60, unit = "%" }'
    with pytest.raises(InputError, match=r"compliance.audit is in 1, not in %; turn low and high"):
        experiment(tmp_path, f"uncertainties = [{table}]")


def test_a_range_without_a_source_is_said(tmp_path) -> None:
    own = '{ key = "cap.cut", low = 0.1, high = 0.2 }'
    told = '{ key = "compliance.hideable", low = 0.1, high = 0.2, source = "an office" }'
    asked = experiment(tmp_path, f'uncertainties = ["behaviour.risk", {own}, {told}]')
    assert unsourced(asked.uncertainties) == "Ranges without a source: cap.cut (0.1 to 0.2)."
    assert unsourced(asked.uncertainties[:1]) == ""


def test_the_default_lies_within_the_range_of_what_nobody_knows() -> None:
    scenario = read_scenario("default")
    for key in unknowns():
        value = value_of(scenario, key)
        assert value is None or ranges()[key].low <= value <= ranges()[key].high, key


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_both_ends_of_all_ranges_together_are_a_scenario_that_can_be_run(share) -> None:
    asked = read_experiment("allocation_rules")
    drawn = drawn_keys(asked)
    arms = [(arm.name, arm.scenario) for arm in asked.arms]
    world = in_world(arms, drawn, np.full(len(drawn), share))
    for one in drawn:
        assert {value_of(scenario, one.key) for _, scenario in world} == {one.value(share)}


@given(
    st.sampled_from(["uniform", "log_uniform", "triangular"]),
    st.floats(0.01, 10),
    st.floats(0.01, 10),
    st.floats(0.0, 1.0),
)
def test_the_share_below_a_value_undoes_the_value_at_a_share(kind, low, width, share) -> None:
    one = Uncertainty(key="cap.cut", low=low, high=low + width, distribution=kind)
    value = one.at(np.array([share]))
    assert low <= value[0] <= (low + width) * (1 + 1e-12)
    assert one.share_of(value)[0] == pytest.approx(share, abs=1e-6)


@given(st.integers(0, 5), st.integers(1, 9), st.floats(0.0, 1.0))
def test_whole_numbers_are_drawn_evenly_from_low_to_high(low, width, share) -> None:
    one = Uncertainty(key="transfer.renewal", low=low, high=low + width, distribution="integer")
    assert one.value(share) == min(low + int(share * (width + 1)), low + width)
    assert one.value(float(one.share_of(np.array([one.value(share)]))[0])) == one.value(share)


def test_what_the_arms_differ_in_is_no_uncertainty(tmp_path) -> None:
    asked = experiment(tmp_path, "")
    assert "compliance.audit" in kept_keys(asked)
    assert "compliance.audit" not in [one.key for one in drawn_keys(asked)]
    assert "compliance.hideable" in [one.key for one in drawn_keys(asked)]


def test_a_choice_rule_that_no_arm_uses_leaves_its_numbers_alone(tmp_path) -> None:
    drawn = [one.key for one in drawn_keys(experiment(tmp_path, ""))]
    assert "behaviour.logit.inertia" in drawn
    assert "behaviour.imitate.mutation" not in drawn


def test_an_experiment_names_keys_and_tables_of_its_own(tmp_path) -> None:
    asked = experiment(
        tmp_path,
        'uncertainties = ["compliance.hideable", { key = "cap.cut", low = 0.1, high = 0.2 }]',
    )
    known, own = asked.uncertainties
    assert known == ranges()["compliance.hideable"]
    assert (own.low, own.high, own.distribution, own.source) == (0.1, 0.2, "uniform", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('uncertainties = ["compliance.hidable"]', "did you mean compliance.hideable"),
        ('uncertainties = [{ key = "cap.cut", low = 0.3, high = 0.2 }]', "low 0.3 must lie below"),
        ('uncertainties = [{ key = "cap.ct", low = 0.1, high = 0.2 }]', "cap.ct"),
        ('uncertainties = [{ key = "cap.cut", low = 0.1, high = 20.0 }]', "cap.cut"),
        ("claims = [3]", "claims"),
    ],
)
def test_a_wrong_uncertainty_is_refused_by_its_key(text, said, tmp_path) -> None:
    with pytest.raises(InputError, match=said):
        drawn_keys(experiment(tmp_path, text))


def test_a_number_outside_its_bounds_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"compliance\.audit"):
        with_numbers(read_scenario("default"), {"compliance.audit": 1.5})
