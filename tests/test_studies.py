"""Slow studies on the full economy, run by make validate."""

import pytest

from analysis import compare
from analysis.results import digest
from data.assumptions import Assumptions
from data.compile import compile_economy
from data.inputs import read_figures
from model.payoffs import FREE_RIDE
from scenarios import read_scenario
from simulation.running import Laboratory

pytestmark = [pytest.mark.study, pytest.mark.full]


def test_free_riding_falls_with_enforcement_in_the_309_cities(full) -> None:
    laboratory = Laboratory(full)
    shares = []
    for audit, fine in ((0.0, 3.0), (0.1, 3.0), (0.3, 3.0), (0.5, 5.0), (0.8, 5.0), (1.0, 10.0)):
        settings = {"compliance.audit": audit, "compliance.penalty_multiple": fine}
        cities = laboratory.run(read_scenario("baseline", settings), seed=1).cities
        shares.append(float((cities[cities["need"] > 0.5]["action"] == FREE_RIDE).mean()))
    assert shares == sorted(shares, reverse=True), shares
    assert shares[0] > 0.5
    assert shares[-1] < 0.01


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
