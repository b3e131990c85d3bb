"""A user's own words of every kind: as good as those built in, in a script and among workers."""

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from invented import economy_of, placed_in_china
from numpy.testing import assert_allclose
from own_policy import ARMS, PLUGIN, experiment_file
from test_executors import InTurn

from analysis import compare
from analysis.command_line.command import app
from analysis.command_line.screen import next_steps
from analysis.findings.finding import finding
from analysis.uncertainty.robustness import robustness
from data.errors import InputError
from model.behaviour import RULES as DECISION_RULES
from model.behaviour.payoffs import ACTIONS
from model.catalogue import CATALOGUE
from model.quota.cap_paths import CAP_PATHS
from model.registry import parameter
from scenarios import read_experiment, read_scenario
from scenarios.schema import parameters
from simulation import run

KINDS = sorted(set(ARMS) - {"decision_mix"})


@contextmanager
def forgotten():
    """Leave no word behind."""
    before = {kind: registry.entries() for kind, registry in CATALOGUE.items()}
    yield
    for kind, registry in CATALOGUE.items():
        registry.restore(before[kind])


@pytest.fixture(autouse=True)
def only_built_in():
    """Leave no word of a test behind."""
    with forgotten():
        yield


@pytest.fixture
def small():
    """Return an invented economy with provinces that a programme can name, and several poor."""
    return placed_in_china(economy_of(1))


@pytest.fixture
def plugin(tmp_path) -> Path:
    path = tmp_path / "my_policy.py"
    path.write_text(PLUGIN)
    return path


def ran(small, plugin, words, end=2014):
    return run("default", {"horizon.end": end, **words}, plugin=plugin, economy=small)


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_of_one_s_own_changes_a_run_as_its_parameter_says(kind, small, plugin) -> None:
    """Its key and its parameter are all that differs from a run on a word built in."""
    chosen = next(key for key in ARMS[kind] if key in CATALOGUE)
    own_keys = {chosen} | {key for key in ARMS[kind] if f".{ARMS[kind][chosen]}." in key}
    same = {key: value for key, value in ARMS[kind].items() if key not in own_keys}
    if kind == "cap_path":
        same = {}
    usual, own = (ran(small, plugin, words, end=2017) for words in (same, ARMS[kind]))
    assert not usual.cities.equals(own.cities)


def test_every_kind_of_word_is_tried() -> None:
    assert {key for words in ARMS.values() for key in words if key in CATALOGUE} == set(CATALOGUE)


def test_an_own_institution_says_the_price_that_its_parameter_makes(small, plugin) -> None:
    words = {"market.institution": "quiet_exchange", "market.quiet_exchange.markup": 1.5}
    prices = [ran(small, plugin, each, end=2015).national["price"] for each in ({}, words)]
    first = int(prices[0].first_valid_index())
    assert prices[1][first] == pytest.approx(1.5 * prices[0][first])


def test_the_parameter_of_an_own_rule_is_the_one_set(small, plugin) -> None:
    one, two = (
        ran(small, plugin, {**ARMS["allocation"], "allocation.per_head_to_a_power.power": power})
        for power in (1.0, 2.0)
    )
    heads = small.population[small.players]
    year = one.cities["year"] == 2013
    for power, found in ((1.0, one), (2.0, two)):
        share = found.cities.loc[year, "quota"] / found.cities.loc[year, "quota"].sum()
        assert_allclose(share, heads**power / (heads**power).sum(), atol=1e-6)


def test_an_own_decision_is_what_all_do(small, plugin) -> None:
    done = ran(small, plugin, ARMS["decision"], end=2013).cities["action"]
    assert ACTIONS.index("transfer") not in set(done)


