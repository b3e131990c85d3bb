"""Compiling: provincial tables and city statistics become one balanced city economy."""

from dataclasses import fields, replace

import balances
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of, figures_of, tables_of
from numpy.testing import assert_allclose, assert_array_equal

from data.compiled.synthetic import small_economy
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced, fitted, ras
from model.compile.calibration import production_emissions
from model.compile.city_demand import city_demand, income_elasticities, on_curve
from model.compile.city_output import ProvinceStructure, city_output, prior_output
from model.compile.compile import compile_economy
from model.compile.nation import balanced
from model.compile.provinces import net_of_reexports, reconciled
from model.input_output.krylov import spectral_radius
from model.input_output.province_sums import sums, to_province
from model.labels import INVENTORY


@given(SEEDS)
def test_every_product_is_sold(seed: int) -> None:
    balances.every_product_is_sold(economy_of(seed))


@given(SEEDS)
def test_every_use_is_met_at_home_or_from_abroad(seed: int) -> None:
    balances.every_use_is_met(economy_of(seed), tables_of(seed))


@given(SEEDS)
def test_every_input_is_paid(seed: int) -> None:
    balances.every_input_is_paid(economy_of(seed))


@given(SEEDS)
def test_cities_add_up_to_their_provinces(seed: int) -> None:
    balances.provinces_add_up(economy_of(seed), tables_of(seed))


@given(SEEDS)
def test_cities_emit_their_calibrated_co2(seed: int) -> None:
    balances.emissions_are_met(economy_of(seed), figures_of(seed))


@given(SEEDS)
def test_only_inventories_may_shrink(seed: int) -> None:
    balances.only_inventories_may_shrink(economy_of(seed))


@given(SEEDS)
def test_accounts_add_up(seed: int) -> None:
    balances.the_basis_is_all_output(economy_of(seed))
    balances.accounts_add_up(economy_of(seed))


@given(SEEDS)
def test_a_compiled_economy_is_productive(seed: int) -> None:
    assert spectral_radius(economy_of(seed).form) < 1.0


@given(SEEDS)
def test_provinces_buy_what_provinces_sell(seed: int) -> None:
    tables = tables_of(seed)
    assert_allclose(tables.outflow.sum(axis=0), tables.inflow.sum(axis=0), rtol=1e-9)
    assert tables.outflow.min() >= 0.0
    assert tables.inflow.min() >= 0.0


@given(SEEDS)
def test_provinces_add_up_to_the_balanced_nation_cell_by_cell(seed: int) -> None:
    tables, nation = tables_of(seed), balanced(figures_of(seed).national)
    for name in ("Z", "Y", "export", "imports", "value_added", "x"):
        of_nation = getattr(nation, name)
        assert_allclose(
            getattr(tables, name).sum(axis=0), of_nation, rtol=1e-9, atol=1e-11 * of_nation.max()
        )


@given(SEEDS)
def test_reconciled_tables_balance(seed: int) -> None:
    tables = tables_of(seed)
    assert_allclose(tables.row_gap / tables.x, 0.0, atol=1e-9)
    assert_allclose(tables.column_gap / tables.x, 0.0, atol=1e-9)


@given(SEEDS, st.sampled_from([1e-8, 1e3]))
def test_tables_reconciled_in_another_unit_are_the_same_tables(seed: int, unit: float) -> None:
    figures, found = figures_of(seed), tables_of(seed)
    again = reconciled(in_unit(figures.tables, unit), in_unit(figures.national, unit))
    for field in fields(found):
        usual = unit * getattr(found, field.name)
        assert_allclose(
            getattr(again, field.name), usual, rtol=1e-7, atol=1e-9 * np.abs(usual).max()
        )


def in_unit(table, unit: float):
    """Return a table whose every amount is told in another unit of money."""
    return replace(table, **{one.name: unit * getattr(table, one.name) for one in fields(table)})


@given(SEEDS)
def test_the_balanced_nation_has_no_discrepancy_and_keeps_output_and_trade(seed: int) -> None:
    national = figures_of(seed).national
    found = balanced(national)
    supplied = found.x - found.export + found.imports
    assert_allclose(found.Z.sum(axis=1) + found.Y.sum(axis=1), supplied, rtol=1e-9)
    assert_allclose(found.x, national.x, rtol=1e-12)
    for kept in ("export", "imports", "value_added"):
        assert_array_equal(getattr(found, kept), getattr(national, kept))


@given(SEEDS)
def test_a_nation_without_discrepancy_is_left_alone(seed: int) -> None:
    once = balanced(figures_of(seed).national)
    assert_allclose(balanced(once).Z, once.Z, rtol=1e-9)
    assert_allclose(balanced(once).Y, once.Y, rtol=1e-9)


