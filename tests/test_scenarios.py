"""Scenarios: the door for policy words."""

from itertools import product

import pytest

from data.errors import InputError
from model.allocation import RULES
from scenarios import Scenario, read_experiment, read_scenario
from scenarios.cap import Cap
from scenarios.files import library
from scenarios.policy import Market
from scenarios.schema import parameters


def test_every_file_of_the_library_reads() -> None:
    for name, path in library().items():
        read = read_experiment if "arms" in path.read_text(encoding="utf-8") else read_scenario
        assert read(name).title


def test_the_library_baseline_is_the_schema_s_default_with_a_collar() -> None:
    collar = Market(price_floor=20.0, price_ceiling=150.0)
    plain = Scenario(title="Baseline", market=collar)
    assert read_scenario("default").model_copy(update={"title": "Baseline"}) == plain


def test_the_experiment_crosses_every_rule_with_both_institutions() -> None:
    arms = read_experiment("allocation_rules").arms
    crossed = {
        (arm.scenario.allocation.rule, arm.scenario.market.institution)
        for arm in arms
        if arm.scenario.has_policy
    }
    rules = ("grandfathering", "equal_per_capita", "consumption_responsibility",
             "supply_chain_linked", "benchmark_intensity")  # fmt: skip
    assert crossed == {(rule, market) for rule in rules for market in ("exchange", "none")}
    assert [arm.name for arm in arms if not arm.scenario.has_policy] == ["no_policy"]


def test_the_experiment_of_all_rules_names_every_rule_there_is() -> None:
    arms = read_experiment("all_rules").arms
    crossed = [
        (arm.scenario.allocation.rule, arm.scenario.market.institution)
        for arm in arms
        if arm.scenario.has_policy
    ]
    assert sorted(crossed) == sorted(product(RULES, ("exchange", "none")))
    assert [arm.name for arm in arms if not arm.scenario.has_policy] == ["no_policy"]


def test_settings_override_in_words_and_as_mapping() -> None:
    words = read_scenario("default", ["cap.path=linear_cut", "cap.cut=0.1", "title=Mine"])
    mapping = read_scenario("default", {"cap.path": "linear_cut", "cap.cut": 0.1, "title": "Mine"})
    assert words == mapping
    assert words.cap == Cap.model_validate({"path": "linear_cut", "cut": 0.1})


PEAK = 'extends = "mild.toml"\n[cap]\npath = "peak"\nlevel_gt = 12.0\n'


def test_another_cap_path_drops_the_inherited_parameters_that_it_has_not(tmp_path) -> None:
    (tmp_path / "mild.toml").write_text('extends = "default"\n[cap]\ncut = 0.1\n')
    (tmp_path / "peak.toml").write_text(PEAK)
    said = read_scenario(tmp_path / "mild.toml", ["cap.level_gt=12.0", "cap.path=peak"]).cap
    assert read_scenario(tmp_path / "peak.toml").cap == said
    assert said.parameters("peak") == {"level_gt": 12.0}
    linear = read_scenario(tmp_path / "mild.toml", ["cap.path=linear_cut"]).cap
    assert linear.parameters("linear_cut") == {"cut": 0.1}


def test_what_stands_beside_the_new_cap_path_is_checked(tmp_path) -> None:
    (tmp_path / "mild.toml").write_text('extends = "default"\n[cap]\ncut = 0.1\n')
    (tmp_path / "both.toml").write_text(f"{PEAK}cut = 0.1\n")
    (tmp_path / "peak.toml").write_text(PEAK)
    with pytest.raises(InputError, match=r"unknown key cap\.cut"):
        read_scenario(tmp_path / "both.toml")
    with pytest.raises(InputError, match=r"unknown key cap\.cut"):
        read_scenario(tmp_path / "peak.toml", ["cap.cut=0.1"])
    with pytest.raises(InputError, match=r"unknown key cap\.cut"):
        read_scenario("default", ["cap.cut=0.1", "cap.path=peak", "cap.level_gt=12.0"])


