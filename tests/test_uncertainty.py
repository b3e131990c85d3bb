"""Draws of what figures and assumptions leave open, and ensembles of economies."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from invented import figures_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.command_line.data_report import beside_the_papers, report_sensitivity, report_spread
from analysis.economy import economies
from analysis.economy.headlines import headlines, per_head_demand
from data.compiled.uncertainty import drawn, read_ranges
from data.errors import InputError
from data.readers.figures import read_city_statistics, read_regions
from data.readers.published import read_published, read_thresholds
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.compile import compile_tables
from model.footprints.accounts import embodied_flows


@pytest.fixture
def of_the_invented(monkeypatch):
    """Ensembles of the invented figures in place of the real ones."""
    monkeypatch.setattr(economies, "read_figures", lambda _: figures_of(0))


def draw(seed: int, year: int = 2012):
    lasting, of_year = (np.random.default_rng(key) for key in ([seed], [seed, year]))
    return drawn(figures_of(0), Assumptions(), read_ranges(), lasting, of_year)


def test_every_range_has_a_unit_a_kind_and_a_source() -> None:
    for row in read_ranges():
        assert row.kind in {"normal", "uniform", "log-uniform"}
        assert row.unit
        assert len(row.source) > 20
        if row.kind != "normal":
            low, high = row.ends
            assert low < high
            assert low <= getattr(Assumptions(), row.quantity) <= high


def test_every_number_that_is_assumed_is_drawn_and_no_word_is() -> None:
    found = [draw(seed).assumptions for seed in range(2)]
    for field in fields(Assumptions):
        same = getattr(found[0], field.name) == getattr(found[1], field.name)
        is_choice = field.default is None or isinstance(field.default, str)
        assert same == is_choice, field.name


def test_draws_scatter_about_the_figures_by_their_spread() -> None:
    figures = figures_of(0)
    logs = np.log([draw(n).figures.statistics.co2 / figures.statistics.co2 for n in range(200)])
    whole = np.hypot(figures.statistics.co2_spread, figures.statistics.co2_spread_of_year)
    assert_allclose(logs.std(axis=0), whole, rtol=0.2)
    assert abs(logs.mean()) < 0.02


def test_two_years_share_lasting_errors_and_differ_by_those_of_the_year() -> None:
    spread = figures_of(0).statistics.co2_spread_of_year
    pairs = [(draw(n), draw(n, 2017)) for n in range(200)]
    change = np.log([b.figures.statistics.co2 / a.figures.statistics.co2 for a, b in pairs])
    assert_allclose(change.std(axis=0), np.sqrt(2) * spread, rtol=0.2)
    first, later = pairs[0]
    assert first.assumptions == later.assumptions
    assert_array_equal(first.leanings.demand, later.leanings.demand)
    assert_array_equal(first.figures.statistics.gdp, later.figures.statistics.gdp)


def test_a_year_s_error_of_a_province_moves_all_its_sectors_alike() -> None:
    a, b = (draw(3, year).figures.inventory.production for year in (2012, 2017))
    assert_allclose(b / a, np.broadcast_to((b / a)[:, :1], a.shape), rtol=1e-12)
    assert np.abs(b / a - 1.0).max() > 0.005


def test_cities_without_investment_err_more_about_their_capital_formation() -> None:
    known = np.isfinite(figures_of(0).demand.investment.per_head[0])
    capital = np.log([draw(n).leanings.demand[:, 3] for n in range(400)])
    assert capital.std(axis=0)[~known].mean() > capital.std(axis=0)[known].mean()


def test_an_estimated_inventory_is_less_certain_than_a_reported_one() -> None:
    statistics = read_city_statistics(2012, read_regions())
    sure = statistics.co2_spread[~statistics.co2_estimated]
    assert sure.max() < statistics.co2_spread[statistics.co2_estimated].min() + 1e-12
    assert np.isfinite(statistics.co2_spread).all()


def test_a_drawn_economy_is_balanced_and_not_the_compiled_one(small) -> None:
    chosen = draw(3)
    tables = compile_tables(chosen.figures, chosen.assumptions, chosen.leanings)
    use = np.einsum("sij,sj->si", tables.form.a, tables.x) + tables.d.sum(axis=2)
    sold = tables.form.supply(use[:, :, None])[:, :, 0] + tables.export
    assert_allclose(sold, tables.x, rtol=1e-7)
    assert_allclose(tables.form.a.sum(axis=1) * tables.x + tables.value_added, tables.x, rtol=1e-8)
    assert np.abs(tables.x / small.x - 1).max() > 0.01


def test_the_same_seed_and_number_give_the_same_draw(of_the_invented) -> None:
    first, again, other = (economies.one_draw(2012, 7, n) for n in (4, 4, 5))
    assert_array_equal(first.D_cba, again.D_cba)
    assert np.abs(first.D_cba - other.D_cba).max() > 0


def test_an_ensemble_keeps_the_order_and_counts_what_cannot_be_balanced(of_the_invented) -> None:
    def broken(year: int) -> economies.Evaluated:
        raise Unbalanced("row 0 should sum to 1 but sums to 2")

    tasks = [
        (economies.one_draw, (2012, 0, 0)),
        (broken, (2012,)),
        (economies.one_draw, (2012, 0, 1)),
    ]
    told: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as pool:
        found, failed = economies.evaluate_all(
            tasks, pool, lambda done, of: told.append((done, of))
        )
    assert [one.name for one in found] == ["draw 0", "draw 1"]
    assert failed == 1
    assert told[-1] == (3, 3)


def test_changing_an_assumption_changes_the_economy_and_nothing_else_does(of_the_invented) -> None:
    as_compiled = economies.one_variant(2012, "as compiled")
    for name in economies.variants(2012):
        moved = np.abs(economies.one_variant(2012, name).D_cba / as_compiled.D_cba - 1).max()
        same = name == "as compiled" or name in economies.READINGS
        assert (moved > 1e-6) == (not same), name


def test_other_readings_of_demand_change_who_is_affluent_alone(small) -> None:
    rows = {
        counted: {row.quantity: row.value for row in headlines(small, flows, counted)}
        for flows in [embodied_flows(small.basis, small.S)]
        for counted in ("all", "without government", "without imports")
    }
    by_head = {counted: per_head_demand(small, counted) for counted in rows}
    assert (by_head["without government"] < by_head["all"]).all()
    assert (by_head["without imports"] < by_head["all"]).all()
    assert rows["all"]["footprint_total"] == rows["without government"]["footprint_total"]


def test_prices_are_varied_only_where_they_matter() -> None:
    assert set(economies.variants(2017)) - set(economies.variants(2012)) == {
        "three industries' prices"
    }


def test_headlines_are_the_same_from_the_basis_and_from_embodied_intensities(small) -> None:
    from_basis = headlines(small, embodied_flows(small.basis, small.S))
    for row, other in zip(from_basis, economies.evaluated("small", small).headlines, strict=True):
        assert row.value == pytest.approx(other.value, rel=1e-8), row.what


def test_headlines_of_a_city_on_its_own_outsource_nothing(small) -> None:
    t = np.zeros_like(small.form.t)
    regions = np.arange(t.shape[1])
    t[:, regions, regions] = small.form.t.sum(axis=1)
    alone = replace(small, form=replace(small.form, t=t))
    found = {row.quantity: row for row in economies.evaluated("alone", alone).headlines}
    assert found["outsourced_share_2012"].value == pytest.approx(0.0, abs=1e-9)
    assert found["intercity_footprint"].value == pytest.approx(0.0, abs=1e-9)
    assert found["outsourced_share_2012"].obtained == "calibrated"
    assert found["footprint_total"].obtained == "free"


def test_published_figures_and_thresholds_are_apart() -> None:
    published, thresholds = read_published(), read_thresholds()
    assert not set(published) & set(thresholds)
    assert published["footprint_total"].number == 7324
    assert published["dirtiest_provinces"].value.startswith("Guizhou")
    assert thresholds["peak_cae"] == 12.2


def test_no_equation_and_no_economy_reads_a_published_figure() -> None:
    """Only comparisons may; the compile and the headlines must not know the targets."""
    root = Path(__file__).resolve().parent.parent
    readers = [
        file
        for room in ("model", "data", "scenarios", "simulation")
        for file in (root / room).rglob("*.py")
        if "read_published" in file.read_text(encoding="utf-8")
    ]
    assert [file.name for file in readers] == ["published.py"]


def test_figures_of_one_year_are_not_held_against_those_of_another(small, capsys) -> None:
    found = headlines(small, embodied_flows(small.basis, small.S))
    beside_the_papers(found, 2012)
    assert "7,324" in capsys.readouterr().out
    beside_the_papers(found, 2017)
    assert "7,324" not in capsys.readouterr().out


def test_a_report_of_draws_shows_and_writes_their_spread(of_the_invented, small, tmp_path, capsys):
    drawn_ones = [economies.one_draw(2012, 0, n) for n in range(3)]
    compiled = headlines(small, embodied_flows(small.basis, small.S))
    report_spread(small, compiled, drawn_ones, 1, tmp_path)
    assert "3 drawn economies; 1 could not be balanced" in capsys.readouterr().out
    spread = pd.read_csv(tmp_path / "spread.csv").set_index("figure")
    each = [
        row.value
        for one in drawn_ones
        for row in one.headlines
        if row.quantity == "footprint_total"
    ]
    assert spread.loc["footprint of the cities", "median"] == pytest.approx(np.median(each))
    cities = pd.read_csv(tmp_path / "cities.csv")
    assert (cities["low_5"] <= cities["high_95"]).all()
    assert len(cities) == 3 * 8


def test_a_spread_needs_three_draws(small) -> None:
    with pytest.raises(InputError, match="9 draws made no balanced economy; 0 are left"):
        report_spread(small, [], [], 9, None)


def test_a_report_of_sensitivity_shows_every_variant(of_the_invented, tmp_path, capsys) -> None:
    names = list(economies.variants(2012))[:3]
    report_sensitivity([economies.one_variant(2012, name) for name in names], 0, tmp_path)
    assert all(name in capsys.readouterr().out for name in names[:1])
    assert list(pd.read_csv(tmp_path / "sensitivity.csv")["assumption"]) == names
