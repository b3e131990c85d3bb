"""The economy handed to other programs: dense tables, Parquet, pymrio.

Stadler, K. (2021): Pymrio – a Python based multi-regional input–output analysis toolbox, Journal of
Open Research Software 9(1), 8.
"""

import errno
import json
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pymrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from data.errors import InputError
from data.export import parquet_folder
from data.export.chosen_regions import dense
from data.export.export import export
from data.export.origin import REST
from data.export.parquet_folder import write_parquet
from data.export.pymrio_system import ABROAD, to_pymrio
from data.export.region_names import position_of
from data.readers.figures import read_regions
from model.footprints.accounts import Accounts
from model.input_output import leontief
from model.labels import CATEGORIES

CITIES = [f"City {letter}" for letter in "ABCDEFGH"]
SUBSETS = st.lists(st.sampled_from(CITIES), min_size=1, unique=True)
FEW = ["City C", "City A"]


def blocks(small) -> tuple[np.ndarray, np.ndarray]:
    """Z as (r, i, s, j) and Y as (r, i, s, k) of the small economy, straight from the equations."""
    t, a = small.form.t, small.form.a
    return (
        np.einsum("irs,sij,sj->risj", t, a, small.x),
        np.einsum("irs,sik->risk", t, small.d),
    )


def accounts_of(table) -> Accounts:
    """Footprints by the dense Leontief solution of the table alone."""
    n, regions, demands = table.x.size, len(table.regions), len(table.demands)
    A = leontief.technical_coefficients(table.Z, table.x.ravel())
    Y = np.column_stack([table.Y, table.export.ravel()])
    S = (table.F / table.x).ravel()
    emitted = (S[:, None] * np.linalg.solve(np.eye(n) - A, Y)).reshape(regions, -1, demands + 1)
    by_user = emitted.sum(axis=1)
    C = by_user[:, :-1].reshape(regions, regions, -1).sum(axis=2)
    return Accounts(C=C, exported=by_user[:, -1])


@given(SEEDS, SUBSETS)
def test_rows_and_columns_balance_for_any_choice_of_regions(seed: int, chosen) -> None:
    table = dense(economy_of(seed), chosen)
    x, tolerance = table.x.ravel(), 1e-9 * table.x.max()
    Z, Y = table.Z, table.Y
    sold = Z.sum(axis=1) + Y.sum(axis=1) + table.export.ravel()
    paid = Z.sum(axis=0) + table.imports.ravel() + table.value_added.ravel()
    assert_allclose(sold, x, rtol=0, atol=tolerance)
    assert_allclose(paid, x, rtol=0, atol=tolerance)


@given(SEEDS, SUBSETS)
def test_final_demand_is_met_by_deliveries_and_imports(seed: int, chosen) -> None:
    economy = economy_of(seed)
    table = dense(economy, chosen)
    met = table.Y.sum() + table.Y_imports.sum()
    assert met == pytest.approx(economy.d.sum(), rel=1e-12)


@given(SUBSETS)
def test_national_totals_do_not_depend_on_the_choice(small, chosen) -> None:
    table, whole = dense(small, chosen), dense(small)
    for name in ("Z", "Y", "Z_imports", "Y_imports", "export", "value_added", "x", "F",
                 "household_emissions", "population"):  # fmt: skip
        of_table, of_whole = getattr(table, name).sum(), getattr(whole, name).sum()
        assert of_table == pytest.approx(of_whole, rel=1e-12), name


@given(SUBSETS)
def test_chosen_regions_keep_their_flows_and_the_rest_is_the_sum(small, chosen) -> None:
    table = dense(small, chosen)
    place = [CITIES.index(name) for name in chosen]
    rest = [r for r in range(len(CITIES)) if r not in place]
    groups = [[r] for r in place] + ([rest] if rest else [])
    for found, flows in zip((table.Z, table.Y), blocks(small), strict=True):
        merged = np.array([[flows[g][:, :, h].sum(axis=(0, 2)) for h in groups] for g in groups])
        expected = merged.transpose(0, 2, 1, 3).reshape(found.shape)
        assert_allclose(found, expected, rtol=1e-12, atol=1e-9)