@given(SEEDS)
def test_inventories_move_to_the_nation_s_in_proportion_to_use(seed: int) -> None:
    reported, tables = figures_of(seed).tables, tables_of(seed)
    moved = tables.Y[:, :, INVENTORY] - reported.Y[:, :, INVENTORY]
    use = tables.use - tables.Y[:, :, INVENTORY]
    per_use = moved / use
    assert_allclose(per_use, np.broadcast_to(per_use[0], per_use.shape), rtol=1e-6, atol=1e-12)


def test_inventories_sold_off_leave_every_province_some_use() -> None:
    """One province reports to live on its stocks; others take over what would be too much."""
    figures = figures_of(0)
    Y = figures.tables.Y.copy()
    Y[0, :, INVENTORY] = -10.0 * figures.tables.use[0]
    found = reconciled(replace(figures.tables, Y=Y), figures.national)
    nation = balanced(figures.national)
    assert found.use.min() > 0.0
    assert_allclose(found.Y[:, :, INVENTORY].sum(axis=0), nation.Y[:, INVENTORY], rtol=1e-9)
    assert_allclose(found.row_gap / found.x, 0.0, atol=1e-9)


def test_imports_beyond_a_province_s_use_are_passed_on_to_the_others() -> None:
    figures = figures_of(0)
    imports = figures.tables.imports.copy()
    imports[0] *= 1e4
    national = replace(figures.national, imports=15.0 * figures.national.imports)
    found = reconciled(replace(figures.tables, imports=imports), national)
    assert_allclose(found.imports[0], found.use[0])
    assert (found.imports <= found.use * (1 + 1e-12)).all()
    assert_allclose(found.imports.sum(axis=0), national.imports, rtol=1e-9)


def test_what_no_province_reports_is_given_to_provinces_by_the_size_of_the_user() -> None:
    figures = figures_of(0)
    Z = figures.tables.Z.copy()
    Z[:, 0, 1] = 0.0
    found = reconciled(replace(figures.tables, Z=Z), figures.national)
    assert_allclose(found.Z[:, 0, 1].sum(), balanced(figures.national).Z[0, 1], rtol=1e-9)
    assert found.Z[:, 0, 1].min() > 0.0


@given(SEEDS)
def test_reconciling_takes_no_notice_of_goods_that_only_pass_through(seed: int) -> None:
    figures = figures_of(seed)
    tables = figures.tables
    through = replace(tables, export=tables.export + tables.x, imports=tables.imports + tables.x)
    found, net = (
        reconciled(reported, figures.national) for reported in (through, net_of_reexports(through))
    )
    assert_allclose(found.export, net.export)
    assert_allclose(found.outflow, net.outflow)


def test_a_second_compile_gives_the_same_bytes(small) -> None:
    first, second = small, small_economy()
    for name in ("d", "export", "x", "value_added", "F", "household_emissions", "basis"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes()
    assert first.form.t.tobytes() == second.form.t.tobytes()
    assert first.form.a.tobytes() == second.form.a.tobytes()


@given(SEEDS)
@settings(max_examples=8)
def test_who_buys_more_at_home_outsources_less(seed: int) -> None:
    shares = [
        compile_economy(figures_of(seed), Assumptions(home_weight=weight))
        .accounts()
        .outsourced_share
        for weight in (2.0, 20.0)
    ]
    assert shares[0] > shares[1]


@given(SEEDS)
def test_goods_that_only_pass_through_leave_both_sides_of_trade(seed: int) -> None:
    tables = figures_of(seed).tables
    through = replace(tables, outflow=tables.outflow + tables.x, inflow=tables.inflow + tables.x)
    net = net_of_reexports(through)
    assert_allclose(net.row_gap / net.x, tables.row_gap / tables.x, atol=1e-9)
    assert (net.export + net.outflow <= net.x * (1 + 1e-12)).all()


def test_goods_that_pass_through_by_hand() -> None:
    """Output 10, sold abroad 4 and to provinces 12: 6 only pass through."""
    tables = figures_of(0).tables
    amounts_of = {"x": 10.0, "export": 4.0, "outflow": 12.0, "imports": 5.0, "inflow": 4.0}
    one = {name: np.full_like(tables.x, amount) for name, amount in amounts_of.items()}
    net = net_of_reexports(replace(tables, **one))
    found = {name: float(getattr(net, name)[0, 0]) for name in amounts_of}
    assert found == {"x": 10.0, "export": 4.0, "outflow": 6.0, "imports": 3.0, "inflow": 0.0}


@st.composite
def two_tables(draw) -> tuple[np.ndarray, np.ndarray]:
    """Draw a prior and a table on the same cells, some of them empty."""
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 4), st.integers(1, 4)))
    empty = np.random.default_rng(draw(st.integers(0, 10_000))).random(shape) < 0.2
    prior, table = (np.where(empty, 0.0, draw(amounts(shape, 0.1, 10.0))) for _ in range(2))
    return prior, table


