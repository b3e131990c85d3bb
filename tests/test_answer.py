"""The answer of compare on one screen: at any width nothing is lost, and JSON is JSON."""

import json
import re
from functools import partial
from io import StringIO

import pytest
from at_the_door import door  # noqa: F401 - a fixture
from rich.cells import cell_len
from test_executors import InTurn

from analysis import compare
from analysis.command_line import compare_command, run_command, screen
from analysis.command_line.blocks import Shown, blocks
from analysis.command_line.terminal import PlainConsole
from analysis.findings import finding
from data.errors import InputError

WORDS = ("compare", "allocation_rules", "--replications", "3", "--set", "horizon.end=2015",
         "--worlds", "0")  # fmt: skip
TWO = ("--arms", "grandfathering+exchange,equal_per_capita+no_trade")


def quickly(words: dict) -> dict:
    """Return the words of `compare` for few runs: one after the other, without pictures."""
    return words | {"pictures": False, "executor": InTurn()}


@pytest.fixture(scope="module")
def done(small, tmp_path_factory):
    """Return one comparison of all arms."""
    folder = tmp_path_factory.mktemp("whole") / "r"
    return compare("allocation_rules", ["horizon.end=2016"], replications=4, economy=small,
                   out=folder, executor=InTurn(), pictures=False)  # fmt: skip


@pytest.fixture
def told(door, done, monkeypatch):  # noqa: F811 - the fixture
    """Return the command line where that comparison is what comes of every experiment."""
    for module in (compare_command, run_command):
        monkeypatch.setattr(module, "compare", lambda *_, **__: done)
    return door


@pytest.fixture
def asked(door, small, monkeypatch, tmp_path):  # noqa: F811 - the fixture
    """Return the command line on the invented economy; every answer in a folder of its own."""
    folders = iter(range(100))
    run = partial(compare, economy=small)
    for module in (compare_command, run_command):
        monkeypatch.setattr(module, "compare", lambda *words, **more: run(*words, **quickly(more)))
    return lambda *words: door(*words, "--out", str(tmp_path / f"r{next(folders)}"))


def on_terminal(done, height: int, **how) -> list[str]:
    shown = PlainConsole(
        file=StringIO(), force_terminal=True, width=80, height=height, color_system=None
    )
    screen.print_answer(finding(done), shown, **how)
    return shown.file.getvalue().splitlines()


def test_a_terminal_of_forty_lines_holds_the_answer_and_is_told_what_it_leaves_out(done) -> None:
    short = on_terminal(done, 40, whole=False)
    assert len(short) <= 40 - screen.PROMPT
    assert screen.MORE in short
    tall = on_terminal(done, 200, whole=False)
    assert screen.MORE not in tall
    assert on_terminal(done, 40, whole=True) == tall
    assert len(tall) > len(short)


@pytest.mark.parametrize(
    ("width", "words"),
    [(60, ()), (80, ()), (120, ()), (200, ()), (60, ("--full",)), (120, ("--full",))],
)
def test_no_figure_and_no_name_is_lost_at_any_width(width, words, told, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answer = told(*WORDS, *words)
    assert answer.code == 0, answer.err
    monkeypatch.setenv("COLUMNS", "400")
    wide = told(*WORDS, *words)
    lines = [line for line in answer.out.splitlines() if "Results: " not in line]
    assert max(map(cell_len, lines)) <= width
    assert "…" not in answer.out
    figures = re.compile(r"[−+]?\d[\d,.]*(?:±[\d,.]+)?")
    assert set(figures.findall(strip(wide.out))) <= set(figures.findall(strip(answer.out)))
    for name in ("Consumption responsibility", "Supply chain linked", "No policy", "beneficiaries"):
        assert name.split()[-1] in answer.out


def strip(out: str) -> str:
    """Return an answer without the lines on where it is."""
    return "\n".join(line for line in out.splitlines() if "Results: " not in line)


def test_the_answer_of_a_dozen_arms_fits_a_screen_of_80_by_42(told, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert told(*WORDS).out.count("\n") <= 42


def test_quiet_says_the_finding_alone(told) -> None:
    answer = told(*WORDS, "--quiet")
    assert "Every policy" in answer.out
    assert "Grandfathering\n" not in answer.out
    assert answer.out.count("\n") < 10


def test_json_holds_every_arm_and_outcome_and_nothing_else_is_written(told) -> None:
    answer = json.loads(told(*WORDS, "--json", "--outcomes", "emissions,price").out)
    assert [one["outcome"] for one in answer["outcomes"]] == ["emissions", "price"]
    assert len(answer["outcomes"][0]["arms"]) == 11
    prices = {arm["arm"]: arm["mean"] for arm in answer["outcomes"][1]["arms"]}
    assert prices["grandfathering+no_trade"] is None
    assert prices["grandfathering+exchange"] > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--outcomes", "emision"], "did you mean emissions"),
        (["--arms", "grandfatherin"], "did you mean grandfathering+"),
        (["--arms", "nowhere:a"], "nowhere: no such"),
        (["--arms", "from_2026:a"], "this is a scenario"),
    ],
)
def test_a_wrong_outcome_or_arm_is_refused_before_anything_runs(asked, words, said) -> None:
    answer = asked(*WORDS, *words)
    assert answer.refused_in_one_line
    assert said in answer.err