def test_all_regions_together_give_total_output(small) -> None:
    table = dense(small)
    assert table.regions == small.regions.names
    assert_array_equal(table.x, small.x)
    assert_allclose(table.Z, small.form.dense() * small.x.ravel(), rtol=1e-12)
    assert REST not in dense(small, CITIES).regions


def test_regions_are_named_by_name_or_code_and_keep_the_order_asked_for(small) -> None:
    table = dense(small, ["city c", " CITY A ", small.regions.codes[4], "City C"])
    assert table.regions == ("City C", "City A", "City E", REST)
    assert_array_equal(table.x[0], small.x[2])


def test_an_unknown_region_is_answered_with_the_nearest(small) -> None:
    china = replace(small, regions=read_regions())
    with pytest.raises(InputError, match=r"BEIJNG: no such region; did you mean Beijing"):
        dense(china, ["Shanghai", "BEIJNG"])
    with pytest.raises(InputError, match=r"110001: no such region; regions.csv lists"):
        dense(china, ["110001"])


def test_a_region_is_found_by_its_chinese_name_and_by_what_is_unique_of_its_name(small) -> None:
    regions = read_regions()
    for word, name in (("唐山", "Tangshan"), ("唐山市", "Tangshan"), ("苏州", "Suzhou (Jiangsu)")):
        assert regions.names[position_of(word, regions)] == name


def test_a_name_that_two_cities_share_is_answered_with_both() -> None:
    said = r"Suzhou: several .*Suzhou \(Jiangsu\) \(320500\) and Suzhou \(Anhui\) \(341300\)"
    with pytest.raises(InputError, match=said):
        position_of("Suzhou", read_regions())


@pytest.mark.parametrize("word", ["Hebei", "河北", "河北省"])
def test_a_province_is_said_to_be_one(word) -> None:
    with pytest.raises(InputError, match=r"a province, not a region; .*Tangshan"):
        position_of(word, read_regions())


@pytest.mark.parametrize("chosen", [None, FEW])
def test_parquet_gives_back_the_table_to_the_bit(small, tmp_path, chosen) -> None:
    table = dense(small, chosen)
    export(small, tmp_path / "out", chosen, "parquet")
    read = {file.stem: pd.read_parquet(file) for file in (tmp_path / "out").glob("*.parquet")}
    for name in ("Z", "Y", "Z_imports", "Y_imports"):
        assert_array_equal(read[name].to_numpy(), getattr(table, name))
        labels = table.demands if name.startswith("Y") else table.rows
        assert read[name].columns.str.split("|", expand=True).to_list() == labels.to_list()
    assert read["Z"].index.equals(table.rows)
    assert read["Y"].index.equals(table.rows)
    for name in ("x", "value_added", "imports", "export", "F"):
        assert_array_equal(read["sectors"][name], getattr(table, name).ravel())
    assert tuple(read["regions"].index) == table.regions
    assert tuple(read["regions"]["code"]) == table.codes
    assert_array_equal(read["regions"]["population"], table.population)


@pytest.mark.parametrize("chosen", [None, FEW])
def test_written_region_by_region_it_is_the_same_as_at_once(small, tmp_path, chosen) -> None:
    table = dense(small, chosen)
    write_parquet(table, tmp_path / "once")
    write_parquet(table, tmp_path / "stream", cells=1)
    for name in ("Z.parquet", "Y.parquet"):
        once, stream = (tmp_path / folder / name for folder in ("once", "stream"))
        pd.testing.assert_frame_equal(
            pd.read_parquet(once), pd.read_parquet(stream), check_exact=True
        )
        groups = parquet_folder.pq.ParquetFile(stream).num_row_groups
        assert groups == len(table.regions)


def test_the_folder_says_units_labels_source_and_terms(small, tmp_path) -> None:
    export(small, tmp_path / "out", FEW)
    labels = json.loads((tmp_path / "out" / "metadata.json").read_text(encoding="utf-8"))
    notes = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert labels["year"] == small.year
    assert labels["units"]["F"] == "t CO2 a year"
    assert labels["regions"] == {"x02": "City C", "x00": "City A", "rest": REST}
    assert "DATA-LICENCE.md" in notes
    assert "10,000 CNY a year at prices of 2012" in notes
    assert f"`{REST}` is the sum" in notes


