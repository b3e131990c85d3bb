"""What policy costs is paid out of demand: to the yuan, and by nobody else."""

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from invented import laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from scenarios import read_scenario

KINDS = {
    "exchange": {},
    "no market": {"market.institution": "none"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.6},
    "bonus": {"transfer.bonus": 0.5, "transfer.bonus_for": "abatement"},
    "compensation": {"transfer.freed_share": 0.5, "allocation.super_emitter_share": 0.2},
    "beneficiaries pay": {"transfer.beneficiary_pays": 0.3},
    "programme": {"programme.provinces": ["east"], "programme.until": 2016},
    "lax": {"compliance.audit": 0.5, "compliance.hideable": 0.3, "cap.cut": 0.4},
}


@settings(max_examples=30, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(kind=st.sampled_from(sorted(KINDS)), economy=st.integers(0, 3), seed=st.integers(0, 50))
def test_dues_of_all_cities_are_the_cost_of_abatement_and_of_transactions(
    kind, economy, seed
) -> None:
    """Fines, auction revenue, bonus and compensation pass through the public budget: sum 0."""
    words = {"horizon.end": 2019, **KINDS[kind]}
    run = laboratory_of(economy).run(read_scenario("default", words), seed)
    national = run.recorder.national
    cost = national["abatement_cost"] + national["transaction_cost"]
    assert_allclose(run.recorder.cities["dues"].sum(axis=1), cost, rtol=1e-9, atol=1.0)


def test_dues_lower_demand_of_the_next_year_one_for_one() -> None:
    """10⁴ CNY a unit; aid apart."""
    words = {"horizon.end": 2016, "transfer.reserve": 0.0}
    laboratory = laboratory_of(0)
    run, free = (
        laboratory.run(read_scenario("default", {**words, "abatement.cost_falls_on": to}), 1)
        for to in ("demand", "nobody")
    )
    assert_array_equal(free.recorder.cities["dues"], 0.0)
    less = (free.recorder.cities["demand"] - run.recorder.cities["demand"])[1:]
    assert_allclose(less, run.recorder.cities["dues"][:-1] / 1e4, rtol=1e-6, atol=1e-6)


def test_a_tighter_cap_leaves_less_to_consume() -> None:
    """Value added and demand of all cities, in the last year."""
    laboratory = laboratory_of(0)
    words = {"transfer.reserve": 0.0}
    loose, tight = (
        laboratory.run(read_scenario("default", {**words, "cap.cut": cut}), 1) for cut in (0.1, 0.4)
    )
    assert tight.cities["demand"].iloc[-8:].sum() < loose.cities["demand"].iloc[-8:].sum()
    assert tight.national["value_added"].iloc[-1] < loose.national["value_added"].iloc[-1]


def test_scale_and_technique_add_up_to_the_change_of_emissions() -> None:
    laboratory = laboratory_of(1)
    run, none = (
        laboratory.run(read_scenario("default", words), 2)
        for words in ({}, {"allocation.rule": "none"})
    )
    national = run.recorder.national
    change = national["emissions"] - none.recorder.national["emissions"]
    assert_allclose(national["scale_effect"] + national["technique_effect"], change, atol=1.0)
    assert (national["technique_effect"][2:] < 0).all()
    assert (np.abs(national["scale_effect"]) < 0.05 * national["emissions"]).all()