def test_all_kinds_reach_two_workers_and_come_to_what_this_process_does(
    small, plugin, tmp_path
) -> None:
    """Also resumed; and refused once the plugin is another one."""
    path = experiment_file(tmp_path, ARMS)
    chosen = {"economy": small, "pictures": False}
    apart = compare(path, out=tmp_path / "apart", workers=2, **chosen)
    assert not apart.failures
    here = compare(path, out=tmp_path / "here", executor=InTurn(), **chosen)
    assert apart.digest == here.digest
    again = compare(path, out=tmp_path / "here", executor=InTurn(), resume=True, **chosen)
    assert again.digest == here.digest
    plugin.write_text(PLUGIN.replace("heads**power", "heads**power + 1"))
    with pytest.raises(InputError, match="another"):
        compare(path, out=tmp_path / "here", executor=InTurn(), resume=True, **chosen)


def test_words_with_parameters_are_tried_in_drawn_worlds_by_a_worker(
    small, plugin, tmp_path
) -> None:
    """A worker checks a world's numbers against parameters that came to it by value."""
    chosen = {name: ARMS[name] for name in ("allocation", "cap_path")}
    path = experiment_file(tmp_path, chosen)
    how = {"plugin": plugin, "economy": small, "worlds": 2, "regions": False}
    apart = robustness(path, out=tmp_path / "apart", workers=1, **how)
    here = robustness(path, out=tmp_path / "here", executor=InTurn(), **how)
    assert not apart.worlds.failures
    np.testing.assert_array_equal(apart.worlds.values, here.worlds.values)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("x = 1\n", "registers nothing"),
        ("x = 1\nx = = 2\n", "line 2: invalid syntax"),
        ("import nowhere_at_all\n", "line 1: ModuleNotFoundError"),
        ("x = 1\n\nx / 0\n", "line 3: ZeroDivisionError"),
        ("from model.allocation import RULES\nRULES['<x>'] = len\n", "a name has letters"),
    ],
)
def test_a_broken_plugin_is_one_line_that_names_file_and_line(tmp_path, text, named) -> None:
    path = tmp_path / "broken.py"
    path.write_text(text)
    with pytest.raises(InputError, match=named) as refused:
        read_scenario("default", plugin=path)
    assert "broken.py" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_plugin_is_named(tmp_path) -> None:
    with pytest.raises(InputError, match=r"plugin .*gone\.py: cannot be read"):
        read_scenario("default", plugin=tmp_path / "gone.py")


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("allocation.per_head_to_a_power.pow=1", "did you mean power"),
        ("allocation.per_head_to_a_power.power=4", "less than or equal to 3"),
        ("allocation.rule=per_head_to_power", "did you mean per_head_to_a_power"),
        ("cap.path=at_once", "cap.drop is missing; the cap path 'at_once' needs it"),
        ("behaviour.herd.threshold=low", "behaviour.herd.threshold = 'low'"),
    ],
)
def test_a_parameter_of_one_s_own_is_checked_at_the_door(plugin, setting, named) -> None:
    with pytest.raises(InputError, match=re.escape(named)):
        read_scenario("default", [setting], plugin=plugin)


def test_own_parameters_stand_in_the_scenario_and_in_the_schema(plugin) -> None:
    scenario = read_scenario("default", ["allocation.rule=per_head_to_a_power"], plugin=plugin)
    assert scenario.model_dump()["allocation"]["per_head_to_a_power"] == {"power": 1.0}
    known = {row.key: row for row in parameters()}
    assert known["allocation.per_head_to_a_power.power"].limits == "≥ 0, ≤ 3"
    assert known["cap(at_once).drop"].default == "required"


@pytest.mark.parametrize("word", ["benchmark", "reward", "freed_share"])
def test_a_word_may_be_called_like_a_key_of_earlier_versions(plugin, word) -> None:
    plugin.write_text(PLUGIN.replace("def per_head_to_a_power", f"def {word}"))
    settings = {"allocation.rule": word, f"allocation.{word}.power": 2.0}
    scenario = read_scenario("default", settings, plugin=plugin)
    assert scenario.allocation.parameters(word) == {"power": 2.0}
    with pytest.raises(InputError, match=f"allocation.{word}: is called"):
        read_scenario("default", {f"allocation.{word}": 0.3})