@pytest.mark.parametrize("chosen", [None, FEW])
def test_pymrio_finds_the_same_output_and_footprints(small, chosen) -> None:
    table = dense(small, chosen)
    own = accounts_of(table)
    system = to_pymrio(table).calc_all()
    regions = list(table.regions)
    output = pymrio.calc_x(system.Z, system.Y)["indout"]
    assert_allclose(output[table.rows], table.x.ravel(), rtol=1e-9)
    footprints = system.emissions.D_cba_reg.loc["CO2"]
    produced = system.emissions.D_pba_reg.loc["CO2"]
    assert_allclose(footprints[regions], own.D_cba, rtol=1e-9)
    assert_allclose(produced[regions], own.D_pba, rtol=1e-9)
    assert_allclose(produced[regions], table.F.sum(axis=1), rtol=1e-9)
    assert footprints[ABROAD] == pytest.approx(own.exported.sum(), rel=1e-9)
    assert produced[ABROAD] == 0


def test_pymrio_finds_the_footprints_of_our_accounts(small) -> None:
    own = small.accounts()
    found = to_pymrio(dense(small)).calc_all().emissions.D_cba_reg.loc["CO2"]
    assert_allclose(found[CITIES], own.D_cba, rtol=1e-9)
    assert found[ABROAD] == pytest.approx(own.exported.sum(), rel=1e-9)


def test_value_added_and_imports_embodied_in_final_demand_are_final_demand(small) -> None:
    """Every yuan spent is value added somewhere, or an import."""
    table = dense(small, FEW)
    system = to_pymrio(table).calc_all()
    bought = np.concatenate([table.Y, table.Y_imports])
    spent = bought.reshape(-1, len(table.regions), len(CATEGORIES)).sum(axis=(0, 2))
    embodied = system.factor_inputs.D_cba_reg[list(table.regions)].sum(axis=0)
    assert_allclose(embodied, spent, rtol=1e-9)


def test_what_pymrio_saved_it_reads_and_aggregates(small, tmp_path) -> None:
    export(small, tmp_path / "china.2012", FEW, "pymrio")
    system = pymrio.load_all(tmp_path / "china.2012").calc_all()
    expected = to_pymrio(dense(small, FEW)).calc_all()
    pd.testing.assert_frame_equal(system.Z, expected.Z, check_exact=True)
    pd.testing.assert_frame_equal(system.emissions.D_cba, expected.emissions.D_cba)
    system.aggregate(region_agg=["cities", "cities", "rest", ABROAD])
    assert_allclose(system.emissions.D_pba_reg.sum(axis=1), small.F.sum(), rtol=1e-9)
    assert "pymrio.load_all" in (tmp_path / "china.2012" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["parquet", "pymrio"])
def test_a_folder_that_is_there_is_left_alone(small, tmp_path, form) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(InputError, match=r"mine: is there already; nothing was overwritten"):
        export(small, tmp_path / "mine", FEW, form)
    assert list(tmp_path.rglob("*")) == [tmp_path / "mine"]


def test_a_full_disk_leaves_nothing_behind(small, tmp_path, monkeypatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet_folder.pq, "write_table", full_disk)
    with pytest.raises(InputError, match=r"out: cannot be written \(No space left on device\)"):
        export(small, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_without_pymrio_the_way_out_is_told(small, tmp_path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with pytest.raises(InputError, match=r"pip install 'quotapolis\[import\]'"):
        export(small, tmp_path / "out", FEW, "pymrio")
    assert list(tmp_path.iterdir()) == []
    export(small, tmp_path / "out", FEW, "parquet")


def test_an_unknown_format_is_answered_with_the_known(small, tmp_path) -> None:
    with pytest.raises(InputError, match=r"parkett: no such format; did you mean parquet"):
        export(small, tmp_path / "out", FEW, "parkett")