def test_arms_are_chosen_by_name_and_from_other_experiments(asked) -> None:
    arms = "grandfathering+no_trade,all_rules:equal_mac+exchange"
    answer = json.loads(asked(*WORDS, "--json", "--arms", arms, "--seed", "7").out)
    assert answer["arms"] == ["no_policy", "grandfathering+no_trade", "equal_mac+exchange"]
    assert answer["seed"] == 7


def test_a_setting_stands_in_the_title_and_the_cap_in_per_cent(asked) -> None:
    out = " ".join(asked(*WORDS, *TWO, "--set", "cap.cut=0.3").out.split())
    assert "2013 to 2015, with cap.cut = 0.3" in out
    assert "cap 30 % below baseline" in out


def test_one_scenario_runs_in_several_replications(asked) -> None:
    words = ("run", "default", "--set", "horizon.end=2014", "--set", "cap.cut=0.3")
    answer = asked(*words, "--replications", "3")
    assert "30 % below baseline in 2014" in answer.out
    assert "3 replications" in answer.out
    assert "The policy lowers emissions in 2014" in answer.out


def test_the_version_is_told(door) -> None:  # noqa: F811 - the fixture
    assert re.fullmatch(r"quotapolis \d+\.\d+\.\d+\n", door("--version").out)


def test_the_schema_of_a_section_is_that_section_alone(door) -> None:  # noqa: F811 - the fixture
    out = door("scenarios", "schema", "cap").out
    assert "cap.path" in out
    assert "compliance.audit" not in out
    assert "did you mean cap" in door("scenarios", "schema", "capp").err


def test_the_finding_of_a_comparison_reads_what_is_written(done) -> None:
    (told,) = finding(done, ["abatement_cost"]).verdicts
    ranked = done.ranking[done.ranking["outcome"] == "abatement_cost"].set_index("arm")["mean"]
    for arm in told.values:
        assert told.mean(arm) == pytest.approx(ranked[arm])


def test_more_replications_are_foretold_by_those_that_are_there(done, told) -> None:
    words = ("compare", "allocation_rules", "--resume", "--worlds", "0", "--out", str(done.folder))
    said = " ".join(told(*words, "--replications", "9").err.split())
    assert "By the 4 replications that are there, with about " in said
    assert told(*words, "--replications", "3").err == ""


def test_many_arms_leave_their_intervals_out_and_say_so(done, told, monkeypatch) -> None:
    assert "±" in told(*WORDS).out
    monkeypatch.setattr(screen, "MANY", 10)
    brief = told(*WORDS).out
    assert "intervals with --json" in brief
    assert not re.search(r"\d±", brief)


def test_shares_of_drawn_worlds_stand_beside_the_statements(done, told) -> None:
    path = done.folder / "robustness" / "claims.csv"
    path.parent.mkdir()
    path.write_text("statement,share,low,high\nTrade is cheap,0.9,0.8,0.95\nNot so,0.6,0.5,0.7\n")
    out = " ".join(told(*WORDS).out.split())
    assert (
        "In four of five worlds or more, surely: Trade is cheap."
        " Less sure: Not so (60 %, interval 50 to 70 %)." in out
    )
    assert "holds in 60 % of worlds (50 to 70): Not so" in told(*WORDS, "--full").out
    answer = json.loads(told(*WORDS, "--json").out)
    assert answer["claims"][0]["share"] == 0.9
    path.unlink()