def test_the_same_plugin_is_run_once(plugin, tmp_path) -> None:
    notes = tmp_path / "notes"
    writes = f"with Path({str(notes)!r}).open('a') as notes:\n    notes.write('run ')\n"
    plugin.write_text(f"{PLUGIN}\nfrom pathlib import Path\n{writes}")
    for _ in range(2):
        read_scenario("default", plugin=[plugin])
    assert notes.read_text() == "run "


def test_a_scenario_file_names_its_plugin_beside_it(plugin, tmp_path) -> None:
    words = 'plugin = ["my_policy.py"]\nextends = "default"\n[behaviour]\ncity = "herd"\n'
    (tmp_path / "mine.toml").write_text(words)
    assert read_scenario(tmp_path / "mine.toml").behaviour.parameters("herd") == {"threshold": 80.0}


def test_the_order_of_registration_does_not_matter() -> None:
    rules = CATALOGUE["behaviour.rule"]
    rules["zebra"] = rules["aardvark"] = rules["logit"]
    assert list(rules) == ["logit", "imitate", "reinforce", "aardvark", "zebra"]


def test_the_command_has_the_option(plugin) -> None:
    from typer.testing import CliRunner

    shown = CliRunner().invoke(app, ["scenarios", "schema", "--plugin", str(plugin)])
    assert shown.exit_code == 0
    assert "per_head_to_a_power" in shown.stdout.replace("\n", "")


def test_an_edited_helper_of_a_rule_is_another_identity(tmp_path, monkeypatch) -> None:
    """Also without a source: the rule's module was typed in."""
    from analysis.experiment.identity import identity
    from analysis.experiment.own_words import own_words

    marks = []
    for factor in (1, 2):
        space = {"__name__": "typed_in"}
        exec(  # noqa: S102 - typed in, as in a notebook
            f"def helper(x): return x * {factor}\n"
            "def own(cap, knowledge): return helper(knowledge.population)\n",
            space,
        )
        monkeypatch.setitem(CATALOGUE["allocation.rule"], "own", space["own"])
        experiment = read_experiment("markets", ["market.price_floor=1.0"])
        arms = tuple(
            arm.model_copy(update={"scenario": read_scenario("default", ["allocation.rule=own"])})
            for arm in experiment.arms
        )
        chosen = experiment.model_copy(update={"arms": arms})
        marks.append(identity(chosen, "economy", own_words(chosen)))
    assert marks[0]["code"] != marks[1]["code"]


@dataclass(frozen=True)
class Clashing:
    """Parameters of which one is a key of `[cap]`."""

    coverage: float = 0.5


@dataclass
class Changing:
    """Parameters that anybody could change."""

    share: float = 0.5


@dataclass(frozen=True)
class Beyond:
    """Parameters of which a default breaks its own range."""

    share: float = parameter(2.0, "1", "a choice", "a share", ge=0, le=1)


@pytest.mark.parametrize(
    ("kind", "said"), [(Changing, "a frozen dataclass"), (Beyond, r"'share', 2\.0, lies outside")]
)
def test_parameters_that_are_not_what_they_declare_are_refused(kind, said) -> None:
    with pytest.raises(ValueError, match=f"cap path half: .*{said}"):
        CAP_PATHS.register("half", parameters=kind)(lambda *_: None)
    assert "half" not in CAP_PATHS


def test_a_word_named_like_a_key_of_its_section_is_refused() -> None:
    """`[behaviour.rule]` could be told from `behaviour.rule` by nobody."""
    with pytest.raises(ValueError, match="decision rule 'rationality': a scenario has a key"):
        DECISION_RULES["rationality"] = max
    with pytest.raises(ValueError, match="its parameter 'coverage' is a key of the scenario"):
        CAP_PATHS.register("half", parameters=Clashing)(lambda *_: None)
    assert "rationality" not in DECISION_RULES
    assert "half" not in CAP_PATHS


