"""Tables at the prices of an earlier year, and the national table of a year without one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from invented import SEEDS, amounts, figures_of, tables_of
from numpy.testing import assert_allclose, assert_array_equal

from data.readers.figures import read_national_series, read_regions, read_sectors
from data.readers.io_tables import national_table_of, read_national_table, read_provincial_tables
from model.compile.balancing import Unbalanced
from model.compile.carrying import carried, sum_of_provinces
from model.compile.deflation import deflated
from model.compile.nation import balanced
from model.compile.solvency import solvent


@given(SEEDS, amounts(5, 0.7, 1.4))
def test_deflated_tables_balance_and_their_trade_closes(seed: int, price: np.ndarray) -> None:
    tables = deflated(tables_of(seed), price)
    assert_allclose(tables.row_gap / tables.x, 0.0, atol=1e-9)
    assert_allclose(tables.column_gap / tables.x, 0.0, atol=1e-9)
    assert_allclose(tables.outflow.sum(axis=0), tables.inflow.sum(axis=0), rtol=1e-9)
    assert (tables.value_added > 0).all()


@given(SEEDS)
def test_where_all_prices_move_alike_only_the_unit_changes(seed: int) -> None:
    tables = tables_of(seed)
    halved = deflated(tables, np.full(5, 2.0))
    for name in ("Z", "Y", "export", "outflow", "imports", "inflow", "x", "value_added"):
        assert_allclose(getattr(halved, name), getattr(tables, name) / 2, rtol=1e-12)


def test_real_value_added_is_what_the_column_leaves() -> None:
    """By hand: inputs 40 at index 0.8 and 20 at 1.0 cost 70 at old prices; output 100 at 1.25."""
    tables = tables_of(0)
    one = replace(
        tables,
        Z=np.array([[[40.0, 0.0], [20.0, 0.0]]]),
        Y=np.zeros((1, 2, 5)),
        x=np.array([[125.0, 1.0]]),
        value_added=np.array([[65.0, 1.0]]),
        **dict.fromkeys(("export", "outflow", "imports", "inflow"), np.zeros((1, 2))),
    )
    found = deflated(one, np.array([0.8, 1.0]))
    assert_allclose(found.value_added, [[125.0 / 0.8 - 70.0, 1.0]])


def test_a_sector_squeezed_by_prices_keeps_half_of_its_value_added_ratio() -> None:
    tables = tables_of(0)
    price = np.array([1.0, 6.0, 1.0, 1.0, 1.0])
    found = deflated(tables, price)
    ratio = (found.value_added / found.x) / (tables.value_added / tables.x)
    assert_allclose(ratio[:, 1].min(), 0.5, rtol=1e-9)
    plain = tables.x / price - (tables.Z / price[:, None]).sum(axis=1)
    assert_allclose(found.value_added.sum(axis=1), plain.sum(axis=1), rtol=1e-9)
    assert_allclose(found.Z.sum(axis=2), (tables.Z / price[:, None]).sum(axis=2), rtol=1e-9)


def test_a_loss_is_made_good_by_the_province_s_other_sectors() -> None:
    Z = np.array([[[5.0, 5.0], [6.0, 4.0]], [[1.0, 1.0], [1.0, 1.0]]])
    value_added = np.array([[-1.0, 11.0], [8.0, 8.0]])
    found, earned = solvent(Z, value_added, np.full((2, 2), 0.5))
    assert_allclose(earned, [[0.5, 9.5], [8.0, 8.0]])
    assert_allclose(found.sum(axis=2), Z.sum(axis=2))
    assert_allclose(found.sum(axis=1) + earned, Z.sum(axis=1) + value_added)
    assert_array_equal(found[1], Z[1])


def test_a_province_that_only_loses_cannot_be_mended() -> None:
    with pytest.raises(Unbalanced, match="value added"):
        solvent(np.ones((1, 2, 2)), np.array([[-1.0, 0.1]]), np.zeros((1, 2)))


@given(SEEDS)
def test_a_nation_carried_to_its_own_year_comes_back(seed: int) -> None:
    figures = figures_of(seed)
    total = sum_of_provinces(figures.tables)
    industry = figures.sectors.industry
    earned = np.bincount(industry, total.value_added)
    found = carried(total, total, total, total.x, earned, industry)
    for name in ("Z", "Y", "export", "imports", "value_added"):
        assert_allclose(getattr(found, name), getattr(total, name), rtol=1e-9)


@pytest.fixture(scope="module")
def nation_2017():
    regions, sectors = read_regions(), read_sectors()
    tables = read_provincial_tables(2017, regions, sectors)
    return balanced(national_table_of(2017, tables, regions, sectors))


def test_the_nation_of_2017_earns_what_the_national_accounts_say(nation_2017) -> None:
    """83.2 tn CNY (National Bureau of Statistics, after the economic census of 2018)."""
    gdp = read_national_series("gdp_current_prices")[2017] * 1e4
    assert_allclose(nation_2017.value_added.sum(), gdp, rtol=1e-3)


def test_the_nation_of_2017_invests_less_than_its_provinces_report(nation_2017) -> None:
    known = read_national_table(2012, read_sectors())
    share = [table.Y[:, 3].sum() / table.Y.sum() for table in (known, nation_2017)]
    assert 0.35 < share[1] < 0.50
    assert abs(share[1] - share[0]) < 0.05
