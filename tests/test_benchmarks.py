"""The benchmarks measure what they say; how long anything takes is not tested."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from analysis.benchmarks import bandwidth, plain_mesa, scoring, series, with_pymrio
from analysis.benchmarks.blocks import blocks
from analysis.benchmarks.growth import Grown, GrowthCurve, curves, exponent
from analysis.benchmarks.invention import GROUPS, invented
from analysis.benchmarks.own_process import Measured, Step, measured
from analysis.benchmarks.page import GROWTH, MEASURED, PAGE
from analysis.benchmarks.phases import watched
from analysis.benchmarks.pictures import draw_growth, draw_measured
from analysis.benchmarks.tables import Result, of_block, of_growth
from analysis.benchmarks.words import against, duration
from model.footprints.accounts import accounts, embodied_flows
from model.input_output.krylov import spectral_radius
from model.input_output.response_basis import response_basis
from model.labels import GROUPS as REAL_GROUPS
from scenarios import read_scenario
from simulation.laboratory import Laboratory


def of_step(step: Step) -> Measured:
    return Measured(step.name, seconds=0.25, read=10**9, peak=100.0)


RESULTS = [
    Result(block, tuple(map(of_step, block.steps))) for block in blocks(compared=100, runs=10)
]
GROWN = [Grown(curve, tuple(map(of_step, curve.steps))) for curve in curves()]


@pytest.mark.parametrize("regions", [20, 40])
def test_the_invented_economy_is_as_productive_as_the_real_one(regions: int) -> None:
    assert spectral_radius(invented(regions).form) == pytest.approx(0.6, abs=0.02)
    assert len(REAL_GROUPS) == GROUPS


def test_every_solver_finds_the_same_output() -> None:
    economy = invented(12)
    Y = economy.form.final_demand(economy.d)
    X = economy.form.solve(Y)
    radius = spectral_radius(economy.form)
    assert_allclose(series.neumann(economy.form, Y), X, rtol=1e-10)
    assert_allclose(series.chebyshev(economy.form, Y, radius), X, rtol=1e-10)


def test_a_scored_year_is_the_same_from_the_basis_from_groups_and_by_pymrio() -> None:
    economy = invented(6, sectors=5)
    regions = np.arange(6)
    basis = response_basis(economy.form, economy.d, 0 * economy.export, lambda *_: None)
    found = accounts(embodied_flows(basis, economy.S))
    ones = np.ones((6, 6))
    assert_allclose(scoring.streamed(basis, economy.S, ones), found.C)
    kept = found.C[:, None, :] / GROUPS * np.ones((1, GROUPS, 1))
    level, demand = 1.0 + regions[:, None] * np.ones((1, GROUPS)), 2.0 + regions
    expected = (1.0 + regions)[:, None] * found.C * demand
    assert_allclose(scoring.from_groups(kept, level, demand, np.empty((6, 6))), expected)
    D_pba, D_cba = scoring.totals(kept, level, demand)
    assert_allclose(D_pba, expected.sum(axis=1))
    assert_allclose(D_cba, expected.sum(axis=0))
    system = with_pymrio.io_system(economy).calc_system()
    each = with_pymrio.one_stressor_each(economy.S)
    emissions = with_pymrio.emissions_of(economy, each)
    emissions.calc_system(x=system.x, Y=system.Y, L=system.L)
    assert_allclose(emissions.D_cba_reg.to_numpy(), found.C)


def test_decisions_on_arrays_are_those_of_the_agents() -> None:
    club = plain_mesa.Club()
    need = np.array([member.need for member in club.agents])
    neighbours = plain_mesa.links(np.random.default_rng(1))
    members = list(club.agents)
    choice = np.array([member.unique_id % 3 for member in members])
    for member, others, chosen in zip(members, neighbours, choice, strict=True):
        member.neighbours = [members[n] for n in others]
        member.choice = int(chosen)
    draws = np.random.default_rng(2).random(len(members))
    expected = plain_mesa.decisions(need, choice, neighbours, draws)
    for n, (member, draw) in enumerate(zip(members, draws, strict=True)):
        club.random.random = lambda draw=draw: draw
        member.decide()
        assert member.choice == expected[n]
        member.choice = int(choice[n])


def test_a_step_is_measured_in_a_process_of_its_own() -> None:
    found = measured(Step("reading", bandwidth.reading, {"size": 8_000_000}))
    assert found.name == "reading"
    assert found.read == 8_000_000
    assert found.seconds > 0
    assert found.peak > 8


def test_a_step_that_fails_says_so(capfd) -> None:
    with pytest.raises(RuntimeError, match="reading: ended with status 1"):
        measured(Step("reading", bandwidth.reading, {"sighs": 8}))
    assert "unexpected keyword" in capfd.readouterr().err


def test_exponents_are_those_of_a_power() -> None:
    sizes = (50, 150, 313, 626)
    assert exponent(sizes, [3.0 * size**1.7 for size in sizes]) == pytest.approx(1.7)
    curve = GrowthCurve("power", "regions", sizes, (), ())
    points = tuple(Measured("", 2.0 * size**2, 0, 1.0) for size in sizes)
    assert Grown(curve, points).last_exponent == pytest.approx(2.0)


def test_every_step_is_named_once_in_its_block() -> None:
    for block in blocks(compared=100, runs=10):
        names = [step.name for step in block.steps]
        assert len(set(names)) == len(names)


def test_times_and_ratios_are_written_in_words_that_fit() -> None:
    assert [duration(t) for t in (12.34, 0.5, 1.5e-4)] == ["12 s", "500 ms", "150 µs"]
    assert against(2.0, 2.0) == "1"
    assert against(1e-4, 2.0) == "20,000 × faster"
    assert against(5.0, 2.0) == "2.5 × slower"


def test_tables_have_a_row_for_every_step_and_every_curve() -> None:
    for result in RESULTS:
        assert_array_equal(of_block(result)["way"], [step.name for step in result.block.steps])
    assert len(of_growth(GROWN)) == len(GROWN)


def test_pictures_are_drawn(tmp_path) -> None:
    draw_measured(RESULTS, tmp_path / "measured.png")
    draw_growth(GROWN, tmp_path / "growth.png")
    assert all((tmp_path / name).stat().st_size > 10_000 for name in ("measured.png", "growth.png"))


def test_the_page_shows_what_was_measured() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for picture in (MEASURED, GROWTH):
        assert f"](pictures/{picture.name})" in page
        assert picture.exists()
    for name in ("measured", "growth"):
        written = page.split(f"<!-- {name}:begin -->")[1].split(f"<!-- {name}:end -->")[0]
        assert "Measured on" in written


def test_a_run_spends_time_in_every_phase_that_is_watched(small) -> None:
    laboratory, scenario = Laboratory(small), read_scenario("default", ["horizon.end=2014"])
    with watched() as watches:
        laboratory.run(scenario)
    assert all(watch.seconds > 0 for watch in watches.values())
