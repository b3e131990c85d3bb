"""Liu et al. 2015 reproduced: exports, factors and few cells; and five cities after 2012."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.economy.pair import Pair, pair
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.reproduce import after2012
from analysis.reproduce.chapter import OBTAINED, Chapter
from analysis.reproduce.liu2015 import chapter as liu2015
from analysis.reproduce.liu2015.cells import BEST, MEAN, WORLD, overview, ranking, targets
from analysis.reproduce.liu2015.exports import Year, by_city, by_province, dirtiest, year_of
from analysis.reproduce.liu2015.factors import COUNTERPARTS, abroad, factors
from analysis.reproduce.liu2015.targeting import adoption, effects
from data.readers.published import read_published
from data.readers.world_ratios import read_world_ratios
from model.compile.city_economy import Economy
from model.footprints.embodied_intensity import total_intensity
from model.footprints.provincial_exports import imports, like_the_nation
from model.footprints.targeted import adopted

TARGETS = st.sampled_from([BEST, "cleanest quarter of output", MEAN, WORLD])


@pytest.fixture(scope="module")
def couple() -> Pair:
    return pair(economy_of(0), replace(economy_of(1), year=2017))


@pytest.fixture(scope="module")
def years(couple) -> tuple[Year, Year]:
    return (
        year_of(couple.earlier, couple.accounts[0]),
        year_of(couple.later, couple.accounts[1]),
    )


@pytest.fixture(scope="module")
def chapter(couple) -> Chapter:
    return liu2015.chapter(economy_of(0), couple)


def year(economy: Economy) -> Year:
    return year_of(economy, economy.accounts())


@given(SEEDS)
def test_what_is_shipped_and_what_is_emitted_for_exports_is_the_same_in_total(seed: int) -> None:
    found = year(economy_of(seed))
    assert found.shipped.sum() == pytest.approx(found.emitted.sum(), rel=1e-8)
    assert found.exports.embodied.sum() == pytest.approx(found.shipped.sum(), rel=1e-9)
    assert found.emitted_in_provinces.sum() == pytest.approx(found.emitted.sum(), rel=1e-9)


def test_tables_by_province_and_city_hold_all_of_it(years) -> None:
    provinces, cities = by_province(years[0]), by_city(years)
    for table, column in (
        (provinces, "embodied_in_shipments_mt"),
        (provinces, "emitted_for_exports_mt"),
        (cities, "embodied_in_shipments_2012_mt"),
        (cities, "emitted_for_exports_2012_mt"),
    ):
        assert 1e6 * table[column].sum() == pytest.approx(years[0].emitted.sum(), rel=1e-8)
    assert list(provinces["province"]) == dirtiest(years[0])
    assert provinces["t_per_10k_cny"].is_monotonic_decreasing


def test_a_province_twice_as_dirty_leads_the_list(small) -> None:
    last = small.regions.province == 2
    dirty = replace(small, F=np.where(last[:, None], 100.0, 1.0) * small.F)
    assert dirtiest(year_of(dirty, small.accounts()))[0] == "x2"


@pytest.mark.parametrize("reading", COUNTERPARTS)
def test_factors_add_up_to_the_difference_from_the_counterpart(years, reading: str) -> None:
    found = {each.reading: each for each in factors(years)}[reading]
    counterpart = like_the_nation(years[0].exports, COUNTERPARTS[reading](years[0]))
    difference = years[0].exports.embodied - counterpart.embodied
    sums = found.effects.volume + found.effects.mix + found.effects.intensity
    assert_allclose(sums, difference, rtol=1e-9, atol=1e-6)
    assert_allclose(1e6 * found.table["difference_mt"], difference, atol=2.0)
    assert sum(found.weight.values()) == pytest.approx(1.0)


def test_differences_from_the_nation_cancel_out(years) -> None:
    for each in factors(years)[: len(COUNTERPARTS)]:
        total = each.effects.volume + each.effects.mix + each.effects.intensity
        assert total.sum() == pytest.approx(0.0, abs=1e-6 * years[0].emitted.sum())


def test_per_unit_of_exports_volume_explains_nothing(years) -> None:
    found = factors(years)[0]
    assert_allclose(found.effects.volume, 0.0, atol=1e-6)
    assert found.weight["volume"] == pytest.approx(0.0, abs=1e-12)


def test_between_the_years_factors_add_up_to_the_change(years) -> None:
    found = factors(years)[len(COUNTERPARTS)]
    change = years[1].exports.embodied - years[0].exports.embodied
    sums = found.effects.volume + found.effects.mix + found.effects.intensity
    assert_allclose(sums, change, rtol=1e-9, atol=1e-6)


def test_the_nation_s_factors_add_up_to_exports_less_imports(years) -> None:
    """Imports as made with the key sectors' intensities of the world, weighted as exports are."""
    tables, found = years[0].tables, abroad(years[0])
    there = total_intensity(tables.form, tables.S * read_world_ratios(tables.sectors))
    weight = tables.export / tables.export.sum(axis=0)
    bought = imports(tables.form, tables.x, tables.d).sum(axis=0)
    embodied = (bought * (weight * there).sum(axis=0)).sum()
    sums = found.effects.volume + found.effects.mix + found.effects.intensity
    assert sums[0] == pytest.approx(years[0].shipped.sum() - embodied, rel=1e-9)
    assert found.effects.intensity[0] > 0


@given(SEEDS, TARGETS)
def test_reaching_a_target_never_raises_an_intensity_and_totals_fall(seed, name: str) -> None:
    economy = economy_of(seed)
    target = targets(economy)[name]
    lowered = adopted(economy.S, target.intensity, target.cells)
    assert (lowered <= economy.S).all()
    before, after = economy.accounts(), adoption(economy, target)
    assert (after.D_pba <= before.D_pba * (1 + 1e-9)).all()
    assert (after.D_cba <= before.D_cba * (1 + 1e-9)).all()
    assert (after.exported <= before.exported * (1 + 1e-9)).all()


