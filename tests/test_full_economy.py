"""The compiled economy of 313 regions and 42 sectors in 2012."""

import balances
import pytest
from numpy.testing import assert_allclose

from data.compile import Figures, calibrated_emissions, read_figures
from model.compile.provinces import ProvincialTables, reconciled
from model.krylov import spectral_radius

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


def test_footprints_are_outsourced_as_calibrated(full) -> None:
    """78.6 % of footprints in 2012 (Xia et al. 2024), to which the home weight is calibrated."""
    assert 0.75 <= full.accounts().outsourced_share <= 0.82
