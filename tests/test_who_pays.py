"""Who pays in the end: the study of all rules, and its page."""

from dataclasses import replace
from functools import partial

import pytest
from test_executors import InTurn

from analysis import compare_part
from analysis.documents.markdown import with_tables
from analysis.outcomes.burden import by_law
from analysis.outcomes.one_run import one_run
from analysis.outcomes.who_pays import of_fifth
from analysis.studies import who_pays
from analysis.studies.who_pays import LAW, STAGES, gathered, in_drawn_economies, rules, tables
from model.allocation import RULES
from scenarios import read_experiment, read_scenario
from simulation.laboratory import Laboratory

PAID, IN_THE_END = "price passed on: paid in prices", "price passed on: in the end"


@pytest.fixture(scope="module")
def found(full):
    return gathered(full)


def test_every_rule_has_its_burdens_and_one_without_policy_has_none(small, monkeypatch) -> None:
    here = partial(compare_part, executor=InTurn())
    monkeypatch.setattr("analysis.experiment.measured.compare_part", here)
    monkeypatch.setattr(
        who_pays,
        "read_experiment",
        lambda name, settings: read_experiment(name, [*settings, "horizon.end=2016"]),
    )
    found = gathered(small, replications=2)
    assert {arm.partition("+")[0] for arm in rules(found)} == set(RULES)
    for stage in STAGES:
        assert not found[stage, "leaning"]["no_policy"].any()
        assert found[stage, "5"][rules(found)].to_numpy().any()
    assert set(tables(found)) == {"leanings", "levels", "fifths", "indices"}


def test_outlays_passed_on_leave_less_between_cities_than_the_law_lays_on_them(
    small, monkeypatch
) -> None:
    """What one city pays another for quota comes into the prices of the same goods."""
    monkeypatch.setattr(who_pays, "IN_EACH_DRAW", 2)
    drawn = in_drawn_economies(small, [small])
    own = who_pays.OWN_FIFTHS
    for rule in who_pays.MAIN_RULES:
        assert drawn[rule, own, LAW] == drawn[rule, who_pays.COMPILED_FIFTHS, LAW]
    by_law, passed = (
        abs(drawn["equal_per_capita", own, stage][0]) for stage in (LAW, "outlays passed on")
    )
    assert passed < by_law


def test_fifths_are_those_of_the_cities_that_a_run_is_seen_with(small) -> None:
    """A run that was asked before and is seen with other people has other fifths."""
    run = one_run(Laboratory(small).run(read_scenario("default", {"horizon.end": 2014})), small)
    heads = run.cities.population[::-1] ** 3
    other = replace(run, cities=replace(run.cities, population=heads))
    before = [of_fifth(by_law, fifth)(run) for fifth in who_pays.FIFTHS]
    after = [of_fifth(by_law, fifth)(other) for fifth in who_pays.FIFTHS]
    assert before != after
    assert before == [of_fifth(by_law, fifth)(run) for fifth in who_pays.FIFTHS]


@pytest.mark.study
@pytest.mark.full
def test_once_the_price_is_passed_on_every_rule_weighs_on_the_poor(found) -> None:
    paid = found[PAID, "leaning"]
    assert (paid[rules(found)] < 0).all(axis=None)
    assert (found[PAID, "suits"][rules(found)] < 0).all(axis=None)


@pytest.mark.study
@pytest.mark.full
def test_under_grandfathering_the_sign_between_fifths_turns_over(found) -> None:
    rule = "grandfathering+exchange"
    assert found[LAW, "leaning"][rule].mean() > 0 > found[IN_THE_END, "leaning"][rule].mean()


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_burdens(found) -> None:
    text = who_pays.DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, tables(found)) == text, (
        "renew: .venv/bin/python -m analysis.documents who-pays"
    )
