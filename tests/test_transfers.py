"""Transfers in the simulated year: who passes on quota, who pays whom, and what comes of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from invented import laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from model.behaviour.payoffs import FREE_RIDE
from model.classes.beneficiaries import Beneficiary
from model.compile.city_economy import Economy
from scenarios import read_scenario
from simulation.aid_office import to_be_aided
from simulation.laboratory import Laboratory
from simulation.run_result import Run

AIDING = {"allocation.super_emitter_share": 0.1}
"""On the invented economy a tenth of all footprints makes a super-emitter."""


@pytest.fixture(scope="module")
def laboratory(small):
    return Laboratory(small)


def ran(laboratory: Laboratory, seed: int = 1, **words) -> Run:
    settings = {key.replace("__", "."): value for key, value in words.items()}
    return laboratory.run(read_scenario("default", {**AIDING, **settings}), seed)


def last(run: Run) -> pd.DataFrame:
    return run.cities[run.cities["year"] == run.cities["year"].max()].reset_index(drop=True)


def investment_is_dirtier(economy: Economy) -> np.ndarray:
    """Return whose capital formation embodies more carbon a yuan than its consumption; (c,)."""
    flows = economy.flows_by_group().sum(axis=1)
    footprint = flows[:-1].sum(axis=1)[:, economy.players]
    demand = economy.d.sum(axis=1)[economy.players].T
    return footprint[3] / demand[3] > footprint[:3].sum(axis=0) / demand[:3].sum(axis=0)


def test_freed_quota_lets_poor_cities_catch_up_further_and_is_paid_for(laboratory) -> None:
    until = {"transfer__reserve": 0.0, "horizon__end": 2017}
    alone, freed = ran(laboratory, **until), ran(laboratory, **until, transfer__freed_share=1.0)
    assert (alone.cities["catch_up"] == 0).all()
    assert last(freed)["catch_up"].max() > 0
    paid = freed.cities["compensation"]
    assert np.allclose(paid, 30.0 * freed.cities["freed_quota"])
    assert paid.sum() > 0
    givers = set(freed.cities.loc[freed.cities["freed_quota"] > 0, "city"])
    gaining = set(last(freed).loc[last(freed)["catch_up"] > 0, "city"])
    assert givers
    assert gaining
    assert not givers & gaining
    by_year = freed.cities.groupby("year")
    assert np.array_equal(by_year["freed_quota"].sum(), by_year["aid_quota"].sum())


def test_the_reserve_is_granted_before_freed_quota_is_bought(laboratory) -> None:
    ample = ran(laboratory, transfer__reserve=0.5, transfer__freed_share=1.0)
    assert (ample.cities["freed_quota"] == 0).all()
    assert (ample.national["compensation"] == 0).all()


@pytest.mark.parametrize("word", ["population", "supply_chain", "performance"])
def test_the_pool_is_divided_by_the_word(laboratory, word) -> None:
    short = {"transfer__reserve": 0.001, "transfer__placement": "stays"}
    usual, other = ran(laboratory, **short), ran(laboratory, **short, transfer__distribution=word)
    first = usual.cities["year"] == 2013
    granted = [run.cities.loc[first, "aid_quota"] for run in (usual, other)]
    assert granted[0].sum() == granted[1].sum() > 0
    assert not granted[0].equals(granted[1])


def test_quota_that_stays_is_held_by_the_aided_alone(laboratory) -> None:
    follows, stays = (
        ran(laboratory, transfer__placement=word, horizon__end=2013)
        for word in ("supply_chain", "stays")
    )
    aided = stays.cities["catch_up"] > 0
    assert (stays.cities.loc[~aided, "aid_quota"] == 0).all()
    assert (follows.cities.loc[~aided, "aid_quota"] > 0).any()


def test_green_growth_carries_catch_up_further_than_investment(laboratory) -> None:
    """Capital formation embodies more carbon than consumption, so a tonne lifts less of it."""
    green, investment = (
        ran(laboratory, transfer__reserve=0.01, transfer__growth_mix=word)
        for word in ("green", "investment_led")
    )
    dirtier = investment_is_dirtier(laboratory.economy)
    aided = np.flatnonzero(last(green)["catch_up"] > 0)
    assert dirtier[aided].all()
    assert last(green)["catch_up"].sum() > last(investment)["catch_up"].sum() > 0


def test_beneficiaries_pay_emitters_and_the_payments_cancel_out(laboratory) -> None:
    run = ran(laboratory, transfer__beneficiary_pays=0.5)
    by_year = run.cities.groupby("year")["beneficiary_payment"]
    assert (by_year.max() > 0).any()
    assert np.allclose(by_year.sum(), 0.0, atol=1e-6 * by_year.max().max())


def test_what_emitters_are_credited_makes_abatement_worth_more_and_quota_cheaper(
    laboratory,
) -> None:
    usual, paying = ran(laboratory), ran(laboratory, transfer__beneficiary_pays=1.0)
    assert paying.national["price"].mean() < usual.national["price"].mean()


def test_the_bonus_is_paid_from_the_budget_and_makes_cities_abate_more_without_a_market(
    laboratory,
) -> None:
    words = {"market__institution": "none", "compliance__audit": 0.1, "compliance__hideable": 1.0,
             "compliance__reaudit_years": 0, "abatement__cost_falls_on": "nobody"}  # fmt: skip
    usual, paying = ran(laboratory, **words), ran(laboratory, **words, transfer__bonus=1.0)
    assert paying.national["bonus"].sum() > 0
    assert (paying.national["budget"] >= -1.0).all()
    assert np.allclose(paying.national["budget"], 0.0, atol=1.0)
    assert last(paying)["abated"].sum() > last(usual)["abated"].sum()


def test_support_goes_to_strong_beneficiaries_and_never_beyond_the_budget(laboratory) -> None:
    words = {"market__institution": "none", "support__strong_subsidy": 0.5}
    run = ran(laboratory, **words)
    before = run.cities.groupby("city")["class_policy"].shift()
    strong = before == Beneficiary.STRONG
    assert run.cities.loc[strong, "subsidy"].sum() > 0
    assert (run.cities.loc[~strong, "subsidy"] == 0).all()
    assert (run.national["budget"] >= -1.0).all()
    cost = run.cities["abatement_cost"]
    assert (run.cities["subsidy"] <= 0.5 * cost + 1e-6).all()


def test_supported_learning_makes_abatement_cheaper(laboratory) -> None:
    words = {"market__institution": "auction", "compliance__audit": 1.0}
    usual = ran(laboratory, **words)
    helped = ran(laboratory, **words, support__weak_learning=0.1, support__reading="scored")
    assert helped.national["support"].sum() > 0
    per_tonne = [run.national["abatement_cost"].sum() / run.cities["abated"].sum()
                 for run in (usual, helped)]  # fmt: skip
    assert per_tonne[1] < per_tonne[0]


def test_shortage_that_costs_growth_slows_demand_but_never_makes_it_fall(laboratory) -> None:
    words = {"market__institution": "none", "transfer__reserve": 0.0}
    pay = ran(laboratory, **words)
    lose = ran(laboratory, **words, compliance__shortage="lose", compliance__loss_rate=5.0)
    assert (pay.cities["demand_kept"] == 1).all()
    kept = lose.cities.pivot_table(index="year", columns="region_code", values="demand_kept")
    assert kept.iloc[-1].min() < 1
    trend = laboratory.baseline(lose.scenario).demand[:, laboratory.economy.players]
    demand = trend * kept.to_numpy()
    falls = np.diff(demand, axis=0) < -1e-9 * demand[:-1]
    assert not (falls & (np.diff(trend, axis=0) > 0)).any()


def test_quota_that_cannot_be_kept_is_not_banked(laboratory) -> None:
    assert ran(laboratory).cities["bank"].sum() > 0
    assert ran(laboratory, compliance__bank_years=0).cities["bank"].sum() == 0


def test_the_demand_lever_is_pulled_by_super_emitters_by_demand_under_responsibility(
    laboratory,
) -> None:
    """Consumers that answer for footprints have a reason to build less; E15."""
    words = {"abatement__demand_lever": True, "compliance__audit": 1.0}
    producers, shared = (
        last(ran(laboratory, **words, behaviour__consumer_responsibility=omega))
        for omega in (0.0, 0.5)
    )
    eligible = laboratory.model(
        read_scenario("default", {**AIDING, "abatement.demand_lever": True})
    ).economy.levers.shifting
    assert 0 < eligible.sum() < eligible.size
    assert (shared.loc[~eligible, "demand_shift"] == 0).all()
    assert shared["demand_shift"].sum() > producers["demand_shift"].sum()
    floor = shared["demand_shift"].max()
    assert 0 < floor <= 18 * 0.01 + 1e-12


def test_a_shift_of_demand_lowers_footprints_at_the_same_total_demand(laboratory) -> None:
    words = {**AIDING, "abatement.demand_lever": True, "abatement.demand_floor": 0.0}
    model = laboratory.model(read_scenario("default", words))
    before, footprint = model.economy.demand_of_cities(model.state), None
    for shift in (0.0, 0.05):
        model.state.abatement[:, -1] = shift * model.economy.levers.shifting
        year = model.economy.outcome(model.state).scored
        if footprint is not None:
            fallen = year.D_cba[model.economy.cities] < footprint
            dirtier = investment_is_dirtier(laboratory.economy)
            assert np.array_equal(fallen, model.economy.levers.shifting & dirtier)
        footprint = year.D_cba[model.economy.cities]
    np.testing.assert_allclose(model.economy.demand_of_cities(model.state), before, rtol=1e-12)


def test_a_shift_that_saves_nothing_is_never_made(laboratory) -> None:
    """Not even for a bonus, or for a target of one's own: they are for tonnes abated at home."""
    words = {"abatement__demand_lever": True, "market__institution": "auction"}
    run = ran(laboratory, **words, transfer__bonus=1.0, behaviour__target_share=1.0)
    model = laboratory.model(run.scenario)
    saving = model.economy.forecast(model.state).trend[:, -1] > 0
    assert saving.any()
    assert (last(run).loc[~saving, "demand_shift"] == 0).all()


