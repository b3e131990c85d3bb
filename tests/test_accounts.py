"""Production- and consumption-based accounts, against pymrio as an independent program.

Stadler, K. (2021): Pymrio – a Python based multi-regional input–output analysis toolbox, Journal of
Open Research Software 9(1), 8.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pymrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose

from model.footprints.accounts import Accounts, accounts, at_intensity, embodied_flows
from model.labels import GROUPS

ABROAD = "abroad"


@pytest.fixture(scope="module")
def oracle(small) -> pymrio.Extension:
    """What pymrio makes of the small economy.

    Exports are the final demand of one more region that produces nothing. Each city's emissions
    are a stressor of their own, so that footprints tell where they were emitted.
    """
    regions, sectors = small.x.shape
    names = list(small.regions.names)
    index = pd.MultiIndex.from_product([names, small.sectors.names], names=["region", "sector"])
    x = small.x.ravel()
    Z = small.form.dense() * x
    Y = small.form.final_demand(small.d).reshape(regions * sectors, -1, regions).sum(axis=1)
    of_regions = pd.MultiIndex.from_product(
        [[*names, ABROAD], ["final demand"]], names=["region", "category"]
    )
    F = np.einsum("rs,si->rsi", np.eye(regions), small.F).reshape(regions, -1)
    system = pymrio.IOSystem(
        Z=pd.DataFrame(Z, index=index, columns=index),
        Y=pd.DataFrame(np.column_stack([Y, small.export.ravel()]), index=index, columns=of_regions),
    )
    system.emissions = pymrio.Extension(
        "emissions", F=pd.DataFrame(F, index=pd.Index(names, name="stressor"), columns=index)
    )
    system.calc_all()
    assert_allclose(system.x.to_numpy()[:, 0], x, rtol=1e-9)
    return system.emissions


def test_embodied_flows_are_those_of_pymrio(small, oracle) -> None:
    names = list(small.regions.names)
    assert_allclose(small.accounts().C, oracle.D_cba_reg.loc[names, names], rtol=1e-8)


def test_production_based_accounts_are_those_of_pymrio(small, oracle) -> None:
    names = list(small.regions.names)
    produced = np.diag(oracle.D_pba_reg.loc[names, names])
    assert_allclose(small.accounts().D_pba, produced, rtol=1e-8)
    assert_allclose(small.accounts().D_pba, small.F.sum(axis=1), rtol=1e-9)


def test_consumption_based_accounts_are_those_of_pymrio(small, oracle) -> None:
    footprints = oracle.D_cba_reg[list(small.regions.names)].sum(axis=0)
    assert_allclose(small.accounts().D_cba, footprints, rtol=1e-8)


def test_emissions_in_foreign_exports_are_those_of_pymrio(small, oracle) -> None:
    assert_allclose(small.accounts().exported, oracle.D_cba_reg[ABROAD], rtol=1e-8)


@given(SEEDS)
def test_footprints_and_foreign_exports_add_up_to_production(seed: int) -> None:
    found = economy_of(seed).accounts()
    total = found.D_cba.sum() + found.exported.sum()
    assert total == pytest.approx(found.D_pba.sum(), rel=1e-12)


@given(SEEDS)
def test_embodied_value_added_is_value_added(seed: int) -> None:
    economy = economy_of(seed)
    embodied = economy.embodied_value_added()
    assert_allclose(embodied.sum(axis=(0, 2)), economy.value_added.sum(axis=1), rtol=1e-9)


@given(seed=st.integers(0, 10_000))
def test_groups_at_their_level_are_the_full_account_at_scaled_intensity(small, seed: int) -> None:
    level = np.random.default_rng(seed).uniform(0.2, 1.5, (len(small.regions), len(GROUPS)))
    recomputed = embodied_flows(small.basis, small.S * level[:, small.sectors.group])
    by_group = small.flows_by_group()
    for category, flows in enumerate(by_group):
        assert_allclose(at_intensity(flows, level), recomputed[category], rtol=1e-10)


def test_groups_together_are_the_account_of_the_table_s_own_year(small) -> None:
    together = small.flows_by_group().sum(axis=1)
    assert_allclose(accounts(together).C, small.accounts().C, rtol=1e-12)
    assert_allclose(accounts(together).exported, small.accounts().exported, rtol=1e-12)


def test_twice_the_intensity_is_twice_the_footprint(small) -> None:
    twice = replace(small, F=2.0 * small.F).accounts()
    assert_allclose(twice.D_cba, 2.0 * small.accounts().D_cba, rtol=1e-12)
    assert_allclose(twice.exported, 2.0 * small.accounts().exported, rtol=1e-12)


def test_two_regions_by_hand() -> None:
    """r emits 1 t for itself and 2 t for s; s emits 3 t for r and 6 t for itself."""
    C = np.array([[1.0, 2.0], [3.0, 6.0]])
    found = Accounts(C=C, exported=np.array([10.0, 20.0]))
    assert_allclose(found.D_pba, [13.0, 29.0])
    assert_allclose(found.D_cba, [4.0, 8.0])
    assert found.outsourced_share == pytest.approx(5 / 12)


def test_the_last_category_is_exports_by_origin() -> None:
    flows = np.arange(12.0).reshape(3, 2, 2)
    found = accounts(flows)
    assert_allclose(found.C, flows[0] + flows[1])
    assert_allclose(found.exported, [8.0 + 9.0, 10.0 + 11.0])
