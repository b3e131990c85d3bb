"""The report: one closed page, whose numbers are those of the results."""

import json
import re
import shutil
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from at_the_door import door
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from reported import CODES, HOSTILE, Unpacked, economy_on_the_map, results

from analysis.documents.docs_folder import DOCS
from analysis.findings import tongue
from analysis.findings.finding import leads_of, statements_of, verdicts_in
from analysis.findings.precision import precision_words
from analysis.outcomes.arms import Arms
from analysis.outcomes.outcomes import OUTCOMES
from analysis.report import chinese, page_files, write_report
from analysis.report.citing import citing, works
from analysis.report.coding import MISSING, Term, whole
from analysis.report.findings import findings
from analysis.report.finished_results import read_results
from analysis.report.measures import NATIONAL, RECEIVED, SHOWN, SPENT
from analysis.report.packing import Packer
from analysis.report.page_files import LANGUAGES, SCRIPTS, limits, source, words
from analysis.report.provenance import command
from analysis.report.titles import titles
from data.errors import InputError
from model.allocation import RULES
from model.behaviour.payoffs import ACTIONS
from scenarios import read_experiment
from scenarios.files import library

__all__ = ["door", "results"]

PAGE = Path(str(page_files.__file__)).parent / "page"
EXPERIMENTS = [name for name, file in library().items() if "[[arms]]" in file.read_text("utf-8")]
HAN = re.compile(r"[\u4e00-\u9fff]")
ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|@import|url\((?!#)""")


@pytest.fixture(scope="module")
def page(results, tmp_path_factory) -> str:
    out = tmp_path_factory.mktemp("page") / "report.html"
    return write_report(results, out, economy=economy_on_the_map()).read_text("utf-8")


@pytest.fixture(scope="module")
def unpacked(page) -> Unpacked:
    return Unpacked(page)


@pytest.fixture
def copied(results, tmp_path) -> Path:
    return Path(shutil.copytree(results, tmp_path / "copied"))


@pytest.mark.parametrize("column", ["emissions", "quota", "net_purchase", "bank", "abatement_cost"])
def test_every_city_has_the_mean_of_its_runs_to_the_decimals_shown(
    results, unpacked, column
) -> None:
    cities = pd.read_parquet(results / "cities.parquet")
    by = cities.groupby(["arm", "year", "region_code"], observed=True)[column].mean()
    arms = [arm["name"] for arm in unpacked.words["arms"]]
    order = pd.MultiIndex.from_product([arms, unpacked.words["years"], CODES])
    wanted = by.reindex(order).to_numpy().reshape(len(arms), -1, len(CODES))
    found, unit = unpacked.numbers(column), unpacked.words["units"][column]
    assert np.array_equal(np.isnan(found), np.isnan(wanted))
    step = unit["size"] / 10.0 ** np.array(unit["decimals"])
    assert np.nanmax(np.abs(found - wanted) / step) <= 0.5 + 1e-6
    assert (step <= np.nanmax(np.abs(wanted), axis=(0, 1)) / 30).all() or column != "emissions"


def test_what_a_city_counts_in_tonnes_has_one_unit_so_that_its_account_adds_up(unpacked) -> None:
    units = unpacked.words["units"]
    known = [units[name] for name in (*RECEIVED, *SPENT, "bank", "emissions") if name in units]
    assert len({(unit["word"], tuple(unit["decimals"])) for unit in known}) == 1


def test_national_paths_have_the_means_of_the_national_table(results, unpacked) -> None:
    national = pd.read_parquet(results / "national.parquet")
    known = unpacked.words["national"]["emissions"]
    tonnes = {"Gt CO₂": 1e9, "Mt CO₂": 1e6, "kt CO₂": 1e3, "t CO₂": 1.0}[known["unit"]]
    for place, arm in enumerate(unpacked.words["arms"]):
        rows = national[national["arm"] == arm["name"]]
        wanted = rows.groupby("year")["emissions"].mean().to_numpy() / tonnes
        np.testing.assert_allclose(known["mean"][place], wanted, rtol=5e-5)
        assert known["low"][place][-1] <= known["mean"][place][-1] <= known["high"][place][-1]


def test_accounts_close_and_the_page_says_how_nearly(unpacked) -> None:
    assert unpacked.words["ledger"]["unbalanced"] == 0.0


def test_outcomes_are_those_of_the_ranking(results, unpacked) -> None:
    ranking = pd.read_csv(results / "ranking.csv").set_index(["outcome", "arm"])
    for outcome in unpacked.words["outcomes"]:
        for arm, row in zip(unpacked.words["arms"], outcome["rows"], strict=True):
            mean = ranking.loc[(outcome["word"], arm["name"]), "mean"]
            assert row["mean"] is None or row["mean"] == pytest.approx(mean, rel=1e-5)


def test_arms_are_grouped_on_the_page_as_on_the_screen(results, unpacked) -> None:
    read = read_results(results)
    known = {v.outcome.word: v for v in verdicts_in(read.outcomes, read.experiment)}
    arms = [arm["name"] for arm in unpacked.words["arms"]]
    for outcome in unpacked.words["outcomes"]:
        assert outcome["first"] == (outcome["word"] in known)
        if outcome["first"]:
            verdict = known[outcome["word"]]
            groups = verdict.groups
            letters = [row["groups"] for row in outcome["rows"]]
            assert letters == [groups.in_short(arm) if verdict.pairs else "" for arm in arms]


def test_the_page_says_what_the_screen_says(results, unpacked) -> None:
    read = read_results(results)
    leads = leads_of(verdicts_in(read.outcomes, read.experiment))
    said, told = statements_of(leads, read.arms), unpacked.words["findings"]["en"]
    assert [one["text"] for one in told["statements"]] == [one.sentence for one in said]
    assert [one["held"] for one in told["statements"]] == [one.held for one in said]
    assert told["precision"] == precision_words(leads)


def test_statements_in_chinese_have_the_numbers_of_those_in_english(unpacked) -> None:
    english, chinese = (unpacked.words["findings"][name]["statements"] for name in LANGUAGES)
    assert len(english) == len(chinese) > 1
    for one, other in zip(english, chinese, strict=True):
        assert re.search(r"[\u4e00-\u9fff]", other["text"])
        assert not re.search(r"emissions|without|rules", other["text"])
        numbers = [re.findall(r"\d[\d,.]*\d", text["text"]) for text in (one, other)]
        assert sorted(numbers[1]) == sorted(set(numbers[0]) - {"2015"})
        assert (one["held"], one["of"]) == (other["held"], other["of"])


def test_the_chinese_tongue_has_a_phrase_for_every_english_one() -> None:
    assert chinese.PHRASES.keys() == tongue.PHRASES.keys()
    for key, phrase in tongue.PHRASES.items():
        holes = [set(re.findall(r"{\w+}", text)) for text in (phrase, chinese.PHRASES[key])]
        assert holes[0] == holes[1], key


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_of_the_library_is_told_in_chinese(name: str) -> None:
    experiment = read_experiment(name)
    arms = Arms.of(experiment)
    told = [f"claim.{claim.says}" for claim in experiment.claims]
    for arm in experiment.arms:
        if arm.name == experiment.reference:
            told.append(arm.name)
        else:
            told += [f"rule.{arms.group(arm.name)}"]
            told += [f"way.{way}" for way in (arms.way(arm.name),) if way]
    for key in told:
        assert HAN.search(words()[key][1]) or key == "rule.logit", key
    english, chinese = titles(experiment)
    assert english == experiment.title
    assert HAN.search(chinese)


def test_a_title_in_chinese_names_years_and_settings() -> None:
    asked = read_experiment("allocation_rules", ["horizon.end=2020", "compliance.audit=0.5"])
    english, chinese = titles(asked)
    assert english.endswith("2013 to 2020, with compliance.audit = 0.5")
    assert chinese == "分配方法：有交易所与无交易，2013–2020 年，设定 compliance.audit = 0.5"
    assert titles(asked.model_copy(update={"title": "Mine"})) == ["Mine", "Mine"]


def test_a_single_policy_is_told_by_what_it_changes(results) -> None:
    read = read_results(results)
    kept = {read.experiment.reference, "grandfathering+exchange"}
    alone = replace(read, outcomes=read.outcomes[read.outcomes["arm"].isin(kept)])
    first = findings(alone)["findings"]["en"]["statements"][0]
    assert re.match("The policy (lowers|raises) emissions in 2015: ", first["text"])


def test_the_page_asks_nobody_for_anything(page) -> None:
    assert not ADDRESS.search(page)
    assert "default-src 'none'" in page


def test_only_the_scripts_and_styles_that_the_policy_names_are_in_the_page(page) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "unsafe" not in policy[1]
    for tag, named in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        known = b64encode(sha256(text.encode()).digest()).decode()
        assert f"{named} 'sha256-{known}'" in policy[1]


def test_a_hostile_title_is_text(page) -> None:
    assert HOSTILE not in page
    assert "&lt;/script&gt;&lt;img" in page
    assert all(title.endswith(HOSTILE) for title in Unpacked(page).words["title"])


def test_the_same_results_make_the_same_page(results, tmp_path) -> None:
    first, second = (write_report(results, tmp_path / name) for name in ("a.html", "b.html"))
    assert first.read_bytes() == second.read_bytes()


def test_partners_are_shown_for_the_economy_of_the_runs_alone(results, page, tmp_path) -> None:
    links = Unpacked(page).words["links"]
    assert len(links["suppliers"]) == len(CODES)
    cuts = links["cuts"]
    assert list(cuts["arms"]) == ["grandfathering+exchange", "grandfathering+no_trade"]
    cities = pd.read_parquet(results / "cities.parquet").query("year == 2015")
    for arm, known in cuts["arms"].items():
        abated = cities[cities["arm"] == arm].groupby("region_code", observed=True)["abated"].mean()
        for code, own, others in zip(CODES, known["own"], known["customers"], strict=True):
            assert own + sum(tonnes for _, tonnes in others) <= abated[code] + len(others) + 1
    own = economy_on_the_map()
    other = replace(own, F=2 * own.F)
    written = write_report(results, tmp_path / "other.html", economy=other)
    assert Unpacked(written.read_text("utf-8")).words["links"] is None


def test_results_of_the_library_are_made_again_by_a_command() -> None:
    own = read_experiment("allocation_rules")
    assert command(own) == "quotapolis compare allocation_rules"
    more = own.model_copy(update={"replications": 7})
    assert command(more) == "quotapolis compare allocation_rules --replications 7"
    assert command(own, worlds=6) == "quotapolis compare allocation_rules --worlds 6"
    assert command(read_experiment("allocation_rules", ["cap.cut=0.3"])) == ""


@given(
    values=amounts((4, 3, 4), -3e5, 3e5),
    more=amounts((4, 3, 4), -300, 300),
    missing=st.sets(st.tuples(*(st.integers(0, n) for n in (3, 2, 3)))),
)
def test_whole_numbers_come_back_whatever_they_are_guessed_from(values, more, missing) -> None:
    for place in missing:
        values[place] = np.nan
    first = whole(values, 1.0)
    second = np.where(first == MISSING, whole(more, 1.0), first + whole(more, 1.0))
    third = np.concatenate([second[:, :1], second[:, :-1]], axis=1)
    packer = Packer()
    packer.numbers("first", first)
    packer.numbers("second", second, [Term("first", 1), Term("absent", 1)])
    packer.numbers("third", third, [Term("second", 1, before=True)])
    packer.numbers("fourth", second, [Term("fourth", 1, before=True), Term("first", -1)])
    axes = {"arms": [0] * 4, "years": [0] * 3, "cities": [0] * 4}
    found = Unpacked(f'id="content">{packer.text(axes)}</script>')
    for name, wanted in zip(packer.fields, (first, second, third, second), strict=True):
        assert np.array_equal(found.whole(name), wanted)


def test_a_column_that_follows_from_others_takes_no_room() -> None:
    rng = np.random.default_rng(3)
    first = rng.integers(-9_000, 9_000, (3, 5, 40))
    packer = Packer()
    packer.numbers("first", first)
    alone = len(packer.text({}))
    packer.numbers("again", first, [Term("first", 1)])
    assert packer.fields["again"]["many"] == 0
    assert len(packer.text({})) < 1.1 * alone


def test_every_text_stands_in_both_languages() -> None:
    for key, texts in words().items():
        assert len(texts) == len(LANGUAGES), key
        assert key.startswith(("outcome.", "unit.")) or all(texts), key
        assert set(re.findall(r"{\w+}", texts[0])) - {"{inner}", "{arm}"} <= set(
            re.findall(r"{\w+}", texts[1])
        ), key


@pytest.mark.parametrize(
    "key",
    [
        *(f"outcome.{outcome.word}" for outcome in OUTCOMES),
        *(f"rule.{rule}" for rule in RULES),
        *(f"action.{n}" for n in range(len(ACTIONS))),
        *(f"m.{name}" for name in dict.fromkeys((*SHOWN, *RECEIVED, *SPENT))),
        *(f"n.{name}" for name in NATIONAL),
    ],
)
def test_what_results_name_has_its_chinese_word(key) -> None:
    assert re.search(r"[\u4e00-\u9fff]", words()[key][1])


def test_scripts_ask_for_texts_that_there_are() -> None:
    scripts = "".join(source(f"{name}.js") for name in SCRIPTS)
    pairs = re.findall(r'\bt\((?:[^"()]*\? )?"([\w.]+)"(?: : "([\w.]+)")?', scripts)
    asked = {key for pair in pairs for key in pair if key}
    assert len(asked) > 50
    assert asked <= set(words())


def test_every_file_of_the_page_is_used() -> None:
    known = {f"{name}.js" for name in SCRIPTS} | {"report.html", "report.css", "words.json"}
    assert {path.name for path in PAGE.iterdir()} == known | {"limits.en.md", "limits.zh.md"}
    assert not any("</script" in source(name) for name in known if name.endswith(".js"))


def test_the_limits_are_those_of_the_documents() -> None:
    text = (DOCS / "limits.md").read_text("utf-8").partition("\n## ")[0]
    assert source("limits.en.md").strip() == text.removeprefix("# Limits\n").strip()
    assert len(limits()["zh"]) == len(limits()["en"])


def test_the_works_of_the_citation_file_are_named() -> None:
    assert citing()["version"]
    work = (
        "    title: A\n    authors:\n      - {family-names: Li, given-names: B}\n    year: 2020\n"
    )
    text = f"title: x\nreferences:\n  - type: article\n{work}"
    assert works(text) == [
        {"authors": "Li", "title": "A", "journal": "", "year": "2020", "doi": ""}
    ]


def test_the_command_writes_a_page_and_overwrites_none_unasked(door, copied) -> None:
    answer = door("report", str(copied), "--lang", "zh")
    assert answer.code == 0
    assert "report.html" in answer.out
    assert '<html lang="zh">' in (copied / "report.html").read_text("utf-8")
    assert door("report", str(copied)).refused_in_one_line
    assert door("report", str(copied), "--overwrite").code == 0


def test_a_folder_without_results_is_told(door, tmp_path) -> None:
    answer = door("report", str(tmp_path))
    assert answer.refused_in_one_line
    assert "no results directory" in answer.err


def test_an_unknown_language_is_told(results, tmp_path) -> None:
    with pytest.raises(InputError, match="--lang fr"):
        write_report(results, tmp_path / "page.html", lang="fr")


@pytest.mark.parametrize(
    "name", ["ranking.csv", "classes.csv", "national.parquet", "cities.parquet"]
)
def test_a_damaged_table_is_named(door, copied, name) -> None:
    (copied / name).write_bytes(b"\x00\xff damaged")
    answer = door("report", str(copied))
    assert answer.refused_in_one_line
    assert name in answer.err
    assert not (copied / "report.html").exists()


def test_results_without_tables_are_told(copied) -> None:
    manifest = json.loads((copied / "manifest.json").read_text("utf-8"))
    del manifest["digest"]
    (copied / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(InputError, match="--resume"):
        write_report(copied)
