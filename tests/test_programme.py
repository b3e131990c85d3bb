"""A programme of best practice in some provinces, and who pays for it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from numpy.testing import assert_allclose, assert_array_equal

from data.errors import InputError
from model.abatement.best_practice import PAYERS, forced_cost, missing, path, to_best_practice
from model.abatement.mac import MacCurve
from model.compile.city_economy import Economy
from model.footprints.targeted import best_practice
from model.labels import GROUPS
from scenarios import read_scenario
from simulation.batch import Case
from simulation.laboratory import Laboratory
from simulation.programme_office import target

FIVE = {"programme.provinces": ["west"], "programme.until": 2025}


@pytest.fixture(scope="module")
def placed(small) -> Economy:
    """The invented economy: four cities in the west, three in Shanghai, one in Liaoning."""
    codes = ("650000", "310000", "210000")
    return replace(small, regions=replace(small.regions, province_codes=codes))


def asked(**words):
    return read_scenario("default", FIVE | {f"programme.{k}": v for k, v in words.items()})


def test_a_group_at_best_practice_emits_what_its_sectors_best_intensities_would(small) -> None:
    group = small.sectors.group
    share = to_best_practice(small.S, small.x, group, len(GROUPS))
    best = np.minimum(small.S, best_practice(small.S, small.x))
    for g in np.unique(group):
        left = (best * small.x)[:, group == g].sum(axis=1)
        emitted = small.F[:, group == g].sum(axis=1)
        assert_allclose((1 - share[:, g]) * emitted, left, rtol=1e-12)
    absent = np.setdiff1d(np.arange(len(GROUPS)), group)
    assert_array_equal(share[:, absent], 0.0)


def test_the_path_is_linear_and_stays_at_its_end() -> None:
    goal = np.array([[0.6, 0.0]])
    assert_allclose(path(goal, 0.25), [[0.15, 0.0]])
    assert_allclose(path(goal, 1.0), goal)
    assert_allclose(path(goal, 1.5), goal)


@given(cost=amounts(5, 0.0, 1e9), shipped=amounts(5, 0.0, 1e7), word=st.sampled_from([*PAYERS]))
def test_payments_for_a_programme_sum_to_zero(cost, shipped, word) -> None:
    assert_allclose(PAYERS[word](cost, shipped).sum(), 0.0, atol=1e-9 * max(cost.sum(), 1.0))


def test_exporters_pay_in_proportion_to_what_their_exports_embody() -> None:
    paid = PAYERS["exporters"](np.array([90.0, 0.0, 0.0]), np.array([1.0, 2.0, 0.0]))
    assert_allclose(paid, [30.0 - 90.0, 60.0, 0.0])


def test_what_a_city_does_beyond_its_path_is_its_own_cost() -> None:
    mac = MacCurve(np.full((1, 1), 380.0), 40.0, 0.03, 0.7)
    E, due = np.array([[1e6]]), np.array([[0.10]])
    R = np.array([[0.08]])
    exact = forced_cost(mac, due, R, missing(due, R), E)
    assert_allclose(forced_cost(mac, due, R, np.array([[0.05]]), E), exact)
    assert_allclose(exact, mac.running_cost(due, E) + mac.adjustment_cost(np.array([[0.02]]), E))


@pytest.mark.parametrize("first", [2013, 2018])
def test_the_programme_reaches_its_path_as_far_as_there_is_room(placed, first) -> None:
    scenario = read_scenario("default", FIVE | {"policy.first_year": first})
    laboratory = Laboratory(placed)
    goal = target(laboratory.prepared(scenario), scenario)
    model = laboratory.model(scenario, 1)
    pace = scenario.abatement.pace
    reached = np.zeros_like(goal)
    for t, _ in enumerate(scenario.horizon.years):
        model.step()
        elapsed = max(t + 2014 - first, 0) / (2026 - first)
        due = np.minimum(path(goal, elapsed), reached + 2 * pace)
        reached = model.state.abatement
        assert (reached >= due - 1e-12).all()
    assert (reached >= goal - 1e-12).all()
    assert 0 < goal.max() <= scenario.abatement.ceiling
    assert not goal[4:].any()


def test_only_the_named_sectors_are_forced(placed) -> None:
    scenario = asked(sectors=["steel"])
    goal = target(Laboratory(placed).prepared(scenario), scenario)
    metals = GROUPS.index("metals")
    assert goal[:, metals].any()
    assert not np.delete(goal, metals, axis=1).any()


def test_exporters_repay_the_programme_s_cities(placed) -> None:
    run = Laboratory(placed).run(asked(paid_by="exporters"), 1)
    paid = run.recorder.cities["programme_payment"]
    assert_allclose(paid.sum(axis=1), 0.0, atol=1e-6 * np.abs(paid).max())
    assert (paid[:, 4:] > 0).all()
    assert (paid.sum(axis=1) < 1).all()
    assert (paid[:, :4].sum(axis=1) < 0).all()
    shipped = Laboratory(placed).prepared(asked()).shipped.sum(axis=(0, 1))
    ratio = paid[0, 4:] / shipped[4:]
    assert_allclose(ratio, ratio[0], rtol=0.1)


def test_emissions_embodied_in_exports_are_those_of_the_accounts(placed) -> None:
    flows = Laboratory(placed).prepared(asked()).shipped
    assert_allclose(flows.sum(axis=(0, 2)), placed.accounts().exported, rtol=1e-12)


def test_cities_that_pay_themselves_owe_nobody(placed) -> None:
    run = Laboratory(placed).run(asked(), 1)
    assert_array_equal(run.recorder.cities["programme_payment"], 0.0)


def test_within_one_cap_a_programme_moves_abatement_to_its_cities(placed) -> None:
    """What is forced in some cities under a traded cap, others need not do: the waterbed."""
    laboratory = Laboratory(placed)
    forced, usual = (
        laboratory.run(scenario, 1).recorder.cities["abated"]
        for scenario in (asked(), read_scenario("default"))
    )
    moved = (forced - usual).sum(axis=0)
    assert moved[:4].sum() > 0 > moved[4:].sum()
    assert abs(moved.sum()) < 0.02 * usual.sum()


def test_where_no_cap_binds_the_programme_is_all_that_is_abated(placed) -> None:
    loose = {"cap.path": "table", "cap.levels_mt.2013": 1e5, "market.institution": "none"}
    abated = [
        Laboratory(placed).run(scenario, 1).recorder.cities["abated"][-1]
        for scenario in (read_scenario("default", FIVE | loose), read_scenario("default", loose))
    ]
    assert (abated[0][:4] > 0).all()
    assert_array_equal(abated[0][4:], 0.0)
    assert_array_equal(abated[1], 0.0)


def test_without_provinces_no_word_of_the_programme_moves_a_bit(small) -> None:
    words = {"programme.sectors": ["metals"], "programme.paid_by": "exporters"}
    laboratory = Laboratory(small)
    told, untold = (laboratory.run(read_scenario("default", w), 1) for w in (words, {}))
    for name, values in untold.recorder.cities.items():
        assert_array_equal(told.recorder.cities[name], values)
    assert_array_equal(untold.recorder.cities["programme_payment"], 0.0)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ({"provinces": ["Guizou"]}, "did you mean Guizhou"),
        ({"sectors": ["mettals"]}, "did you mean metals"),
        ({"sectors": []}, "names nothing"),
        ({"paid_by": "exporter"}, "did you mean exporters"),
    ],
)
def test_unknown_words_of_the_programme_are_refused(words, hint) -> None:
    with pytest.raises(InputError, match=hint):
        asked(**words)


def test_a_province_without_cities_is_refused(placed) -> None:
    undivided = replace(placed.regions, is_city=np.arange(8) != 7)
    economy = replace(placed, regions=undivided)
    with pytest.raises(InputError, match="Liaoning is one undivided region"):
        Laboratory(economy).run(asked(provinces=["Liaoning"]))


def test_a_programme_that_ends_before_it_begins_is_refused(small) -> None:
    scenario = read_scenario("default", FIVE | {"programme.until": 2013})
    late = scenario.model_copy(
        update={"horizon": scenario.horizon.model_copy(update={"base_year": 2017})}
    )
    with pytest.raises(InputError, match=r"programme.until = 2013"):
        Laboratory(replace(small, year=2017)).run(late)


def test_a_programme_that_ends_before_the_policy_begins_is_refused(placed) -> None:
    scenario = read_scenario("default", FIVE | {"policy.first_year": 2026})
    with pytest.raises(InputError, match=r"until = 2025 must come after 2025, the year before the"):
        Laboratory(placed).run(scenario)


@pytest.mark.parametrize("payer", ["cities", "exporters"])
def test_a_run_with_a_programme_is_the_same_alone_and_among_others(placed, payer) -> None:
    words = {**FIVE, "programme.paid_by": payer, "support.strong_subsidy": 0.3}
    ends = [read_scenario("default", {**words, "abatement.ceiling": top}) for top in (0.3, 0.6)]
    cases = [Case(scenario, 5, number) for number, scenario in enumerate(ends)]
    laboratory = Laboratory(placed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Laboratory, "run", None)  # none of them may be done alone
        together = laboratory.cases(cases)
    for case, run in zip(cases, together, strict=True):
        alone = laboratory.run(case.scenario, case.seed, case.replication)
        for name, column in alone.recorder.cities.items():
            assert_array_equal(run.recorder.cities[name], column)
        for name, column in alone.recorder.national.items():
            assert_array_equal(run.recorder.national[name], column)
