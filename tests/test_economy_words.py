"""The economy as words of a scenario: assumptions of its compile."""

from dataclasses import asdict

import pytest

from analysis import compare
from data.compiled import cache
from data.errors import InputError
from model.compile.assumptions import Assumptions
from scenarios import read_experiment, read_scenario
from scenarios.uncertainties import drawn_keys
from simulation import run
from simulation.running import kept_laboratory


def test_a_scenario_speaks_of_every_assumption_with_the_same_default() -> None:
    assert asdict(read_scenario("default").economy.assumptions) == asdict(Assumptions())


def test_another_assumption_is_another_economy_and_compiled_once(compiles, monkeypatch) -> None:
    asked = []
    compiled = cache.compile_economy

    def note(figures, assumptions, progress):
        asked.append(assumptions.home_weight)
        return compiled(figures, assumptions, progress)

    monkeypatch.setattr(cache, "compile_economy", note)
    kept_laboratory.cache_clear()
    for weight in (11.0, 28.0, 11.0):
        run("default", {"economy.home_weight": weight, "horizon.end": 2013})
    assert asked == [11.0, 28.0]
    kept_laboratory.cache_clear()


def test_arms_on_other_economies_get_no_policy_of_their_own(tmp_path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        'title = "Own"\nreference = "no_policy"\n'
        '[[arms]]\nname = "no_policy"\nset = { "allocation.rule" = "none" }\n'
        '[[arms]]\nset = { "economy.home_weight" = [11.0, 20.0] }\n',
        encoding="utf-8",
    )
    asked = read_experiment(path)
    assert [arm.name for arm in asked.arms] == [
        "no_policy", "home_weight_11", "home_weight_20",
        "no_policy+home_weight_11", "no_policy+home_weight_20",
    ]  # fmt: skip
    assert asked.reference_of("home_weight_20") == "no_policy+home_weight_20"


def test_drawn_economies_and_chosen_assumptions_exclude_each_other(tmp_path) -> None:
    with pytest.raises(InputError, match=r"leave economy\.\* out"):
        compare(
            "allocation_rules", {"economy.home_weight": 11.0}, replications=2, economies=2,
            pictures=False, out=tmp_path / "r",
        )  # fmt: skip


def test_an_economy_of_ones_own_has_no_such_assumptions(small) -> None:
    with pytest.raises(InputError, match="leave them out with an economy of your own"):
        run("default", {"economy.home_weight": 11.0}, economy=small)


def test_a_world_cannot_draw_an_assumption_of_the_compile(tmp_path) -> None:
    asked = read_experiment("allocation_rules")
    path = tmp_path / "own.toml"
    path.write_text(
        'title = "Own"\nreference = "no_policy"\nuncertainties = ["economy.home_weight"]\n'
        '[[arms]]\nname = "no_policy"\nset = { "allocation.rule" = "none" }\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="every value is an economy of its own"):
        drawn_keys(read_experiment(path))
    assert not [one for one in drawn_keys(asked) if one.key.startswith("economy.")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"economy.home_wight": 11.0}, "did you mean home_weight"),
        ({"economy.home_weight": 0.0}, r"economy\.home_weight = 0"),
        ({"economy.demand": "nation"}, r"economy\.demand"),
    ],
)
def test_a_wrong_assumption_is_refused_by_its_key(words, said) -> None:
    with pytest.raises(InputError, match=said):
        read_scenario("default", words)