@given(two_tables())
def test_ras_meets_its_margins_and_keeps_zeros(tables) -> None:
    """Stone (1961); Miller & Blair 2009, section 7.4."""
    prior, table = tables
    found = ras(prior, table.sum(axis=2), table.sum(axis=1))
    assert_allclose(found.sum(axis=2), table.sum(axis=2), atol=1e-9)
    assert_allclose(found.sum(axis=1), table.sum(axis=1), atol=1e-9)
    assert_array_equal(found == 0, prior == 0)


@given(amounts((3, 4), 0.1, 10.0), amounts((3, 4), 0.1, 10.0))
def test_ras_only_scales_rows_and_columns(prior: np.ndarray, table: np.ndarray) -> None:
    """Least cross-entropy means found[i,j] = r[i]·prior[i,j]·s[j] (Bacharach 1970)."""
    factor = np.log(ras(prior, table.sum(axis=1), table.sum(axis=0)) / prior)
    by_row, by_column = factor.mean(axis=1, keepdims=True), factor.mean(axis=0)
    assert_allclose(factor, by_row + by_column - factor.mean(), atol=1e-9)


@given(two_tables())
def test_ras_leaves_a_balanced_table_alone(tables) -> None:
    _, table = tables
    assert_allclose(ras(table, table.sum(axis=2), table.sum(axis=1)), table, rtol=1e-13)


def test_an_empty_line_stays_empty() -> None:
    assert_array_equal(fitted(np.array([3.0, 4.0]), np.array([0.0, 2.0])), [1.0, 2.0])


def test_a_table_with_an_empty_line_cannot_be_balanced() -> None:
    prior = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    with pytest.raises(Unbalanced, match=r"row \(2,\) should sum to 2 but sums to 0"):
        ras(prior, np.array([1.0, 1.0, 2.0]), np.array([2.0, 2.0]), iterations=100)


def test_tables_of_unequal_totals_cannot_be_balanced() -> None:
    prior = np.ones((2, 2, 2))
    rows = np.array([[1.0, 1.0], [2.0, 4.0]])
    columns = np.array([[1.0, 1.0], [2.0, 2.0]])
    with pytest.raises(Unbalanced, match=r"row \(1, [01]\) should sum to"):
        ras(prior, rows, columns, iterations=100)


def test_totals_that_differ_by_rounding_only_are_no_obstacle() -> None:
    prior = np.ones((2, 2))
    found = ras(prior, np.array([1.0, 3.0]), np.array([2.0, 2.0]) * (1 + 1e-11))
    assert_allclose(found.sum(axis=1), [1.0, 3.0], rtol=1e-12)


def test_cities_are_scaled_to_their_province_and_nothing_stays_nothing() -> None:
    province = np.array([0, 0, 1])
    found = to_province(np.array([1.0, 3.0, 0.0]), np.array([8.0, 5.0]), province)
    assert_allclose(found, [2.0, 6.0, 0.0])
    assert_allclose(sums(found, province, 2), [8.0, 0.0])


def test_production_emissions_leave_households_out_but_never_all_of_a_city() -> None:
    """By hand: 100 t at home leave by head; the village keeps 5 % of its 10 t, then all scale."""
    found = production_emissions(
        city_total=np.array([290.0, 10.0]),
        population=np.array([50.0, 50.0]),
        households=np.array([100.0]),
        production=np.array([200.0]),
        province=np.array([0, 0]),
    )
    assert_allclose(found, np.array([240.0, 0.5]) * 200.0 / 240.5)


@pytest.mark.parametrize("capacity_weight", [0.0, 0.5])
def test_prior_output_follows_industries_and_power_plants(capacity_weight: float) -> None:
    structure = ProvinceStructure(
        x=np.array([100.0, 200.0]),
        value_added=np.array([50.0, 80.0]),
        emissions=np.array([10.0, 800.0]),
        industry=np.array([0, 1]),
    )
    value_added = np.array([[10.0, 60.0, 0.5], [40.0, 20.0, 0.5]])
    electricity = np.array([False, True])
    thermal = (np.array([0.0, 300.0]), capacity_weight)
    found = prior_output(structure, value_added, thermal, electricity, np.ones((2, 2)), 0.4)
    power = 200.0 * (1 - capacity_weight) * np.array([0.75, 0.25])
    power[1] += 200.0 * capacity_weight
    assert_allclose(found, np.column_stack([[20.0, 80.0], power]))


