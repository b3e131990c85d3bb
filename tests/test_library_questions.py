"""The library's questions: their arms are there, and their answers hold."""

import numpy as np
import pandas as pd
import pytest

from analysis.studies.library_questions import DOCUMENT, QUESTIONS, differences, levels
from data.readers.carbon_markets import read_carbon_markets
from data.readers.figures import read_national_series
from model.quota.coverage import ALIASES
from scenarios import read_experiment, read_scenario


def test_every_arm_that_is_shown_is_in_its_experiment() -> None:
    for question in QUESTIONS:
        arms = {arm.name for arm in read_experiment(question.experiment).arms}
        shown = {arm for these in question.against.values() for arm in these}
        assert shown | set(question.against) <= arms


def test_every_scenario_of_a_question_is_an_arm_of_its_experiment() -> None:
    pairs = {
        "clean_power_west": ("clean_power_west_effect", "both"),
        "best_practice_five_provinces": ("best_practice_effect", "exchange+programme"),
        "announced_intensity": ("announced_targets", "intensity"),
        "announced_peak": ("announced_targets", "peak"),
        "national_market": ("announced_targets", "national_market"),
        "super_emitters": ("super_emitter_transfers", "freed+supply_chain"),
    }
    for name, (experiment, arm) in pairs.items():
        told = read_experiment(experiment).arm(arm).scenario
        assert told.model_copy(update={"title": ""}) == read_scenario(name, {"title": ""})


def test_the_document_has_the_tables_of_every_question() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for question in QUESTIONS:
        for table in ("levels", "differences"):
            assert f"<!-- {question.key}-{table}:begin -->\n|" in text


def test_levels_are_means_and_differences_are_paired() -> None:
    found = {"price": pd.DataFrame({"one": [1.0, 3.0], "two": [2.0, 4.0], "none": [np.nan] * 2})}
    assert list(levels(found)["price"]) == ["2.000", "3.000", "–"]
    pairs = differences(found, {"one": ("two", "none")})
    assert list(pairs["price"]) == ["1.000", "–"]


def test_the_announced_intensity_is_reckoned_from_published_series() -> None:
    """2014: 33.8 % below 2005; two years back by CEADs emissions and real growth; 35 % in 2030."""
    co2, growth = read_national_series("co2_ceads_total"), read_national_series("real_gdp_growth")
    output = (1 + growth[2013] / 100) * (1 + growth[2014] / 100)
    level_2012 = (1 - 0.338) * co2[2012] / co2[2014] * output
    rate = 1 - ((1 - 0.65) / level_2012) ** (1 / (2030 - 2012))
    said = read_scenario("announced_intensity").cap.parameters("intensity")["rate"]
    assert said == pytest.approx(rate, abs=5e-5)


def test_the_national_market_covers_what_the_table_of_markets_says() -> None:
    cap = read_scenario("national_market").cap
    for year, groups in read_carbon_markets()["national"].covers.items():
        assert {ALIASES.get(word, word) for word in cap.covers(year)} == set(groups)
    first = min(read_carbon_markets()["national"].covers)
    assert min(map(int, cap.coverage)) == first


@pytest.mark.full
def test_the_announced_intensity_never_binds_and_the_market_of_power_and_industry_does(
    full_laboratory,
) -> None:
    names = ("announced_intensity", "national_market")
    loose, tight = (full_laboratory.model(read_scenario(n), 1).scheme.regulator for n in names)
    assert (loose.caps > loose.baseline).all()
    assert (tight.caps[-7:] < 0.96 * tight.baseline[-7:]).all()


@pytest.mark.full
def test_cleaner_western_power_raises_outsourced_mitigation_most_in_the_west(
    full_laboratory,
) -> None:
    none, clean = (
        full_laboratory.run(read_scenario(name, settings))
        for name, settings in (("baseline", {}), ("clean_power_west", {"growth.more_demand": []}))
    )
    more = (clean.cities["outsourced_mitigation"] - none.cities["outsourced_mitigation"]).to_numpy()
    assert (more.reshape(-1, 309) >= -1e-3).all()
    assert clean.national["emissions"].iloc[-1] < none.national["emissions"].iloc[-1]
    assert (clean.national["outsourced_share"] < none.national["outsourced_share"]).all()
