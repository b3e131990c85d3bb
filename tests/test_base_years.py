"""Arms of several base years in one experiment: paired within each, side by side across them."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from invented import economy_of
from test_executors import InTurn

from analysis.command_line.showing import view
from analysis.command_line.side_by_side_printing import show_side_by_side
from analysis.experiment import assessment, grounds, workers
from analysis.experiment.apart import compare_apart
from analysis.experiment.comparison import compare
from analysis.uncertainty.quantities import quantities
from analysis.uncertainty.robustness import robustness
from analysis.uncertainty.search import search
from data.errors import InputError
from scenarios import Experiment, read_experiment
from scenarios.apart import apart
from scenarios.choosing import with_arms

GRID = """title = "Does the base year matter?"
reference = "no_policy"
replications = 2
uncertainties = ["compliance.audit"]

[[arms]]
name = "no_policy"
set = { "allocation.rule" = "none", "horizon.end" = 2019 }

[[arms]]
set = { "allocation.rule" = ["grandfathering", "equal_per_capita"], "horizon.base_year" = [2012, 2017], "horizon.end" = 2019 }
"""  # noqa: E501 - TOML has no other way to write a line


@pytest.fixture
def invented(monkeypatch) -> None:
    """Invented economies for the compiled ones of each base year."""

    def load_economy(year, *_, **__):
        return replace(economy_of(0 if year == 2012 else 1), year=year)

    monkeypatch.setattr(workers, "_laboratories", {})
    for module in (grounds, workers):
        monkeypatch.setattr(module, "load_economy", load_economy)
    monkeypatch.setattr(grounds, "economies_identity", lambda _: "invented")
    monkeypatch.setattr(assessment, "load_drawn", None)


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "two.toml"
    file.write_text(GRID, encoding="utf-8")
    return file


@pytest.fixture
def asked(path) -> Experiment:
    return read_experiment(path)


def test_every_base_year_gets_no_policy_of_its_own(asked) -> None:
    assert asked.arms[-1].name == "no_policy+base_year_2017"
    assert asked.reference_of("grandfathering+base_year_2017") == "no_policy+base_year_2017"
    assert asked.reference_of("grandfathering+base_year_2012") == "no_policy"
    parts = apart(asked)
    assert list(parts) == ["base_year_2012", "base_year_2017"]
    assert parts["base_year_2017"].reference == "no_policy+base_year_2017"
    assert len(parts["base_year_2012"].arms) == len(parts["base_year_2017"].arms) == 3


def test_an_arm_that_cannot_be_paired_is_named(asked) -> None:
    words = {name: getattr(asked, name) for name in Experiment.model_fields}
    with pytest.raises(ValueError, match=r"base_year_2017' runs from 2017 to 2019"):
        Experiment.model_validate({**words, "arms": asked.arms[:-1]})


def test_an_arm_that_is_chosen_brings_the_one_it_is_paired_with(asked) -> None:
    chosen = with_arms(asked, ["equal_per_capita+base_year_2017"])
    assert [arm.name for arm in chosen.arms][1:] == [
        "no_policy+base_year_2017", "equal_per_capita+base_year_2017",
    ]  # fmt: skip


def test_each_base_year_is_compared_as_if_it_were_alone(asked, invented, tmp_path) -> None:
    how = {"executor": InTurn(), "pictures": False}
    done = compare_apart(asked, out=tmp_path / "both", **how)
    alone = compare(apart(asked)["base_year_2017"], out=tmp_path / "one", **how)
    assert done.parts["base_year_2017"].digest == alone.digest
    table = pd.read_csv(tmp_path / "both" / "side_by_side.csv")
    assert set(table["part"]) == {"base_year_2012", "base_year_2017"}
    own = table[table["part"] == "base_year_2017"].reset_index(drop=True)
    np.testing.assert_array_equal(own["from_no_policy"], alone.ranking["from_no_policy"])


def test_one_table_of_several_base_years_is_refused(asked, small, tmp_path) -> None:
    with pytest.raises(InputError, match=r"base_year_2012, base_year_2017.*compare_apart"):
        compare(asked, out=tmp_path / "r")
    with pytest.raises(InputError, match="leave horizon"):
        compare_apart(asked, out=tmp_path / "r", economy=small)
    with pytest.raises(InputError, match="arms start from 2012 and 2017"):
        robustness(asked, economy=small, out=tmp_path / "w", worlds=2, executor=InTurn())
    with pytest.raises(InputError, match="mixes of levers are compared on"):
        search(asked, out=tmp_path / "s")


def test_a_world_runs_each_arm_on_its_own_economy_beside_its_own_no_policy(
    asked, invented, tmp_path
) -> None:
    how = {"worlds": 3, "executor": InTurn(), "regions": False}
    both = robustness(asked, out=tmp_path / "both", **how).worlds
    alone = robustness(apart(asked)["base_year_2017"], out=tmp_path / "one", **how).worlds
    for arm in alone.arms:
        for word in ("emissions", "cost_per_tonne", "free_riding"):
            np.testing.assert_array_equal(both.of(word, arm), alone.of(word, arm))
    assert both.rivals == tuple(arm for group in both.groups for arm in group)
    assert [len(group) for group in both.groups] == [2, 2]


def test_ranks_and_regret_are_within_a_base_year(asked, invented, tmp_path) -> None:
    done = robustness(asked, out=tmp_path / "r", worlds=6, executor=InTurn(), regions=False)
    own = done.regret[done.regret["outcome"] == "abatement_cost"]
    for group in done.worlds.groups:
        assert own[own["arm"].isin(group)]["best"].sum() >= 1
    ranks = [one for one in quantities(done.worlds, ("abatement_cost",)) if one.kind == "rank"]
    assert all(np.nanmax(one.values) <= 2 for one in ranks)
    assert {one.other for one in quantities(done.worlds, ("abatement_cost",))} - {""} <= set(
        done.worlds.rivals
    )
    statements = done.claims["statement"].tolist()
    assert "grandfathering+base_year_2017 emits less than no_policy+base_year_2017" in statements


def test_a_folder_of_several_base_years_names_those_within(asked, invented, door, tmp_path) -> None:
    compare_apart(asked, out=tmp_path / "r", executor=InTurn(), pictures=False)
    for words in (("report", str(tmp_path / "r")), ("city", "City A", str(tmp_path / "r"))):
        answer = door(*words)
        assert answer.refused_in_one_line
        assert "its folders base_year_2012, base_year_2017 are: name one" in answer.err


def test_each_base_year_is_answered_and_all_arms_stand_side_by_side(
    asked, invented, capsys, tmp_path
) -> None:
    done = compare_apart(asked, out=tmp_path / "r", executor=InTurn(), pictures=False)
    show_side_by_side(done, view(None, quiet=False, full=False, as_json=False))
    said = " ".join(capsys.readouterr().out.split())
    assert "Base year 2012" in said
    assert "Base year 2017" in said
    assert "within the same years and economy" in said
    show_side_by_side(done, view(None, quiet=False, full=False, as_json=True))
    assert set(json.loads(capsys.readouterr().out)) == {"base_year_2012", "base_year_2017"}