def test_a_shift_costs_half_its_square_in_capital_formation(laboratory) -> None:
    """cd · h²/2 · capital formation (E15), here one point at cd = 2."""
    words = {**AIDING, "abatement.demand_lever": True, "abatement.demand_cost": 2.0}
    model = laboratory.model(read_scenario("default", words))
    forecast, world = model.economy.forecast(model.state), model.economy
    step = np.zeros_like(forecast.trend)
    step[:, -1] = 0.01
    demand = world.prepared.demand * world.demand(model.state)
    expected = 2.0 * 0.01**2 / 2 * demand[1, world.cities] * 1e4
    found = forecast.mac.adjustment_cost(step, forecast.trend)
    can = forecast.trend[:, -1] > 0
    np.testing.assert_allclose(found[can], expected[can], rtol=1e-9)


def test_who_hides_a_gap_rides_free_even_if_a_credit_makes_it_abate(laboratory) -> None:
    words = {"market__institution": "none", "compliance__audit": 0.0}
    run = ran(laboratory, **words, transfer__beneficiary_pays=1.0)
    hidden = run.cities["hidden_gap"] > 0
    assert (run.cities.loc[hidden, "action"] == FREE_RIDE).all()
    stepped = run.cities.groupby("city")["abated"].diff() > 1e4
    assert (hidden & stepped).any()


