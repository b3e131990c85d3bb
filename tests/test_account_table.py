"""Accounts by category, sector and product; value added; fuels."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose

from data.export.account_table import COLUMNS, account_table
from data.readers.figures import read_sectors
from data.readers.fuel_mix import read_fuel_mix
from model.footprints.accounts import by_emitting_sector
from model.footprints.embodied_intensity import embodied_by_emitter
from model.labels import CATEGORIES


@given(SEEDS)
def test_a_footprint_is_the_same_by_sector_of_emission_and_by_product_bought(seed: int) -> None:
    economy = economy_of(seed)
    M = embodied_by_emitter(economy.form, economy.S)
    in_use = np.einsum("ri,irs->si", M.sum(axis=0), economy.form.t)
    by_product = in_use[:, :, None] * economy.d
    by_sector = by_emitting_sector(economy.basis, economy.S)[:, :, :-1]
    D_cba = economy.accounts().D_cba
    assert_allclose(by_product.sum(axis=(1, 2)), D_cba, rtol=1e-8)
    assert_allclose(by_sector.sum(axis=(1, 2)), D_cba, rtol=1e-8)
    assert_allclose(by_product.sum(axis=1), by_sector.sum(axis=1), rtol=1e-7)


def test_what_is_emitted_abroad_by_sector_adds_up_to_production(small) -> None:
    by_sector = by_emitting_sector(small.basis, small.S)
    assert_allclose(by_sector.sum(axis=(0, 2)), small.F.sum(axis=0), rtol=1e-8)


@pytest.fixture(scope="module")
def table(small):
    return account_table(replace(small, year=2017)).set_index("region")


def test_every_column_is_explained(table) -> None:
    parts = ("D_cba_", "D_pba_", "region_code", "is_city")
    plain = {name for name in table.columns if not name.startswith(parts)}
    assert plain == set(COLUMNS)


def test_the_parts_of_an_account_add_up(table) -> None:
    by_category = sum(table[f"D_cba_{category}"] for category in CATEGORIES)
    assert_allclose(by_category, table["D_cba"], rtol=1e-9)
    assert_allclose(table.filter(like="D_cba_in_").sum(axis=1), table["D_cba"], rtol=1e-8)
    assert_allclose(table["local"] + table["emitted_by_others"], table["D_cba"], rtol=1e-9)
    made = table["local"] + table["emitted_for_others"] + table["exported"]
    assert_allclose(made, table["D_pba"], rtol=1e-9)


def test_flows_between_regions_cancel_in_the_nation(table) -> None:
    for out, into in (("emitted_for_others", "emitted_by_others"),
                      ("value_added_for_others", "value_added_by_others")):  # fmt: skip
        assert_allclose(table[out].sum(), table[into].sum(), rtol=1e-9)


def test_fuels_add_up_to_the_emissions_of_the_nation_s_sectors() -> None:
    """Coal burnt as such is most of the power sector's CO₂, process emissions most of cement's."""
    sectors = read_sectors()
    mix = read_fuel_mix(sectors)
    total = mix.share.sum(axis=1)
    assert_allclose(total[total > 0], 1.0)
    power, minerals = sectors.codes.index("s25"), sectors.codes.index("s13")
    assert mix.share[power, mix.fuels.index("raw_coal")] > 0.8
    assert mix.share[minerals, mix.fuels.index("process")] > 0.4
    F = np.outer([1.0, 2.0], np.arange(42.0))
    assert_allclose(mix.emissions(F).sum(axis=1), (F * (total > 0)).sum(axis=1))