def test_a_file_extends_another_by_name_and_by_path(tmp_path) -> None:
    (tmp_path / "first.toml").write_text('extends = "strict_enforcement"\n[cap]\ncut = 0.4\n')
    (tmp_path / "second.toml").write_text('extends = "first.toml"\n[market]\nprice_floor = 20.0\n')
    scenario = read_scenario(tmp_path / "second.toml")
    assert scenario.compliance.penalty_multiple == 5.0
    assert scenario.cap.parameters("below_baseline")["cut"] == 0.4
    assert scenario.market.price_floor == 20.0


def test_a_single_word_may_stand_for_a_list_of_one() -> None:
    one = read_scenario("default", ["cap.coverage=power", "programme.sectors=steel"])
    assert one == read_scenario(
        "default", {"cap.coverage": ["power"], "programme.sectors": ["steel"]}
    )


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ("cap.cutt=0.3", ["cap.cutt", "did you mean cut"]),
        ("cap=0.3", ["cap = 0.3", "is a section; set cap.coverage, cap.cut"]),
        ("market=exchange", ["market = 'exchange'", "is a section", "market.institution"]),
        ("cap..cut=0.3", ["cap..cut=0.3", "section.key=value"]),
        ("cap.coverage=powr", ["cap.coverage", "powr", "did you mean power"]),
        ("cap.coverage=[]", ["cap.coverage", "names nothing"]),
        ('cap.coverage={2021 = ["powr"]}', ["cap.coverage", "powr", "did you mean power"]),
        ("cap.coverage={2021 = []}", ["cap.coverage", "names nothing"]),
        ("cap.coverage={}", ["cap.coverage", "names no year", "{ 2021 ="]),
        ('cap.coverage={21 = "all"}', ["cap.coverage", "'21' is no year"]),
        ("cap.coverage={2021 = 3}", ["cap.coverage: 2021 3 is neither all nor a list of groups"]),
        ("cap.coverage=3", ["cap.coverage = 3", "neither all nor a list of groups"]),
        ('growth.cleaner=["s10"]', ["growth.cleaner.0", "a table of keys and values"]),
        ("compliance.audits=0.3", ["compliance.audits", "did you mean audit"]),
        ("nonsense.key=1", ["nonsense", "known: abatement"]),
        ("cap.path=linear_cut", ["cap.cut is missing", "linear_cut"]),
        ("cap.path=peak", ["cap.level_gt is missing"]),
        ("cap.path=table", ["cap.levels_mt is missing"]),
        ("cap.path=steep", ["cap.path = 'steep'", "below_baseline"]),
        ("allocation.rule=grandfater", ["allocation.rule", "did you mean grandfathering"]),
        ("horizon.end=2010", ["horizon.end = 2010 must come after horizon.base_year = 2012"]),
        ("horizon.base_year=1914", ["horizon.base_year = 1914", "1960"]),
        ("compliance.audit=2", ["compliance.audit = 2", "less than or equal to 1"]),
        ("cap.cut=20", ["cap.cut = 20", "20 % is 0.2"]),
        ("cap.cut=20%", ["cap.cut = '20%'", "20 % is 0.2"]),
        ("growth.exports=3", ["growth.exports = 3", "3 % is 0.03"]),
        ("cap.cut=0,2", ["cap.cut = '0,2'", "the decimal mark is a point: 0.2"]),
        ("market.price_floor=1,5", ["the decimal mark is a point: 1.5"]),
        ("abatement.demand_lever=yes", ["demand_lever = 'yes'", "write true"]),
        ("abatement.demand_lever=0", ["write false"]),
        ("market.auction.unsold=reserv", ["did you mean reserve"]),
        ("growth.intensity=citty", ["growth.intensity = 'citty'", "did you mean city"]),
        ("cap.cut=" + "9" * 400, ["cap.cut = 9999", "…"]),
        ("compliance.audit=often", ["compliance.audit = 'often'", "valid number"]),
        ("behaviour.consumer_responsibility=0.9", ["consumer_responsibility = 0.9", "0.75"]),
        ("market.institution=bazaar", ["market.institution = 'bazaar'", "exchange"]),
        ("cap=3", ["cap = 3"]),
        ("allocation.boltzmann.bb=1", ["unknown key allocation.boltzmann.bb", "did you mean b?"]),
        ("allocation.boltzmann.b=11", ["allocation.boltzmann.b = 11", "less than or equal to 10"]),
        ("allocation.boltzmann=3", ["allocation.boltzmann = 3", "a table of keys and values"]),
        ("allocation.boltzman.b=1", ["allocation.boltzman;", "did you mean boltzmann"]),
        ("allocation.boltzmann_b=1", ["allocation.boltzmann_b: is called", "boltzmann.b now"]),
        ("market.auction_share=1", ["market.auction_share: is called market.auction.share now"]),
        ("transfer.distribution=needs", ["no such aid distribution", "did you mean need"]),
        ("behaviour.city=citty", ["no such class of cities", "did you mean city"]),
        ("no equals sign", ["section.key=value"]),
    ],
)
def test_a_mistake_is_refused_with_the_key_the_value_and_the_way_out(setting, named) -> None:
    with pytest.raises(InputError) as refused:
        read_scenario("default", [setting])
    for words in named:
        assert words in str(refused.value)


