"""The compiled economies of 313 regions and 42 sectors in 2012 and 2017."""

import balances
import numpy as np
import pytest
from numpy.testing import assert_allclose

from data.readers.figures import read_national_series
from data.readers.inputs import read_figures
from model.compile.assumptions import Assumptions
from model.compile.city_economy import CityTables
from model.compile.compile import compile_tables
from model.compile.figures import Figures
from model.compile.margins import at_base_prices, calibrated_emissions
from model.compile.provinces import ProvincialTables, reconciled
from model.footprints.accounts import Accounts
from model.footprints.embodied_intensity import embodied_accounts, embodied_by_emitter
from model.input_output.krylov import spectral_radius
from scenarios import read_scenario

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def figures() -> Figures:
    return read_figures(2012)


@pytest.fixture(scope="module")
def tables(figures) -> ProvincialTables:
    return reconciled(figures.tables, figures.national)


def test_it_has_309_cities_and_four_undivided_provinces(full) -> None:
    assert full.x.shape == (313, 42)
    assert full.players.size == 309
    assert full.form.t.shape == (42, 313, 313)


def test_every_product_is_sold_and_every_use_is_met(full, tables) -> None:
    balances.every_product_is_sold(full)
    balances.every_use_is_met(full, tables)
    balances.every_input_is_paid(full)


def test_cities_add_up_to_their_provinces(full, tables) -> None:
    balances.provinces_add_up(full, tables)


def test_cities_emit_their_calibrated_co2(full, figures) -> None:
    balances.emissions_are_met(full, figures)
    national = figures.inventory.production.sum()
    assert_allclose(calibrated_emissions(figures).sum(), national, rtol=1e-9)
    assert_allclose(full.F.sum(), national, rtol=1e-9)


def test_only_inventories_may_shrink(full) -> None:
    balances.only_inventories_may_shrink(full)


def test_it_is_productive(full) -> None:
    assert spectral_radius(full.form) < 1.0


def test_accounts_add_up(full) -> None:
    balances.the_basis_is_all_output(full)
    balances.accounts_add_up(full)


@pytest.fixture(scope="module")
def figures_2017() -> Figures:
    return read_figures(2017)


@pytest.fixture(scope="module")
def tables_2017(figures_2017) -> CityTables:
    return compile_tables(figures_2017, Assumptions())


def test_2017_is_balanced_as_2012_is(figures_2017, tables_2017) -> None:
    provinces = at_base_prices(figures_2017, Assumptions())
    balances.every_product_is_sold(tables_2017)
    balances.every_use_is_met(tables_2017, provinces)
    balances.every_input_is_paid(tables_2017)
    balances.provinces_add_up(tables_2017, provinces)
    balances.emissions_are_met(tables_2017, figures_2017)
    balances.only_inventories_may_shrink(tables_2017)
    assert spectral_radius(tables_2017.form) < 1.0


def test_real_growth_between_the_tables_is_that_of_the_national_accounts(full, tables_2017) -> None:
    """7.8, 7.3, 6.9, 6.7 and 6.9 % a year (National Bureau of Statistics), which no code reads."""
    found = tables_2017.value_added.sum() / full.value_added.sum()
    growth = read_national_series("real_gdp_growth")
    published = np.prod([1 + growth[year] / 100 for year in range(2013, 2018)])
    assert found == pytest.approx(published, rel=0.02)


def test_value_added_of_cities_adds_up_to_the_nation_s_growth(full, full_laboratory) -> None:
    """The cities' own figures add up to 49 % from 2012 to 2017, the nation grew 41 %."""
    scenario = read_scenario("baseline", {"horizon.end": 2020})
    reached = full_laboratory.baseline(scenario).value_added.sum(axis=1)
    growth = read_national_series("real_gdp_growth")
    rates = np.array([growth[year] / 100 for year in range(2013, 2021)])
    assert_allclose(reached / full.value_added.sum(), np.cumprod(1.0 + rates), rtol=1e-12)


def test_demand_of_no_city_collapses_while_it_grows(full_laboratory) -> None:
    years = full_laboratory.baseline(read_scenario("baseline"))
    assert years.demand_deviation[-1].min() > -0.25
    assert years.demand_deviation[-1].max() < 0.45


def test_footprints_are_outsourced_more_in_2017_than_in_2012(full, tables_2017) -> None:
    """78.6 % to 81.9 % (Xia et al. 2024); the share of 2012 is calibrated, that of 2017 is free."""
    M = embodied_by_emitter(tables_2017.form, tables_2017.S)
    found = embodied_accounts(M, tables_2017.form, tables_2017.d, tables_2017.export)
    share = [outsourced_of_cities(each, full.players) for each in (full.accounts(), found)]
    assert share[0] == pytest.approx(0.786, abs=0.002)
    assert share[0] < share[1] < 0.84


def outsourced_of_cities(accounts: Accounts, cities: np.ndarray) -> float:
    return 1.0 - np.diag(accounts.C)[cities].sum() / accounts.D_cba[cities].sum()
