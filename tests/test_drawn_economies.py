"""Drawn economies: solved no further than a scenario asks, kept, and the same as if in full."""

from dataclasses import replace

import pytest
from hypothesis import given
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.experiment import drawing
from analysis.experiment.drawing import keep_draws
from analysis.experiment.identity import economies_identity
from data.compiled import draws
from data.compiled.cache import load_economy
from data.compiled.contents import contents
from data.compiled.draws import keep_drawn, load_drawn
from data.compiled.synthetic import small_figures
from model.compile.compile import basis_of
from model.input_output.response_basis import response_together, together
from scenarios import Experiment, read_experiment, read_scenario
from simulation.laboratory import Laboratory

MOVING = ["abatement.demand_lever=true"]
SHIPPING = ['programme.provinces=["Hebei"]']


@pytest.fixture
def drawn(compiles, monkeypatch) -> None:
    """Draw from invented figures, into a cache of the test."""
    monkeypatch.setattr(draws, "_figures", lambda year: replace(small_figures(0), year=year))


def kept() -> list[str]:
    """Return the names of what the cache keeps, without the marks."""
    return sorted(each.folder.name.rpartition("-")[0] for each in contents())


def of_two_economies(settings: list[str]) -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014", *settings])
    return full.model_copy(update={"arms": full.arms[:2], "replications": 2, "economies": 2})


@given(SEEDS)
def test_demand_answered_together_is_the_sum_over_its_categories(seed: int) -> None:
    economy = economy_of(seed)
    found = response_together(economy.form, economy.d, economy.export)
    assert_allclose(found, together(economy.basis), rtol=1e-10, atol=1e-8)
    assert_allclose(found.sum(axis=2), economy.x, rtol=1e-8, atol=1e-6 * economy.x.max())


@pytest.mark.parametrize("settings", [[], MOVING])
def test_runs_on_a_drawn_economy_are_those_on_its_basis_in_full(settings, drawn) -> None:
    scenario = read_scenario("default", ["horizon.end=2014", *settings])
    narrow = load_drawn(2012, 1)
    in_full = narrow.with_basis(basis_of(narrow), narrow.prospects, narrow.records)
    one, other = (Laboratory(each).run(scenario, 1, 0).recorder for each in (narrow, in_full))
    for column, expected in other.cities.items():
        if expected.dtype.kind == "f":
            atol = 1e-9 * abs(expected).max()
            assert_allclose(one.cities[column], expected, rtol=1e-8, atol=atol, err_msg=column)


def test_categories_apart_are_solved_when_they_are_first_asked_for_and_kept(
    drawn, monkeypatch
) -> None:
    economy = load_drawn(2012, 1)
    economy.accounts()
    assert kept() == ["economy-2012-draw-1"]
    basis = economy.basis
    assert kept() == ["economy-2012-draw-1", "economy-2012-draw-1-by-category"]
    assert {each.kind for each in contents()} == {"draw 1", "draw 1, basis"}
    assert_allclose(together(basis), economy.called_for, rtol=1e-9, atol=1e-6)
    monkeypatch.setattr(draws, "basis_of", None)
    assert_array_equal(load_drawn(2012, 1).basis, basis)


@pytest.mark.parametrize(("settings", "parts"), [([], 1), (MOVING, 2), (SHIPPING, 2)])
def test_draws_are_kept_as_far_as_the_arms_of_an_experiment_ask(settings, parts, drawn) -> None:
    load_economy(2012)
    experiment = of_two_economies(settings)
    keep_draws(experiment)
    assert len(kept()) == 1 + 2 * parts
    marks = {economies_identity(experiment)}
    keep_drawn(2012, 3)
    marks.add(economies_identity(experiment))
    assert len(marks) == 1


def test_residents_and_emissions_of_a_draw_are_its_own(drawn) -> None:
    one, other = load_drawn(2012, 1), load_drawn(2012, 2)
    assert (one.population != other.population).any()
    assert (one.prospects.co2_change != other.prospects.co2_change).any()
    assert_array_equal(one.prospects.real_growth, other.prospects.real_growth)
    assert_array_equal(one.population, load_drawn(2012, 1).population)


def test_an_interrupt_says_that_economies_being_compiled_are_kept_first(monkeypatch) -> None:
    def interrupted(_year: int, number: int, by_category: bool) -> None:
        if number == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(drawing, "keep_drawn", interrupted)
    heard: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        keep_draws(of_two_economies([]), message=heard.append)
    assert heard == ["Interrupted: the economies being compiled are kept first"]
