"""Runs as an axis: a run among others is the run alone, whatever the market, rule and behaviour."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import economy_of

from data.errors import InputError
from model.allocation import RULES
from model.registry import Registry
from model.runs import through
from scenarios import read_experiment, read_scenario
from scenarios.ranges import ranges
from scenarios.side_by_side import side_by_side
from scenarios.uncertainties import drawn_keys, in_world
from simulation.batch import Case, can_share
from simulation.city import City
from simulation.laboratory import Laboratory
from simulation.saved_state import read_state

FREEING = {"transfer.freed_share": 0.3, "allocation.super_emitter_share": 0.2}
WAYS = {
    "exchange": {},
    "no market": {"market.institution": "none"},
    "shared responsibility": {"behaviour.consumer_responsibility": 0.5, "behaviour.waiting": 0.5},
    "collar and reserve": {
        "market.price_floor": 40.0,
        "market.price_ceiling": 70.0,
        "market.reserve": "release_and_buy",
    },
    "aid": {**FREEING, "transfer.reserve": 0.05, "transfer.paid_by": "donors"},
    "support": {"support.strong_subsidy": 0.3, "support.weak_learning": 0.02},
    "bonus": {"transfer.bonus": 0.5, "transfer.bonus_for": "tonnes_saved"},
    "strict": {
        "compliance.fine_price": "announced",
        "compliance.bank_years": 2,
        "compliance.shortage": "lose",
        "compliance.borrow_limit": 0.1,
    },
    "own targets": {"behaviour.target_share": 0.5, "behaviour.peer_spread": 0.3},
    "some groups": {"cap.coverage": ["electricity", "metals"]},
    "price passed on": {"incidence.passes_on": "price"},
    "later": {"policy.first_year": 2018},
    "bilateral": {"market.institution": "bilateral", "market.price_floor": 20.0},
    "bilateral, shared responsibility": {
        "market.institution": "bilateral",
        "behaviour.consumer_responsibility": 0.5,
        "behaviour.waiting": 0.5,
    },
    "auction": {"market.institution": "auction"},
    "aid along the supply chain": {
        **FREEING,
        "transfer.reserve": 0.05,
        "transfer.distribution": "supply_chain",
    },
    "aid along the supply chain out of the reserve": {
        "transfer.reserve": 0.05,
        "transfer.distribution": "supply_chain",
    },
    "beneficiaries pay": {"transfer.beneficiary_pays": 0.4},
    "auction, then exchange": {
        "market.institution": "auction",
        "market.auction.share": 0.4,
        "market.auction.after": "exchange",
        "behaviour.consumer_responsibility": 0.5,
    },
    "demand that shifts": {"abatement.demand_lever": True},
    "demand that shifts, shared responsibility": {
        "abatement.demand_lever": True,
        "behaviour.consumer_responsibility": 0.5,
        "market.institution": "bilateral",
    },
    "aid that grows investment": {
        **FREEING,
        "transfer.growth_mix": "investment_led",
        "abatement.demand_lever": True,
    },
    "aid that grows consumption": {**FREEING, "transfer.growth_mix": "green"},
    "imitation": {"behaviour.rule": "imitate"},
    "reinforcement": {"behaviour.rule": "reinforce"},
    "reinforcement by a temperature": {
        "behaviour.rule": "reinforce",
        "behaviour.reinforce.temperature": 0.5,
        "behaviour.reinforce.spillover": "reward",
    },
    "mixed minds": {"behaviour.rule": "mix"},
    "no departures": {"growth.departure_common": 0.0, "growth.departure_specific": 0.0},
}
"""Scenarios whose runs advance together."""
ENOUGH, LONGER = {"horizon.end": 2018}, {"horizon.end": 2022}
"""Years after which most numbers have shown what they do, and all but growth in the long run."""
ALONE = {
    "contracts": {"contract.offered_to": "aided"},
}
"""Scenarios whose runs go one by one."""
APART = (
    "economy.",
    "horizon.",
    "policy.",
    "programme.",
    "contract.",
)
"""Numbers that runs which go together do not use."""
ALIKE = (
    "allocation.past_since",
    "allocation.contraction_and_convergence.year",
    "transfer.renewal",
    "compliance.fine_years",
    "compliance.bank_years",
    "allocation.equal_cumulative_per_capita.discount",
    "behaviour.consumer_responsibility",
)
"""Numbers that are the same in all runs that go together."""


def together_by(key: str) -> bool:
    """Return whether runs that go together may differ in a number."""
    return not key.startswith(APART) and key not in ALIKE


UNSEEN = (
    *(f"abatement.{group}" for group in ("minerals", "chemicals", "petroleum", "coal")),
    "abatement.demand_floor",
    "allocation.super_emitter_share",
    "allocation.benchmark_intensity.fall",
)
"""Numbers that move nothing in the invented economy, which has no such sectors, for one."""
DIFFERENCES = ("local_additional", "outsourced_additional", "scale_effect", "emissions_elsewhere")
"""Columns that are differences of larger numbers."""


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    """Return a laboratory of an economy some of whose super-emitters free quota."""
    return Laboratory(economy_of(2))


def of(scenario, seed: int, replications: list[int]) -> list[Case]:
    """Return replications of a scenario as cases."""
    return [Case(scenario, seed, replication) for replication in replications]


def advanced(laboratory: Laboratory, cases: list[Case]):
    """Return runs that must advance together: one of several done alone fails the test."""

    def alone(*_, **__):
        raise AssertionError("done alone")

    with pytest.MonkeyPatch.context() as patch:
        if len(cases) > 1:
            patch.setattr(Laboratory, "run", alone)
        return laboratory.cases(cases)


def differing(one, other) -> dict[str, float]:
    """Return the columns in which two runs differ, and by what share of the largest value."""
    found = {}
    for part in ("cities", "national"):
        for name, mine in getattr(one.recorder, part).items():
            theirs = getattr(other.recorder, part)[name]
            least = 1e-6 * one.recorder.cities["emissions"].max() if name in DIFFERENCES else 1.0
            scale = max(float(np.nan_to_num(np.abs(mine)).max()), least)
            apart = np.nan_to_num(mine / scale) - np.nan_to_num(theirs / scale)
            known = np.isnan(mine) == np.isnan(theirs)
            share = np.abs(apart).max() if known.all() else np.inf
            if share > 0:
                found[f"{part}.{name}"] = float(share)
    return found


@pytest.mark.parametrize("way", WAYS)
def test_a_run_among_others_is_the_run_alone(laboratory, way):
    scenario = read_scenario("default", {**ENOUGH, **WAYS[way]})
    assert can_share(scenario)
    together = advanced(laboratory, of(scenario, 7, [4, 0, 9]))
    for run in together:
        alone = laboratory.run(scenario, 7, run.replication)
        assert not differing(alone, run)
    assert [run.replication for run in together] == [4, 0, 9]


@pytest.mark.parametrize("rule", [*RULES, "none"])
def test_a_run_among_others_is_the_run_alone_under_every_rule(laboratory, rule):
    scenario = read_scenario("default", {**ENOUGH, "allocation.rule": rule})
    for run in advanced(laboratory, of(scenario, 1, [0, 1])):
        alone = laboratory.run(scenario, 1, run.replication)
        assert not differing(alone, run)


@pytest.mark.parametrize("arm", [arm.name for arm in read_experiment("allocation_rules").arms])
def test_a_run_with_its_own_numbers_is_the_run_alone(laboratory, arm):
    experiment = read_experiment("allocation_rules", ENOUGH)
    drawn, rng = drawn_keys(experiment), np.random.default_rng(len(arm))
    arms = [(one.name, one.scenario) for one in experiment.arms if one.name == arm]
    worlds = [dict(in_world(arms, drawn, rng.random(len(drawn)))) for _ in range(2)]
    cases = [Case(world[arm], seed, 2 * seed) for seed, world in enumerate(worlds)]
    merged = side_by_side([case.scenario for case in cases])
    assert merged is not None
    assert can_share(merged)
    for case, run in zip(cases, advanced(laboratory, cases), strict=True):
        alone = laboratory.run(case.scenario, case.seed, case.replication)
        assert run.scenario == case.scenario
        assert not differing(alone, run)


DRAWN_WORDS = {
    "market.institution": ["exchange", "bilateral", "auction", "none"],
    "behaviour.rule": ["logit", "imitate", "reinforce", "mix"],
    "allocation.rule": list(RULES),
    "abatement.demand_lever": [False, True],
    "transfer.freed_share": [0.0, 0.3],
    "behaviour.consumer_responsibility": [0.0, 0.5],
    "compliance.shortage": ["pay", "lose"],
}
"""Words of a scenario that are drawn against one another."""


@settings(max_examples=10)
@given(
    words=st.fixed_dictionaries({key: st.sampled_from(of) for key, of in DRAWN_WORDS.items()}),
    cuts=st.lists(st.floats(0.02, 0.5), min_size=2, max_size=3),
)
def test_whatever_market_rule_and_mind_runs_have_they_are_the_runs_alone(laboratory, words, cuts):
    worlds = [
        read_scenario("default", {**words, "cap.cut": cut, "horizon.end": 2019}) for cut in cuts
    ]
    cases = [Case(scenario, 11, place) for place, scenario in enumerate(worlds)]
    assert can_share(side_by_side(worlds))
    for case, run in zip(cases, advanced(laboratory, cases), strict=True):
        alone = laboratory.run(case.scenario, 11, case.replication)
        assert not differing(alone, run)


SET = {
    "allocation": lambda key: {"allocation.rule": key[1]} if len(key) == 3 else {},
    "cap": lambda key: {
        "cap.path": {"level_gt": "peak", "rate": "intensity"}.get(key[1], "below_baseline")
    },
    "support": lambda _: {
        "support.strong_subsidy": 0.3,
        "support.weak_learning": 0.02,
        "market.institution": "none",
    },
    "transfer": lambda _: {**FREEING, **LONGER},
    "abatement": lambda key: {
        "abatement.demand_lever": key[1].startswith("demand_"),
        **({"abatement.pace": 0.5, "cap.cut": 0.9} if key[1] == "ceiling" else {}),
    },
    "market": lambda key: (
        {"market.institution": key[1]}
        if len(key) == 3
        else {
            "market.reserve": "release_and_buy",
            "market.reserve_share": 0.05,
            "cap.cut": 0.02 if key[1] == "price_floor" else 0.15,
        }
    ),
    "compliance": lambda _: {"compliance.reaudit_years": 2, "compliance.shortage": "lose"},
    "behaviour": lambda key: {
        **LONGER,
        "behaviour.consumer_responsibility": 0.5,
        "behaviour.target_share": 0.4,
        **({"behaviour.rule": key[1], "market.institution": "none"} if len(key) == 3 else {}),
    },
    "growth": lambda _: {"horizon.end": 2030},
}
"""What a scenario says besides, by section, so that a number is of use."""


@pytest.mark.parametrize("key", [key for key, one in ranges().items() if together_by(key)])
def test_every_number_may_differ_among_runs_that_advance_together(laboratory, key):
    own = ranges()[key]
    words = {**ENOUGH, **SET.get(key.split(".")[0], lambda _: {})(key.split("."))}
    ends = [read_scenario("default", {**words, key: own.value(share)}) for share in (0.05, 0.9)]
    cases = [Case(scenario, 3, 1) for scenario in ends]
    assert can_share(side_by_side(ends))
    runs = advanced(laboratory, cases)
    assert not differing(laboratory.run(ends[1], 3, 1), runs[1])
    assert bool(differing(*runs)) == (key not in UNSEEN)


def test_each_of_them_has_the_cap_of_its_own_numbers(laboratory):
    words = {"growth.departure_common": 0.0, "growth.departure_specific": 0.0}
    cases = [Case(read_scenario("default", {**words, "cap.cut": cut}), 0, 0) for cut in (0.1, 0.3)]
    for case, run in zip(cases, advanced(laboratory, cases), strict=True):
        alone = laboratory.run(case.scenario, 0, 0)
        assert np.array_equal(run.recorder.national["cap"], alone.recorder.national["cap"])


def test_scenarios_that_differ_in_more_than_numbers_do_not_stand_side_by_side():
    plain = read_scenario("default")
    for words in (
        {"market.institution": "none"},
        {"horizon.end": 2025},
        {"compliance.bank_years": 3},
        {"behaviour.consumer_responsibility": 0.5},
        {"growth.cleaner": [{"sector": "electricity", "where": ["Hebei"], "change": -0.01}]},
    ):
        assert side_by_side([plain, read_scenario("default", words)]) is None


@pytest.mark.parametrize("words", [{}, {"horizon.end": 2016}])
@pytest.mark.parametrize("rule", ["equal_per_capita", "benchmark_intensity"])
def test_a_batch_of_one_has_the_bits_of_any_batch(laboratory, rule, words):
    scenario = read_scenario("default", {"allocation.rule": rule, **words})
    for run in advanced(laboratory, of(scenario, 2012, [0, 1, 2])):
        assert not differing(run, advanced(laboratory, of(scenario, 2012, [run.replication]))[0])


@pytest.fixture(scope="module")
def among_two(laboratory):
    """Return a run that was done together with two others."""
    scenario = read_scenario("default", {"behaviour.consumer_responsibility": 0.3})
    return advanced(laboratory, of(scenario, 3, [50, 51, 52]))[0]


@settings(max_examples=10)
@given(others=st.lists(st.integers(0, 40), min_size=0, max_size=9, unique=True))
def test_a_run_has_the_same_bits_whoever_it_runs_with(laboratory, among_two, others):
    batch = advanced(laboratory, of(among_two.scenario, 3, [*others, 50]))
    assert not differing(among_two, batch[-1])


@pytest.mark.parametrize("way", ALONE)
def test_runs_that_cannot_go_together_go_one_by_one(laboratory, way):
    scenario = read_scenario("default", ALONE[way])
    assert not can_share(scenario)
    for run in laboratory.runs(scenario, 2, [0, 1]):
        assert not differing(laboratory.run(scenario, 2, run.replication), run)


def test_a_rule_of_ones_own_is_asked_run_by_run(laboratory):
    asked = []

    def mine(cap, knowledge):
        asked.append(knowledge.population.shape)
        return cap * knowledge.reference / knowledge.reference.sum()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RULES, "_entries", dict(RULES.entries()))
        assert isinstance(RULES, Registry)
        RULES["mine"] = mine
        scenario = read_scenario("default", {"allocation.rule": "mine"})
        own = laboratory.runs(scenario, 2, [0, 1])
    plain = advanced(laboratory, of(read_scenario("default"), 2, [0, 1]))
    assert {len(shape) for shape in asked} == {1}
    for one, other in zip(own, plain, strict=True):
        assert not differing(one, other)


def test_a_run_among_others_can_be_gone_on_with(laboratory):
    scenario = read_scenario("default", {"compliance.bank_years": 2, "transfer.reserve": 0.05})
    together = advanced(laboratory, of(scenario, 5, [3, 1]))[1]
    alone = laboratory.run(scenario, 5, 1, until=2020)
    assert together.state.replication == 1
    gone_on = laboratory.resume(alone.state)
    last = {name: values[-1] for name, values in gone_on.recorder.national.items()}
    for name, value in last.items():
        assert together.recorder.national[name][-1] == pytest.approx(value, rel=1e-9, nan_ok=True)
    for mine, theirs in zip(
        together.state.state.ledger.held, gone_on.state.state.ledger.held, strict=True
    ):
        assert mine == theirs
    assert type(together.state.state.ledger.issued) is int


def test_a_state_of_a_run_among_others_is_saved_and_read_like_any(laboratory, tmp_path):
    scenario = read_scenario("default", {})
    run = advanced(laboratory, of(scenario, 5, [3, 1]))[0]
    run.state.write(tmp_path / "state.npz")
    again = read_state(tmp_path / "state.npz")
    assert np.array_equal(again.state.ledger.held, run.state.state.ledger.held)
    assert again.state.cumulated_abatement == run.state.state.cumulated_abatement


def test_what_is_wrong_with_one_of_them_is_said_as_it_is_alone(laboratory):
    scenario = read_scenario("default", {"horizon.base_year": 2015, "horizon.end": 2018})
    with pytest.raises(InputError) as alone:
        laboratory.run(scenario, 0, 0)
    with pytest.raises(InputError) as together:
        laboratory.runs(scenario, 0, [0, 1, 2])
    assert str(together.value) == str(alone.value)


def test_a_mind_of_ones_own_decides_run_by_run(laboratory):
    class Own(City):
        def decide(self, outlook, chance):
            return "mitigate"

    run = laboratory.run(read_scenario("default"), city_class=Own)
    assert set(run.cities.action) <= {0, 2, 4}


@pytest.mark.parametrize("order", ["C", "F"])
@settings(max_examples=20)
@given(
    count=st.integers(1, 2500),
    length=st.integers(1, 320),
    runs=st.integers(1, 17),
    seed=st.integers(0),
)
def test_what_passes_through_a_matrix_has_the_bits_it_has_alone(order, count, length, runs, seed):
    rng = np.random.default_rng(seed)
    large = rng.standard_normal((count, length))
    matrix = large if order == "C" else large.T
    rows = rng.standard_normal((runs, matrix.shape[0]))
    found = through(rows, matrix)
    for row, mine in zip(rows, found, strict=True):
        assert np.array_equal(through(row, matrix), mine)
    np.testing.assert_allclose(found, rows @ matrix, rtol=0, atol=1e-9)