def test_a_column_too_wide_goes_on_below_and_names_come_again() -> None:
    columns = [Shown("one", ("1" * 20, "2")), Shown("two", ("3", "4" * 20))]
    first, second = blocks("", ["left name", "right name"], columns, 40)
    assert first[1].split() == ["left", "name", "1" * 20]
    assert second[2].split() == ["right", "name", "4" * 20]


def test_the_smallest_difference_that_matters_can_be_set_and_is_said(asked) -> None:
    answer = asked(*WORDS, *TWO, "--material", "emissions=1000", "--json", "--set", "cap.cut=0.3")
    told = {row["outcome"]: row for row in json.loads(answer.out)["outcomes"]}
    assert told["emissions"]["matters_from"] == 1000
    assert not any(pair["told_apart"] for pair in told["emissions"]["pairs"])
    assert told["abatement_cost"]["matters_from"] < 1000
    said = " ".join(asked(*WORDS, *TWO, "--material", "abatement_cost=7").out.split())
    assert "Smallest difference that matters, as set: abatement cost 7" in said
    said = " ".join(asked(*WORDS, *TWO, "--material", "abatement_cost=0.02").out.split())
    assert "Smallest difference that matters, as set: abatement cost 0.02" in said


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("emisions=1", "no such outcome; did you mean emissions"),
        ("emissions", "write it as OUTCOME=AMOUNT"),
        ("emissions=0", "--material emissions=0: no positive difference"),
        ("emissions=much", "write it as OUTCOME=AMOUNT"),
    ],
)
def test_a_wrong_smallest_difference_is_refused_in_one_line(word, said, asked) -> None:
    answer = asked(*WORDS, "--material", word)
    assert answer.refused_in_one_line
    assert said in answer.err


def test_an_experiment_sets_the_smallest_differences_that_matter(small, tmp_path) -> None:
    path = tmp_path / "own.toml"
    text = (
        'title = "Own"\nreference = "none"\nreplications = 2\n{}\n'
        '[[arms]]\nname = "none"\nset = {{ "allocation.rule" = "none" }}\n'
        '[[arms]]\nset = {{ "allocation.rule" = ["grandfathering", "equal_per_capita"] }}\n'
    )
    how = {"economy": small, "executor": InTurn(), "pictures": False, "resume": True}
    plain, own = (
        _written_and_compared(path, text.format(line), tmp_path / "r", how)
        for line in ("", "[material]\nemissions = 0.25")
    )
    emissions = [finding(one).verdicts[0] for one in (plain, own)]
    assert [one.outcome.word for one in emissions] == ["emissions", "emissions"]
    assert emissions[1].material == 0.25 != emissions[0].material
    with pytest.raises(InputError, match="material emision: no such outcome"):
        _written_and_compared(path, text.format("[material]\nemision = 1.0"), tmp_path / "s", how)


def _written_and_compared(path, text, folder, how):
    path.write_text(text, encoding="utf-8")
    return compare(path, ["horizon.end=2014"], out=folder, **how)


def test_an_experiment_names_the_outcomes_that_are_told(small, tmp_path) -> None:
    how = {"economy": small, "executor": InTurn(), "pictures": False, "resume": True}
    text = (
        'title = "Own"\nreference = "none"\nreplications = 2\n'
        'outcomes = ["free_riding", "price"]\n'
        '[[arms]]\nname = "none"\nset = { "allocation.rule" = "none" }\n'
        '[[arms]]\nname = "some"\n'
    )
    done = _written_and_compared(tmp_path / "own.toml", text, tmp_path / "r", how)
    told = [one.outcome.word for one in finding(done).verdicts]
    assert told == ["free_riding", "price"]
    assert [one.outcome.word for one in finding(done, ["gini"]).verdicts] == ["gini"]
    with pytest.raises(InputError, match="outcomes free_ridng: no such outcome; did you mean free"):
        _written_and_compared(
            tmp_path / "own.toml", text.replace("riding", "ridng"), tmp_path / "s", how
        )
