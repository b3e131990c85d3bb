"""Grids of arms: lists in what an arm sets, and arms of other experiments by name."""

import pytest

from data.errors import InputError
from scenarios import read_experiment

HEAD = """title = "Own"
reference = "no_policy"
[[arms]]
name = "no_policy"
set = { "allocation.rule" = "none" }
"""


def experiment(tmp_path, text: str, settings=()):
    path = tmp_path / "own.toml"
    path.write_text(HEAD + text, encoding="utf-8")
    return read_experiment(path, settings)


def test_lists_span_rules_times_institutions_in_three_lines(tmp_path) -> None:
    asked = experiment(
        tmp_path,
        "[[arms]]\nset = { "
        '"allocation.rule" = ["grandfathering", "equal_per_capita"], '
        '"market.institution" = ["exchange", "none"] }',
    )
    assert [arm.name for arm in asked.arms] == [
        "no_policy", "grandfathering+exchange", "grandfathering+none",
        "equal_per_capita+exchange", "equal_per_capita+none",
    ]  # fmt: skip
    last = asked.arms[-1].scenario
    assert (last.allocation.rule, last.market.institution) == ("equal_per_capita", "none")


def test_numbers_stand_in_names_after_their_key(tmp_path) -> None:
    asked = experiment(
        tmp_path,
        '[[arms]]\nname = "strict"\nset = { "compliance.audit" = [0.1, 0.5], '
        '"abatement.demand_lever" = [true, false] }',
    )
    audits = {arm.name: arm.scenario.compliance.audit for arm in asked.arms[1:]}
    assert audits == {
        "strict+audit_0-1+demand_lever": 0.1, "strict+audit_0-1+no_demand_lever": 0.1,
        "strict+audit_0-5+demand_lever": 0.5, "strict+audit_0-5+no_demand_lever": 0.5,
    }  # fmt: skip


def test_a_key_that_holds_a_list_spans_nothing(tmp_path) -> None:
    asked = experiment(
        tmp_path, '[[arms]]\nname = "power"\nset = { "cap.coverage" = ["power", "steel"] }'
    )
    assert [arm.name for arm in asked.arms] == ["no_policy", "power"]


def test_arms_are_picked_by_name_from_another_experiment(tmp_path) -> None:
    asked = experiment(
        tmp_path,
        '[[arms]]\nfrom = "all_rules"\npick = ["equal_mac+exchange"]\n'
        'set = { "cap.cut" = 0.3 }\n'
        '[[arms]]\nname = "own"',
    )
    names = [arm.name for arm in asked.arms]
    assert names == ["no_policy", "equal_mac+exchange", "own"]
    assert asked.arms[1].scenario.allocation.rule == "equal_mac"
    assert asked.arms[1].scenario.cap.cut == 0.3
    assert asked.arms[2].scenario.cap.cut == 0.2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[arms]]\nfrom = "all_rules"\npick = ["equal_mc"]', "no arm of all_rules"),
        ('[[arms]]\nfrom = "all_rules"', 'from = "NAME", pick ='),
        ('[[arms]]\nfrom = "own.toml"\npick = ["a"]', "of this file itself"),
        ('[[arms]]\nset = { "cap.cut" = 0.3 }', "an arm has a name"),
        ('[[arms]]\nset = { "cap.cut" = [0.1, 30] }', "cap.cut = 30"),
    ],
)
def test_arms_that_cannot_be_made_are_refused_by_what_is_wrong(text, said, tmp_path) -> None:
    with pytest.raises(InputError, match=said):
        experiment(tmp_path, text)
