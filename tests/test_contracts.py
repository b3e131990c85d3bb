"""Contracts: who gives quota to whom by name, against compensation, and out of which motive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from invented import amounts, floats, laboratory_of
from numpy.testing import assert_allclose, assert_array_equal

from model.transfers.contracts import agreed, aided_suppliers, customers, suppliers, trust_after
from scenarios import read_scenario
from simulation import City

CITIES = 6
tonnes = amounts(CITIES, 0.0, 1e8)
shares = arrays(np.float64, (CITIES, CITIES), elements=floats(0.0, 1.0))
may = arrays(np.float64, (CITIES, CITIES), elements=st.sampled_from([0.0, 1.0]))


@given(tonnes, tonnes, may, shares)
def test_nobody_gives_more_than_it_offers_or_takes_more_than_it_wants(
    offers, wants, partners, trust
) -> None:
    made = agreed(offers, wants, partners, trust, 30.0)
    assert (made.tonnes.sum(axis=1) <= offers + 1e-6).all()
    assert (made.tonnes.sum(axis=0) <= wants + 1e-6).all()
    assert (made.tonnes <= partners * trust * wants + 1e-6).all()
    assert_array_equal(np.diag(made.tonnes), 0)
    assert made.received.sum() == 0
    assert_allclose(made.paid.sum(), 0.0, atol=1e-3)


def test_contracts_by_hand() -> None:
    """Giver 0 offers 100 t to 1 and 2, who want 200 and 100 t and trust it with a half: 67, 33 t.

    Giver 3 offers plenty to 2, which trusts it with all: 2 is offered 133 t, takes 100 t of them.
    """
    partners = np.zeros((4, 4))
    partners[0, [1, 2]] = partners[3, 2] = 1.0
    trust = np.full((4, 4), 0.5)
    trust[3, 2] = 1.0
    made = agreed(
        np.array([100.0, 0.0, 0.0, 900.0]),
        np.array([0.0, 200.0, 100.0, 0.0]),
        partners,
        trust,
        40.0,
    )
    assert_array_equal(made.tonnes[0], [0, 66, 25, 0])
    assert_array_equal(made.tonnes[3], [0, 0, 75, 0])
    assert_array_equal(made.received, [-91, 66, 100, -75])
    assert_allclose(made.paid, 40.0 * made.received)


def test_next_to_no_trust_is_no_contract() -> None:
    trust = np.full((2, 2), 1e-309)
    made = agreed(np.full(2, 1e8), np.full(2, 1e8), np.ones((2, 2)), trust, 30.0)
    assert_array_equal(made.tonnes, 0)


def test_receivers_are_named_by_links() -> None:
    """0 emits for 1 and 2, 2 for 1: 1's suppliers are 0 and 2, of which 2 alone is aided."""
    flows = np.array([[9.0, 5.0, 3.0], [0.0, 9.0, 0.0], [0.0, 4.0, 9.0]])
    aided = np.array([False, False, True])
    assert_array_equal(suppliers(flows, aided)[1], [1, 1, 1])
    assert_array_equal(customers(flows, aided)[0], [1, 1, 1])
    assert_array_equal(aided_suppliers(flows, aided)[1], [0, 0, 1])


def test_trust_grows_with_those_who_go_on_offering_and_fades_for_those_who_do_not() -> None:
    trust, offers = np.full((3, 3), 0.5), np.array([10.0, 0.0, 0.0])
    partners = np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    found = trust_after(trust, partners, offers, 0.4)
    assert_allclose(found, [[0.5, 0.7, 0.7], [0.5, 0.5, 0.3], [0.5, 0.5, 0.5]])


def _run(words, economy=0, city_class=City):
    settings = {"horizon.end": 2020, "contract.offered_by": "all", **words}
    return laboratory_of(economy).run(read_scenario("default", settings), city_class=city_class)


def _given(run) -> float:
    return float(np.fmax(run.recorder.cities["contract_quota"], 0.0).sum())


NO_TRADE = {"market.institution": "none", "contract.offered_to": "customers"}


def test_the_table_of_contracts_names_who_gave_what_to_whom() -> None:
    run = _run(NO_TRADE)
    assert len(run.contracts) > 0
    received = run.contracts.groupby(["year", "receiver"]).tonnes.sum()
    given_up = run.contracts.groupby(["year", "giver"]).tonnes.sum()
    net = run.cities.set_index(["year", "city"]).contract_quota
    both = received.reindex(net.index, fill_value=0) - given_up.reindex(net.index, fill_value=0)
    assert_array_equal(both.to_numpy(), net.to_numpy())
    assert_allclose(run.contracts.price, 30.0)


def test_super_emitters_alone_give_unless_all_may() -> None:
    """Who emits or consumes over 15 % of the base year's footprints (Zheng et al. 2023)."""
    words = {**NO_TRADE, "contract.standing": 100.0, "allocation.super_emitter_share": 0.15}
    words["horizon.end"] = 2017
    all_may, few = (
        _run({**words, "contract.offered_by": who}) for who in ("all", "super_emitters")
    )
    prepared = laboratory_of(0).prepared(read_scenario("default"))
    footprint, emitted = prepared.base.D_cba, prepared.base.D_pba
    large = np.maximum(footprint, emitted) > 0.15 * footprint[prepared.economy.players].sum()
    names = {prepared.economy.regions.names[r] for r in np.flatnonzero(large)}
    assert set(few.contracts.giver)
    assert set(few.contracts.giver) <= names
    assert set(all_may.contracts.giver) - names


def test_nobody_gives_what_fetches_more_at_an_exchange() -> None:
    """Where 60 CNY/t are expected, 30 + 10 are no reason to give, 30 + 80 are."""
    market = {"contract.offered_to": "customers", "horizon.end": 2018, "contract.trust": 1.0}
    assert _given(_run(market)) == 0.0
    assert _given(_run({**market, "contract.standing": 80.0})) > 0.0


def test_nobody_takes_what_costs_more_than_the_fine() -> None:
    dear = {**NO_TRADE, "contract.compensation": 500.0, "compliance.penalty_multiple": 1.0}
    assert _given(_run(dear)) == 0.0


def test_contracts_cover_what_would_go_uncovered_without_trade() -> None:
    without = _run({"market.institution": "none"}).recorder.national["compliance"]
    found = _run({**NO_TRADE, "contract.trust": 1.0}).recorder.national["compliance"]
    assert found.mean() > without.mean()


class Miser(City):
    """Offers nothing to anybody."""

    def offer(self, outlook, terms) -> float:
        return 0.0


class Boaster(City):
    """Offers more than it has."""

    def offer(self, outlook, terms) -> float:
        return 1e18


def test_a_city_may_have_a_mind_of_its_own_about_giving() -> None:
    assert _given(_run(NO_TRADE, city_class=Miser)) == 0.0


def test_nobody_gives_more_than_it_holds() -> None:
    run = _run(NO_TRADE, city_class=Boaster)
    assert (run.recorder.cities["contract_quota"] >= -run.recorder.cities["quota"] * 2).all()
    assert_array_equal(run.recorder.national["ledger_gap"], 0)


@pytest.mark.parametrize("cut", [0.2, 0.35])
def test_without_contracts_nothing_changes(cut) -> None:
    """No partners at all: the same numbers as with contracts barred."""
    barred = _run({"cap.cut": cut})
    alone = _run({"cap.cut": cut, "contract.offered_to": "suppliers", "contract.trust": 0.0})
    assert_array_equal(alone.recorder.national["price"], barred.recorder.national["price"])