def test_an_undivided_province_keeps_its_own_table() -> None:
    structure = ProvinceStructure(
        x=np.array([100.0, 200.0]),
        value_added=np.array([50.0, 80.0]),
        emissions=np.array([10.0, 800.0]),
        industry=np.array([0, 1]),
    )
    found = city_output(structure, np.ones((1, 2)), np.ones((1, 3)), np.array([5.0]), tilt=1.5)
    assert_array_equal(found, [[100.0, 200.0]])


@given(
    emissions=amounts(3, 1e5, 1e7),
    value_added=amounts((3, 2), 1e4, 1e6),
    tilt=st.floats(0.0, 2.0),
)
def test_city_output_keeps_province_sums_and_city_value_added(
    emissions: np.ndarray, value_added: np.ndarray, tilt: float
) -> None:
    by_industry = value_added.sum(axis=0)
    structure = ProvinceStructure(
        x=np.array([0.6, 2.0, 1.0]) * by_industry[[0, 1, 1]],
        value_added=np.array([1.0, 0.6, 0.4]) * by_industry[[0, 1, 1]],
        emissions=np.array([1.0, 8.0, 1.0]) * by_industry[[0, 1, 1]],
        industry=np.array([0, 1, 1]),
    )
    prior = structure.x * (value_added / by_industry)[:, [0, 1, 1]]
    found = city_output(structure, prior, value_added, emissions, tilt)
    paid = found * structure.value_added / structure.x
    assert_allclose(found.sum(axis=0), structure.x, rtol=1e-9)
    assert_allclose(paid[:, 0], value_added[:, 0], rtol=1e-9)
    assert_allclose(paid[:, 1:].sum(axis=1), value_added[:, 1], rtol=1e-9)


def test_output_is_tilted_towards_emitting_sectors_where_the_city_emits_more() -> None:
    structure = ProvinceStructure(
        x=np.array([200.0, 200.0]),
        value_added=np.array([100.0, 100.0]),
        emissions=np.array([20.0, 200.0]),
        industry=np.array([0, 0]),
    )
    value_added = np.array([[100.0], [100.0]])
    prior = np.full((2, 2), 100.0)
    emissions = np.array([80.0, 140.0])
    found = city_output(structure, prior, value_added, emissions, tilt=3.0)
    intensity = structure.emissions / structure.x
    assert_allclose(found @ intensity, emissions, rtol=1e-6)
    flat = city_output(structure, prior, value_added, emissions, tilt=0.0)
    assert_allclose(flat, prior, rtol=1e-9)


def test_income_elasticities_are_recovered_where_they_hold_exactly() -> None:
    gdp = np.array([1e9, 4e9, 9e9, 2e9])
    population = np.array([1e6, 2e6, 3e6, 4e6])
    true = np.array([0.5, 1.0, 1.4])
    demand = population[:, None] * (gdp / population)[:, None] ** true * np.array([3.0, 1.0, 0.2])
    found = income_elasticities(demand, gdp, population)
    assert_allclose(found.value, true, rtol=1e-12)
    assert_allclose(found.standard_error, 0.0, atol=1e-12)


@pytest.mark.parametrize(("elasticity", "share"), [(0.0, [0.5, 0.5]), (1.0, [0.8, 0.2])])
def test_demand_follows_heads_or_incomes_by_its_elasticity(elasticity, share) -> None:
    provincial = np.ones((1, 3, 5))
    gdp, heads = np.array([8.0, 2.0]), np.array([1.0, 1.0])
    curves = on_curve(np.full(4, elasticity), np.zeros(4), heads)
    found = city_demand(provincial, curves, gdp / heads, np.ones((2, 4)), np.array([0, 0]))
    assert found.shape == (2, 3, provincial.shape[2] - 1)
    assert_allclose(found, np.broadcast_to(np.array(share)[:, None, None], found.shape))


def test_final_demand_but_inventories_keeps_the_product_mix_of_the_province(small) -> None:
    tables = tables_of(0)
    d = np.delete(small.d, INVENTORY, axis=2)
    mix = d / d.sum(axis=1, keepdims=True)
    final = np.delete(tables.Y, INVENTORY, axis=2)
    of_province = final / final.sum(axis=1, keepdims=True)
    assert_allclose(mix, of_province[small.regions.province], rtol=1e-9)


def test_every_part_of_the_economy_is_filled(small) -> None:
    assert all(getattr(small, field.name) is not None for field in fields(small))
    assert np.isfinite(small.basis).all()