def test_a_collar_upside_down_is_refused() -> None:
    with pytest.raises(InputError, match=r"price_ceiling 10\.0 is below"):
        read_scenario("default", ["market.price_ceiling=10.0", "market.price_floor=20.0"])


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("title = ", "not valid TOML"),
        ('extends = "mine.toml"', "extends itself"),
        ('extends = "nowhere"', "no such scenario"),
        ("extends = 3", "must be a name or a path"),
    ],
)
def test_a_broken_file_is_refused(tmp_path, text, named) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=named):
        read_scenario(path)


def test_a_reserve_without_a_price_to_act_at_is_refused() -> None:
    words = {"market.price_floor": 0.0, "market.price_ceiling": None, "market.reserve": "release"}
    with pytest.raises(InputError, match=r"market\.reserve = 'release' has no price to act at"):
        read_scenario("default", words)


def test_the_experiment_on_markets_crosses_two_rules_with_all_institutions() -> None:
    arms = read_experiment("markets").arms
    crossed = [
        (arm.scenario.allocation.rule, arm.scenario.market.institution)
        for arm in arms
        if arm.scenario.has_policy
    ]
    assert len(crossed) == len(set(crossed)) == 8
    assert {market for _, market in crossed} == {"none", "exchange", "bilateral", "auction"}


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean baseline"):
        read_scenario("baselin")
    with pytest.raises(InputError, match=r"mine\.toml: no such file"):
        read_scenario("mine.toml")


def test_a_scenario_is_no_experiment_and_the_other_way_round() -> None:
    with pytest.raises(InputError, match="quotapolis compare"):
        read_scenario("allocation_rules")
    with pytest.raises(InputError, match="not an experiment"):
        read_experiment("default")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('reference = "b"\n[[arms]]\nname = "a"\n', "is no arm"),
        ('reference = "a"\n[[arms]]\nname = "a"\n', "must have allocation.rule"),
        ('reference = "a"\n[[arms]]\nname = "A b"\n', "a name has lower-case"),
        ('reference = "a"\n[[arms]]\nnane = "a"\n', "an arm has a name"),
        ('reference = "a"\n[[arms]]\nname = "a"\n[[arms]]\nname = "a"\n', "two arms"),
    ],
)
def test_an_experiment_that_cannot_be_paired_is_refused(tmp_path, text, named) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('title = "x"\n' + text)
    with pytest.raises(InputError, match=named):
        read_experiment(path)


def test_every_parameter_says_what_it_means_and_numbers_have_a_unit() -> None:
    for parameter in parameters():
        assert parameter.meaning or parameter.key == "title", parameter
        assert parameter.unit, parameter


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("arms = 5\n", "arms = 5 must be tables"),
        ('scenario = 5\n[[arms]]\nname = "x"\n', "scenario = 5 must be a name or a path"),
        ('[[arms]]\nname = "x"\nset = 5\n', "arm x: set = 5 must be a table"),
    ],
)
def test_a_malformed_experiment_is_refused_with_its_fault(tmp_path, text, named) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=named):
        read_experiment(path)


def test_a_scenario_cannot_extend_an_experiment(tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "all_rules"\n', encoding="utf-8")
    with pytest.raises(InputError, match="extends all_rules, an experiment"):
        read_scenario(path)
