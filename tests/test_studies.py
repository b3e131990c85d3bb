"""Slow studies on the full economy, run by make validate."""

import numpy as np
import pytest
from test_behaviour import UNENFORCED
from test_montgomery import FRICTIONLESS, Trader, under
from test_montgomery import RULES as FREE_ALLOCATIONS

from analysis import compare
from analysis.experiment.digest import digest
from data.readers.inputs import read_figures
from model.behaviour.payoffs import FREE_RIDE
from model.compile.assumptions import Assumptions
from model.compile.compile import compile_economy
from scenarios import read_scenario
from simulation.laboratory import Laboratory

pytestmark = [pytest.mark.study, pytest.mark.full]


def test_free_riding_falls_with_enforcement_in_the_309_cities(full) -> None:
    laboratory = Laboratory(full)
    shares = []
    for audit, fine in ((0.0, 3.0), (0.1, 3.0), (0.3, 3.0), (0.5, 5.0), (0.8, 5.0), (1.0, 10.0)):
        settings = {"compliance.audit": audit, "compliance.penalty_multiple": fine}
        cities = laboratory.run(read_scenario("default", settings), seed=1).cities
        shares.append(float((cities[cities["need"] > 0.5]["action"] == FREE_RIDE).mean()))
    assert shares == sorted(shares, reverse=True), shares
    assert shares[0] > 0.5
    assert shares[-1] < 0.01


def test_peer_pressure_holds_imitated_free_riding_back_in_the_309_cities(full) -> None:
    """Half ride free at a peer pressure of about 1.2 of the price, as among eight cities."""
    laboratory = Laboratory(full)
    shares = []
    for peer in (0.0, 0.5, 1.0, 1.5, 2.0):
        settings = {**UNENFORCED, "behaviour.peer_pressure": peer}
        cities = laboratory.run(read_scenario("default", settings), seed=5).cities
        short = cities[(cities["need"] > 0.5) & (cities["year"] > 2027)]
        shares.append(float((short["action"] == FREE_RIDE).mean()))
    assert shares == sorted(shares, reverse=True), shares
    assert shares[0] > 0.9
    assert shares[1] > 0.8
    assert shares[2] > 0.5 > shares[3]
    assert shares[4] < 0.15


def test_the_allocation_moves_neither_price_nor_emissions_of_309_frictionless_cities(full) -> None:
    """Montgomery (1972): every city trades, nothing is banked, nothing is uncertain."""
    laboratory = Laboratory(full)
    runs = [
        laboratory.run(
            read_scenario("default", {**FRICTIONLESS, "allocation.rule": rule}), 3, 0, Trader
        ).national
        for rule in FREE_ALLOCATIONS
    ]
    for other in runs[1:]:
        np.testing.assert_allclose(other["price"], runs[0]["price"], rtol=1e-6)
        np.testing.assert_allclose(other["emissions"], runs[0]["emissions"], rtol=1e-8)


def test_trade_among_309_frictionless_cities_costs_what_a_planner_would_spend(full) -> None:
    """Montgomery (1972): a year's cost to 10⁻⁵, that of all years to 10⁻⁶; alone twice as much."""
    laboratory = Laboratory(full)
    planned = under(laboratory, "equal_mac", trade=False)["abatement_cost"]
    for rule in (*FREE_ALLOCATIONS, "benchmark_intensity"):
        traded = under(laboratory, rule, trade=True)["abatement_cost"]
        np.testing.assert_allclose(traded, planned, rtol=1e-5)
        assert traded.sum() == pytest.approx(planned.sum(), rel=1e-6)
    alone = under(laboratory, "grandfathering", trade=False)["abatement_cost"]
    assert alone.sum() > 1.5 * planned.sum()


def test_one_worker_or_two_give_the_same_digest_at_full_size(tmp_path) -> None:
    tables = [
        compare(
            "allocation_rules",
            replications=1,
            workers=workers,
            out=tmp_path / str(workers),
            pictures=False,
        ).cities
        for workers in (1, 2)
    ]
    assert digest(tables[0]) == digest(tables[1])


def test_the_outsourced_share_falls_with_the_home_weight_of_the_full_compile(full) -> None:
    looser = compile_economy(read_figures(2012), Assumptions(home_weight=10.0))
    assert looser.accounts().outsourced_share > full.accounts().outsourced_share + 0.03