@given(SEEDS, TARGETS)
def test_the_few_cells_save_at_least_half_of_what_is_reachable(seed, name: str) -> None:
    economy = economy_of(seed)
    target = targets(economy)[name]
    fallen = (economy.accounts().D_pba - adoption(economy, target).D_pba).sum()
    r, i = target.cells.T
    assert fallen == pytest.approx(target.saved[r, i].sum(), rel=1e-6, abs=1.0)
    assert fallen >= 0.5 * target.saved.sum() * (1 - 1e-6) - 1.0


@given(SEEDS)
def test_a_wider_target_asks_for_less(seed: int) -> None:
    economy = economy_of(seed)
    found = targets(economy)
    wider = found["cleanest quarter of output"]
    assert (found[BEST].intensity <= wider.intensity).all()
    assert wider.saved.sum() <= found[BEST].saved.sum()


def test_the_world_is_a_target_for_key_sectors_only(small) -> None:
    saved = targets(small)[WORLD].saved
    assert (saved[:, [0, 3, 4]] == 0).all()
    assert (saved[:, [1, 2]] > 0).any()


def test_the_ranking_ends_where_half_is_reached(small) -> None:
    for target in targets(small).values():
        table = ranking(small, target)
        assert table["cumulative_share_pct"].iloc[-1] >= 50.0 - 1e-9
        assert (table["cumulative_share_pct"].iloc[:-1] < 50.0).all()
        assert table["leverage_mt"].is_monotonic_decreasing


def test_the_overview_counts_cells_provinces_and_sectors(small) -> None:
    table = overview(small, targets(small)).set_index("target")
    regions, sectors = small.x.shape
    assert (table["cells_for_half"] <= table["cells_with_leverage"]).all()
    assert (table["cells_with_leverage"] <= regions * sectors).all()
    assert (table["provinces_of_these"] <= table["regions_of_these"]).all()
    assert (table["sectors_for_half"] <= sectors).all()
    assert_allclose(1e6 * table["reachable_mt"], [t.saved.sum() for t in targets(small).values()])


def test_effects_are_scored_by_the_whole_economy(small) -> None:
    table = effects(small, targets(small))
    assert (table["change_mt"] <= 1e-9).all()
    own = table[(table["target"] == BEST) & (table["measure"] == "emissions of production")]
    assert 1e6 * own["before_mt"].iloc[0] == pytest.approx(small.F.sum(), rel=1e-6)


def test_every_published_statement_has_a_row(chapter) -> None:
    published = {name for name, each in read_published().items() if each.paper == "liu2015"}
    found = {row.quantity: row for row in chapter.rows}
    assert published <= set(found)
    assert len(found) == len(chapter.rows)
    assert {row.obtained for row in chapter.rows} <= set(OBTAINED)
    assert str(found["targeting"].ours).startswith(("holds:", "does not hold:"))


def test_every_picture_is_drawn_without_words_of_the_code(chapter, tmp_path) -> None:
    assert set(chapter.pictures) == {
        f"liu2015_{name}" for name in ("provinces", "factors", "cells")
    }
    for name, draw in chapter.pictures.items():
        with our_typography():
            _, drawn = save(draw(), tmp_path, name)
        text = drawn.read_text(encoding="utf-8")
        for word in ("_mt", "key_sector", "mathdefault", "nan<"):
            assert word not in text, (name, word)


def test_the_later_emissions_of_every_city_quoted_are_beside_ours() -> None:
    found = Chapter("zheng2023", "", read_published())
    after2012.rows(found)
    rows = {row.quantity: row for row in found.rows}
    asked = {name for name in read_published() if re.search(r"_co2_(2012|later)$|_change_", name)}
    assert set(rows) == asked
    assert all(row.published and row.unit for row in rows.values())
    assert rows["tangshan_co2_2012"].ours == 280.2
    assert rows["shanghai_change_2012_2019"].ours == pytest.approx(100 * (192.9 / 195.9 - 1))
    assert "2018" in rows["wenzhou_co2_later"].why


def test_a_gap_in_2012_is_said_and_the_nearest_year_taken(monkeypatch) -> None:
    codes = [after2012.SHANGHAI, *(code for _, code in after2012.CITIES.values())]
    series = pd.DataFrame(
        [(code, year, float(year - 2000)) for code in codes for year in (2008, 2011, 2013, 2016)],
        columns=["region_code", "year", "co2_mt"],
    )
    monkeypatch.setattr(after2012, "read_table", lambda _: series)
    found = Chapter("zheng2023", "", read_published())
    after2012.rows(found)
    rows = {row.quantity: row for row in found.rows}
    assert rows["xuzhou_co2_2012"].ours == 11.0
    assert rows["xuzhou_co2_2012"].why == "no inventory of 2012: 2011 is the nearest"
    assert rows["xuzhou_co2_later"].ours == 16.0


@pytest.mark.full
@pytest.mark.study
def test_few_cells_of_the_full_economy_hold_half_of_what_is_reachable(full, tmp_path) -> None:
    """Liu et al. 2015: most leverage in a small number of provinces and sectors."""
    found = targets(full)
    table = overview(full, found).set_index("target")
    assert (
        table["province_sectors_for_half"] < 0.1 * table["province_sectors_with_leverage"]
    ).all()
    assert_array_equal(effects(full, found)["change_mt"] < 0, True)
    exports = year_of(full, full.accounts())
    assert set(dirtiest(exports)[:5]) & {"Guizhou", "Inner Mongolia", "Ningxia", "Yunnan", "Shanxi"}