def test_what_a_tonne_earned_is_what_all_tonnes_together_earned(laboratory) -> None:
    scenario = read_scenario("default", {**AIDING, "transfer.beneficiary_pays": 0.5})
    model = laboratory.model(scenario)
    for _ in range(3):
        model.step()
    kept = model.recorder.cities
    due = np.maximum(kept["beneficiary_payment"][2], 0.0).sum()
    earned = (model.state.credit * kept["abated"][2]).sum()
    assert earned >= due > 0


def test_who_is_aided_lives_on_less_than_the_middle_fifth() -> None:
    """Of ten cities with 1 to 10 a head the middle fifth has 5 and 6."""
    per_head = np.arange(1.0, 11.0)
    population = np.array([9.0, 1.0, 4.0, 2.0, 7.0, 3.0, 8.0, 5.0, 6.0, 2.0])
    assert_array_equal(to_be_aided(per_head * population, population), per_head < 5.5)


@pytest.mark.parametrize("mix", ["as_is", "investment_led", "green"])
def test_a_unit_of_catch_up_needs_what_it_adds_to_the_footprint(mix) -> None:
    words = {"transfer.paid_by": "borrowed", "transfer.growth_mix": mix}
    model = laboratory_of(0).model(read_scenario("default", words), 1)
    economy = model.economy
    before = economy.forecast(model.state)
    risen = np.zeros(8)
    risen[3] = 0.1
    after = economy.with_aid(replace(model.state, catch_up=risen), before)
    added = (after.under_cap.D_cba - before.under_cap.D_cba)[economy.cities]
    assert_allclose(added, risen * economy.per_level(model.state, before), rtol=1e-3)


@pytest.mark.parametrize("mix", ["as_is", "investment_led", "green"])
def test_the_footprint_of_catch_up_is_that_with_it_less_that_without(mix) -> None:
    """At one year's intensities, whatever the demand that catches up consists of."""
    words = {"transfer.growth_mix": mix, "abatement.cost_falls_on": "nobody"}
    scenario = read_scenario("default", {"transfer.paid_by": "borrowed", **words})
    model = laboratory_of(0).model(scenario, 1)
    for _ in scenario.horizon.years:
        model.step()
    economy, state = model.economy, model.state
    year = replace(state, t=state.t - 1)
    bare = replace(year, catch_up=np.zeros_like(year.catch_up))
    with_it, without = (economy.outcome(one).scored.D_cba[economy.cities] for one in (year, bare))
    found = model.recorder.cities["aid_footprint"][-1]
    assert_allclose(found, with_it - without, rtol=1e-9, atol=1e-3)
    assert found.any()
