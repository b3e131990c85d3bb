"""Embodied cuts: whom a city's abatement is for, and the picture of the largest of them."""

import numpy as np
import pytest
from reported import CODES, economy_on_the_map

from analysis.figures import supply_chain
from analysis.figures.outlines import outlines
from analysis.outcomes.embodied_cuts import COLUMNS, cuts_of_run, embodied_cuts
from scenarios import read_experiment
from simulation.laboratory import Laboratory

YEARS = ["horizon.end=2016", "cap.cut=0.4"]


@pytest.fixture(scope="module")
def experiment():
    full = read_experiment("allocation_rules", YEARS)
    return full.model_copy(update={"arms": full.arms[:5], "replications": 2})


@pytest.fixture(scope="module")
def cuts(experiment):
    done = {(arm.name, number) for arm in experiment.arms for number in range(2)}
    return embodied_cuts(experiment, done, lambda _: economy_on_the_map())


def test_a_city_s_footprint_falls_at_home_and_abroad_as_it_is_recorded(experiment) -> None:
    laboratory = Laboratory(economy_on_the_map())
    scenario = experiment.arm("grandfathering+no_trade").scenario
    run, pairs = cuts_of_run(laboratory, scenario, experiment.seed, 0)
    recorded = {name: values[-1] for name, values in run.recorder.cities.items()}
    known = recorded["outsourced_additional"] > 0
    at_home, elsewhere = np.diag(pairs), pairs.sum(axis=0) - np.diag(pairs)
    shares = recorded["local_additional"][known] / recorded["outsourced_additional"][known]
    assert known.sum() > 3
    np.testing.assert_allclose((at_home / elsewhere)[known], shares, rtol=1e-2)
    assert (pairs.sum(axis=1) <= recorded["abated"] * (1 + 1e-9)).all()


def test_a_run_done_again_is_the_run_that_was(experiment, cuts) -> None:
    laboratory = Laboratory(economy_on_the_map())
    for arm, tonnes in cuts.emissions.items():
        scenario = experiment.arm(arm).scenario
        runs = laboratory.runs(scenario, experiment.seed, range(2))
        last = [run.recorder.cities["emissions"][-1].sum() for run in runs]
        assert tonnes == np.mean(last)


def test_one_arm_of_each_way_is_run_again_and_none_that_failed(experiment, cuts) -> None:
    assert list(cuts.pairs) == ["grandfathering+exchange", "grandfathering+no_trade"]
    done = {("no_policy", 0), ("grandfathering+exchange", 0)}
    kept = embodied_cuts(experiment, done, lambda _: economy_on_the_map())
    assert list(kept.pairs) == ["grandfathering+exchange"]
    assert kept.replications == 1
    assert embodied_cuts(experiment, set(), lambda _: economy_on_the_map()) is None


def test_the_largest_pairs_come_first_and_none_is_a_city_with_itself(cuts) -> None:
    rows = cuts.largest("grandfathering+no_trade", 20)
    assert list(rows.columns) == COLUMNS
    assert rows["abated"].is_monotonic_decreasing
    assert (rows["cutter_code"] != rows["beneficiary_code"]).all()
    first = rows.iloc[0]
    place = CODES.index(first["cutter_code"]), CODES.index(first["beneficiary_code"])
    between = cuts.pairs["grandfathering+no_trade"] * (1 - np.eye(len(CODES)))
    assert first["abated"] == between.max() == between[place]


def test_arrows_lead_from_who_cuts_to_whose_footprint_falls(cuts) -> None:
    (page,) = supply_chain.picture(cuts)
    assert len(page.axes) == 4
    rows = cuts.largest("grandfathering+exchange", supply_chain.MOST)
    mapped, listed = page.axes[:2]
    assert len(mapped.patches) == len(rows)
    assert [label.get_text() for label in listed.get_yticklabels()] == [
        f"{row.cutter} → {row.beneficiary}" for row in rows.itertuples()
    ]
    names = {text.get_text() for text in mapped.texts}
    assert names <= set(rows["cutter"]) | set(rows["beneficiary"])
    assert "%" in page.texts[0].get_text()


def test_without_outlines_the_pairs_stand_in_order_alone(cuts) -> None:
    from dataclasses import replace

    nowhere = replace(outlines(), areas={}, whole_provinces=frozenset())
    (page,) = supply_chain.picture(cuts, nowhere)
    assert len(page.axes) == 2
    assert not page.axes[0].patches
