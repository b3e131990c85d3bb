"""What holds in every compiled economy, small or full. Each check raises what it misses."""

import numpy as np
from numpy.testing import assert_allclose

from model.compile.city_economy import Economy
from model.compile.figures import Figures
from model.compile.margins import calibrated_emissions
from model.compile.provinces import ProvincialTables
from model.input_output.province_sums import sums
from model.labels import INVENTORY

RTOL = 1e-9


def every_product_is_sold(economy: Economy) -> None:
    """Output of each region-sector = domestic use that it supplies + exports abroad."""
    sold = economy.form.supply(use_of(economy)).sum(axis=2) + economy.export
    of_sector = economy.x.sum(axis=0)
    assert (np.abs(sold - economy.x) <= RTOL * of_sector).all()


def every_use_is_met(economy: Economy, tables: ProvincialTables) -> None:
    """Σ_r t + import share = 1: what a region uses, some region or another country supplies."""
    use = tables.use
    imported = np.divide(tables.imports, use, out=np.zeros_like(use), where=use > 0)
    imported = imported[economy.regions.province]
    used = use_of(economy)[:, :, 0] > 0
    met = economy.form.t.sum(axis=1).T + imported
    assert_allclose(met[used], 1.0, rtol=RTOL)
    assert economy.form.t.sum(axis=1).max() <= 1 + 1e-12


def every_input_is_paid(economy: Economy) -> None:
    """Inputs + value added = output, for each region-sector."""
    inputs = economy.form.a.sum(axis=1) * economy.x
    assert_allclose(inputs + economy.value_added, economy.x, rtol=RTOL)


def provinces_add_up(economy: Economy, tables: ProvincialTables) -> None:
    """Cities sum to the reconciled table: output, value added, exports, use, final demand."""
    province, provinces = economy.regions.province, tables.x.shape[0]
    for of_cities, of_province in (
        (economy.x, tables.x),
        (economy.value_added, tables.value_added),
        (economy.export, tables.export),
        (economy.d, tables.Y),
        (economy.form.a * economy.x[:, None, :], tables.Z),
    ):
        scale = np.abs(of_province).max()
        assert_allclose(
            sums(of_cities, province, provinces), of_province, rtol=RTOL, atol=RTOL * 1e-3 * scale
        )


def emissions_are_met(economy: Economy, figures: Figures) -> None:
    """Each city emits its calibrated CO₂, the sectors of each province its inventory."""
    production = figures.inventory.production
    assert_allclose(economy.F.sum(axis=1), calibrated_emissions(figures), rtol=RTOL)
    by_sector = sums(economy.F, economy.regions.province, production.shape[0])
    assert_allclose(by_sector, production, rtol=RTOL, atol=RTOL * 1e-3 * production.max())
    households = sums(economy.household_emissions, economy.regions.province, production.shape[0])
    assert_allclose(households, figures.inventory.households.sum(axis=1), rtol=RTOL)


def only_inventories_may_shrink(economy: Economy) -> None:
    """Everything but inventory change is non-negative."""
    for amount in (
        economy.form.t,
        economy.form.a,
        economy.x,
        economy.export,
        economy.F,
        economy.household_emissions,
        np.delete(economy.d, INVENTORY, axis=2),
    ):
        assert amount.min() >= 0.0


def the_basis_is_all_output(economy: Economy) -> None:
    """What all final demand and all exports call for is gross output."""
    of_sector = economy.x.sum(axis=0)
    assert (np.abs(economy.basis.sum(axis=2) - economy.x) <= RTOL * of_sector).all()


def accounts_add_up(economy: Economy) -> None:
    """Σ D_cba + Σ exported = Σ D_pba = Σ F, and embodied value added is value added."""
    found = economy.accounts()
    assert_allclose(found.D_cba.sum() + found.exported.sum(), found.D_pba.sum(), rtol=1e-12)
    assert_allclose(found.D_pba, economy.F.sum(axis=1), rtol=1e-8)
    embodied = economy.embodied_value_added().sum(axis=(0, 2))
    assert_allclose(embodied, economy.value_added.sum(axis=1), rtol=1e-8)


def use_of(economy: Economy) -> np.ndarray:
    """Return each region's use of every product, of any origin, 10⁴ CNY; (s, i, 1)."""
    intermediate = np.einsum("sij,sj->si", economy.form.a, economy.x)
    return (intermediate + economy.d.sum(axis=2))[:, :, None]