HELPED = """
from model.allocation import RULES
from own_weights import weights

@RULES.register()
def weighed(cap, knowledge):
    weight = weights(knowledge)
    return cap * weight / weight.sum()
"""
WEIGHTS = """
import own_numbers

def weights(knowledge):
    return knowledge.population ** own_numbers.POWER
"""


def helped(folder: Path, power: float) -> Path:
    """Write a plugin that imports a module beside it, which imports another."""
    folder.mkdir(exist_ok=True)
    (folder / "own_numbers.py").write_text(f"POWER = {power}\n")
    (folder / "own_weights.py").write_text(WEIGHTS)
    (folder / "helped.py").write_text(HELPED)
    return folder / "helped.py"


def test_modules_beside_a_plugin_travel_with_it_to_workers(small, tmp_path) -> None:
    path = experiment_file(tmp_path, {"own": {"allocation.rule": "weighed"}})
    plugin = helped(tmp_path / "mine", 0.5)
    shared = {"plugin": plugin, "economy": small, "pictures": False}
    apart = compare(path, out=tmp_path / "apart", workers=1, **shared)
    here = compare(path, out=tmp_path / "here", executor=InTurn(), **shared)
    assert apart.failures == {}
    assert apart.digest == here.digest


def test_an_edited_module_beside_a_plugin_is_run_anew_and_is_another_identity(
    small, tmp_path
) -> None:
    found = []
    for power in (0.5, 2.0, 0.5):
        plugin = helped(tmp_path / "mine", power)
        words = {"allocation.rule": "weighed", "horizon.end": 2013}
        result = run("default", words, plugin=plugin, economy=small)
        mark = CATALOGUE["allocation.rule"].entry("weighed").plugin
        found.append((mark, result.cities["quota"].to_numpy()))
    assert found[0][0] == found[2][0] != found[1][0]
    assert_allclose(found[0][1], found[2][1])
    assert np.abs(found[0][1] / found[1][1] - 1).max() > 0.01


def test_a_plugin_in_another_folder_has_its_own_helpers_of_the_same_name(small, tmp_path) -> None:
    words = {"allocation.rule": "weighed", "horizon.end": 2013}
    quotas = [
        run("default", words, plugin=helped(tmp_path / name, power), economy=small)
        .cities["quota"]
        .to_numpy()
        for name, power in (("one", 0.0), ("two", 1.0))
    ]
    assert np.abs(quotas[0] / quotas[1] - 1).max() > 0.01


@pytest.fixture(scope="module")
def own_results(tmp_path_factory) -> tuple[Path, Path]:
    """Return a plugin, and results made with words of it on an invented economy."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "my_policy.py").write_text(PLUGIN)
    path = experiment_file(folder, {kind: ARMS[kind] for kind in ("allocation", "decision_mix")})
    economy, out = placed_in_china(economy_of(1)), folder / "results"
    with forgotten():
        done = compare(path, economy=economy, out=out, executor=InTurn(), pictures=False)
        assert next_steps(finding(done)).endswith("FOLDER (with --plugin FILE)")
    return folder / "my_policy.py", folder / "results"


@pytest.mark.parametrize(
    "command", [["report"], ["city", "x00"], ["animate"]], ids=lambda command: command[0]
)
def test_results_of_own_words_open_with_the_plugin_and_name_it_without(
    own_results, tmp_path, command
) -> None:
    from typer.testing import CliRunner

    plugin, results = own_results
    out = {"report": tmp_path / "page.html", "animate": tmp_path / "map.gif"}.get(command[0])
    words = [*command, str(results), *([] if out is None else ["--out", str(out)])]
    refused = CliRunner().invoke(app, words).exception
    assert isinstance(refused, InputError)
    assert "allocation.rule = 'per_head_to_a_power'" in str(refused)
    assert "--plugin FILE" in str(refused)
    done = CliRunner().invoke(app, [*words, "--plugin", str(plugin)])
    assert done.exit_code == 0, done.exception
