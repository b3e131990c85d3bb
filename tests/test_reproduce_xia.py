"""Xia et al. 2024 reproduced: classes, claims, links and certainty, on the invented economy."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from invented import SEEDS, economy_of, figures_of
from numpy.testing import assert_allclose, assert_array_equal

from analysis.economy import drawn_pairs
from analysis.economy.pair import Pair, pair
from analysis.figures.sheet import save
from analysis.figures.style import CLASSES, pale
from analysis.figures.typography import our_typography
from analysis.reproduce.chapter import OBTAINED, Chapter
from analysis.reproduce.xia2024 import certainty as xia2024_certainty
from analysis.reproduce.xia2024 import chapter as xia2024
from analysis.reproduce.xia2024.certainty import by_city, certainty, counts_by_draw, one_draw
from analysis.reproduce.xia2024.claims import CLAIMS, add_claims
from analysis.reproduce.xia2024.classes import ALL_KINDS, classes_of
from analysis.reproduce.xia2024.figures import overview as pictures
from analysis.reproduce.xia2024.links import UPSTREAM, links
from data.readers.published import read_published
from model.classes.beneficiaries import Beneficiary, by_intensity
from model.compile.balancing import Unbalanced
from model.compile.city_economy import CityTables
from model.footprints.decomposition import Decomposition, between_years, intensity_effect, responses
from simulation.industry import INDUSTRIAL_TYPES, cluster_names, industry_shares


def silent(_stage: str, _done: int, _of: int) -> None:
    """Report nothing."""


@pytest.fixture(scope="module")
def couple() -> Pair:
    return pair(economy_of(0), replace(economy_of(1), year=2017))


@pytest.fixture(scope="module")
def other() -> Pair:
    return pair(economy_of(0), replace(economy_of(2), year=2017))


@pytest.fixture(scope="module")
def drawn(couple) -> pd.DataFrame:
    """Three draws: every class as compiled, but the last city strong in the third."""
    codes = [couple.earlier.regions.codes[s] for s in couple.cities]
    rows = pd.DataFrame(
        [
            (draw, code, int(kind))
            for draw in range(3)
            for code, kind in zip(codes, classes_of(couple), strict=True)
        ],
        columns=["draw", "region_code", "kind"],
    )
    rows.loc[len(rows) - 1, "kind"] = int(Beneficiary.STRONG)
    return rows


@pytest.fixture(scope="module")
def chapter(couple, other, drawn) -> Chapter:
    return xia2024.chapter(couple, {"industry": other}, drawn)


@given(SEEDS, SEEDS)
def test_the_intensity_effect_alone_is_that_of_the_decomposition(first: int, second: int) -> None:
    """Two transposed solves against the four of Dietzenbacher & Los (1998)."""
    one, two = economy_of(first), economy_of(second)
    X = responses(one.form, one.d, two.form, two.d)
    expected = between_years(one.S, two.S, X).dE
    found = intensity_effect(one.form, one.d, two.form, two.d, one.S, two.S)
    assert_allclose(found, expected, rtol=1e-9, atol=1e-11 * one.accounts().C.max())


def test_no_change_of_intensity_has_no_effect(small) -> None:
    found = intensity_effect(small.form, small.d, small.form, small.d, small.S, small.S)
    assert_array_equal(found, 0.0)


def test_every_published_quantity_of_the_abstract_has_a_row(chapter) -> None:
    published = {name for name, each in read_published().items() if each.paper == "xia2024"}
    found = {row.quantity: row for row in chapter.rows}
    assert published <= set(found)
    assert len(found) == len(chapter.rows)
    assert {row.obtained for row in chapter.rows} <= set(OBTAINED)
    assert found["outsourced_share_2012"].obtained == "calibrated"
    assert found["outsourced_share_2017"].obtained == "free"


def test_the_counts_are_a_partition_under_every_deflator_and_reading(chapter, couple) -> None:
    counts = chapter.tables["Counts of classes by deflator and reading"]
    totals = counts.groupby(["deflator", "reading"])["cities"].sum()
    assert len(totals) == 12
    assert (totals == couple.cities.size).all()
    rows = {row.quantity: row.ours for row in chapter.rows}
    assert rows["n_strong_beneficiaries"] + rows["n_weak_beneficiaries"] == rows["n_beneficiaries"]
    assert rows["n_beneficiaries"] + rows["n_non_beneficiaries"] == couple.cities.size


def test_the_effects_add_up_to_the_change_of_footprints(chapter) -> None:
    rows = {row.quantity: row.ours for row in chapter.rows}
    effects = [rows[f"effect_of_{name}"] for name in ("intensity", "structure", "demand")]
    assert sum(effects) == pytest.approx(rows["footprint_change"], rel=1e-9)
    mitigated = rows["local_mitigation"] + rows["outsourced_mitigation"]
    assert mitigated == pytest.approx(-rows["effect_of_intensity"], rel=1e-9)


def test_the_table_of_cities_says_why_each_is_in_its_class(chapter) -> None:
    cities = chapter.tables["Cities by class"]
    kinds = by_intensity(
        cities["local_mitigation_t"].to_numpy(), cities["outsourced_mitigation_t"].to_numpy()
    )
    assert_array_equal(kinds, cities["kind"])
    assert list(cities["class"]) == [Beneficiary(kind).label for kind in kinds]
    change = cities["footprint_2017_t"] - cities["footprint_2012_t"]
    assert_allclose(cities[["dE_t", "dL_t", "dF_t"]].sum(axis=1), change, rtol=1e-6)


def test_all_kinds_of_sectors_make_up_value_added(small) -> None:
    assert_allclose(industry_shares(small, ALL_KINDS).sum(axis=1), 1.0)
    assert industry_shares(small).shape == (small.players.size, len(INDUSTRIAL_TYPES))


def test_clusters_are_the_same_twice_and_each_has_a_city(small) -> None:
    names = cluster_names(small)
    assert names == cluster_names(small)
    assert set(names) == set(INDUSTRIAL_TYPES)


def with_structure(tables: CityTables, kinds: np.ndarray, sectors: tuple[str, str]) -> CityTables:
    """Return tables whose value added leans to some sectors, by the class of the city."""
    value = np.ones_like(tables.value_added)
    for city, kind in zip(tables.players, kinds, strict=True):
        own = [n for n, word in enumerate(tables.sectors.kind) if word in sectors[kind].split()]
        value[city, own] += 5.0 / len(own)
    return replace(tables, value_added=value)


def classed(couple: Pair, kinds: list[int]) -> Pair:
    """Return the pair with an intensity effect that puts its cities into given classes."""
    strong = np.array(kinds) == Beneficiary.STRONG
    dE = np.full((len(kinds), len(kinds)), -10.0)
    np.fill_diagonal(dE, np.where(strong, 1.0, -1.0))
    effect = Decomposition(dE=dE, dL=np.zeros_like(dE), dF=np.zeros_like(dE))
    return replace(couple, change=replace(couple.change, effect=effect))


YES, IN_PART, NO = "holds", "holds in part", "does not hold"


@pytest.mark.parametrize(
    ("sectors", "verdicts"),
    [
        (("agriculture light_manufacturing", "services"), (YES, IN_PART, IN_PART)),
        (("energy", "services"), (NO, IN_PART, IN_PART)),
        (("energy heavy_manufacturing agriculture", "services"), (IN_PART, YES, IN_PART)),
        (("energy", "energy"), (NO, NO, NO)),
        (("services", "agriculture"), (NO, NO, NO)),
    ],
)
def test_a_claim_holds_where_it_was_planted_and_nowhere_else(couple, sectors, verdicts) -> None:
    planted = classed(couple, [0, 0, 0, 0, 1, 1, 1, 1])
    kinds = classes_of(planted)
    assert_array_equal(kinds, [0, 0, 0, 0, 1, 1, 1, 1])
    tables = [with_structure(each, kinds, sectors) for each in (couple.earlier, couple.later)]
    found = Chapter("xia2024", "", read_published())
    add_claims(found, {"sector": replace(planted, earlier=tables[0], later=tables[1])})
    rows = {row.quantity: str(row.ours) for row in found.rows}
    for claim, verdict in zip(CLAIMS, verdicts, strict=True):
        assert rows[claim.quantity].startswith(f"{verdict}:"), claim.what


def test_a_claim_about_nobody_cannot_be_tested(couple) -> None:
    found = Chapter("xia2024", "", read_published())
    add_claims(found, {"sector": classed(couple, [1] * 8)})
    assert all(str(row.ours).startswith("cannot be tested") for row in found.rows)


def test_what_is_emitted_elsewhere_comes_from_somewhere(couple) -> None:
    found = links(couple)
    for n, year in enumerate((2012, 2017)):
        by_class = found.origins.groupby("class")[f"flow_{year}_t"].sum()
        outsourced = couple.accounts[n].inflow[couple.cities]
        for kind in set(classes_of(couple)):
            own = outsourced[classes_of(couple) == kind].sum()
            assert by_class[Beneficiary(kind).label] == pytest.approx(own, rel=1e-9)


def test_the_largest_links_lead_from_upstream_cities_to_strong_beneficiaries(couple) -> None:
    planted = classed(couple, [0, 0, 0, 0, 1, 1, 1, 1])
    table = links(planted).largest
    names = planted.earlier.regions.names
    assert not table.empty
    assert set(table["from_cluster"]) <= set(UPSTREAM)
    assert set(table["to"]) <= set(names[:4])
    assert (table["from"] != table["to"]).all()
    assert table["flow_2017_t"].is_monotonic_decreasing


@pytest.fixture
def of_the_invented(monkeypatch, tmp_path):
    """Draws of invented figures in place of the real ones, 2017 unlike 2012."""
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path))
    for module in (drawn_pairs, xia2024_certainty):
        monkeypatch.setattr(module, "read_figures", lambda year: figures_of(int(year > 2012)))


def test_a_draw_is_the_same_from_the_cache_and_again(of_the_invented, tmp_path) -> None:
    first = one_draw(3, 0)
    kept, *more = tmp_path.glob("drawn-pairs-*/3-0.npy")
    assert not more
    assert_array_equal(first, one_draw(3, 0))
    kept.unlink()
    assert_array_equal(first, one_draw(3, 0))
    assert set(first) <= {int(kind) for kind in Beneficiary}


def test_certainty_has_every_city_in_every_draw(of_the_invented) -> None:
    with ThreadPoolExecutor(1) as pool:
        found = certainty(3, 0, pool, silent)
    assert (counts_by_draw(found).sum(axis=1) == 8).all()
    assert found.groupby("draw")["region_code"].nunique().tolist() == [8, 8, 8]
    assert_array_equal(found[found["draw"] == 1]["kind"], one_draw(0, 1))


def test_draws_without_a_balanced_economy_are_left_out(of_the_invented, monkeypatch) -> None:
    def sometimes(seed: int, draw: int) -> np.ndarray:
        if draw == 1:
            raise Unbalanced("row 0 should sum to 1 but sums to 2")
        return one_draw(seed, draw)

    monkeypatch.setattr(xia2024_certainty, "one_draw", sometimes)
    with ThreadPoolExecutor(1) as pool:
        assert set(certainty(3, 0, pool, silent)["draw"]) == {0, 2}
        monkeypatch.setattr(xia2024_certainty, "one_draw", lambda seed, _: sometimes(seed, 1))
        with pytest.raises(Unbalanced, match="none of 2 draws"):
            certainty(2, 0, pool, silent)


def test_a_city_keeps_its_class_in_a_share_of_draws(chapter, couple, drawn) -> None:
    table = by_city(couple, drawn)
    shares = table[[kind.name.lower() for kind in Beneficiary]].sum(axis=1)
    assert_allclose(shares, 1.0)
    assert (table["kept"].iloc[:-1] == 1.0).all()
    moved = classes_of(couple)[-1] != Beneficiary.STRONG
    assert table["kept"].iloc[-1] == pytest.approx(2 / 3 if moved else 1.0)
    rows = {row.quantity: row.ours for row in chapter.rows}
    assert rows["n_cities_sure_of_their_class"] == couple.cities.size - int(moved)
    counts = chapter.tables["Counts of classes over draws"]
    assert counts["as_compiled"].sum() == couple.cities.size
    assert (counts["p5"] <= counts["mean"] + 1e-12).all()
    assert (counts["mean"] <= counts["p95"] + 1e-12).all()


def test_every_picture_is_drawn_without_words_of_the_code(chapter, tmp_path) -> None:
    assert set(chapter.pictures) == {
        f"xia2024_{name}" for name in ("counts", "mitigation", "effects", "links")
    }
    for name, draw in chapter.pictures.items():
        with our_typography():
            _, drawn = save(draw(), tmp_path, name)
        text = drawn.read_text(encoding="utf-8")
        for word in ("heavy_manufacturing", "high_tech", "_t<", "dE_", "mathdefault", "nan<"):
            assert word not in text, (name, word)


def test_the_map_counts_the_cities_of_its_table(tmp_path) -> None:
    cities = pd.DataFrame({"region_code": ["110000", "120000", "130100"], "kind": [0, 1, 2]})
    assert pictures.drawable(cities)
    with our_typography():
        path = save(pictures.map_picture(cities), tmp_path, "map")[1]
    text = " ".join(re.findall(r">([^<]+)</text>", path.read_text(encoding="utf-8")))
    assert "2 of 3 cities gain more from mitigation elsewhere" in text
    assert "in 1 of them intensity raised" in text


def test_a_city_whose_class_is_not_sure_is_pale(tmp_path) -> None:
    cities = pd.DataFrame(
        {"region_code": ["110000", "120000"], "kind": [0, 1], "kept": [0.95, 0.6]}
    )
    with our_typography():
        path = save(pictures.map_picture(cities), tmp_path, "map")[1]
    drawing = path.read_text(encoding="utf-8").upper()
    assert CLASSES[0].colour in drawing
    assert pale(CLASSES[1].colour) in drawing
    assert "1 OF 2 CITIES KEEP THEIR CLASS" in drawing


@pytest.mark.full
@pytest.mark.study
def test_most_cities_benefit_from_others_and_the_share_rises(full, tmp_path) -> None:
    """Xia et al. 2024: 77.7 % of cities are beneficiaries; 78.6 % outsourced, later 81.9 %."""
    from data.compiled.cache import load_economy

    found = xia2024.chapter(pair(full, load_economy(2017)), {})
    rows = {row.quantity: row for row in found.rows}
    assert 60 < rows["beneficiary_share"].ours < 100
    assert rows["outsourced_share_2012"].ours == pytest.approx(78.6, abs=0.2)
    assert rows["outsourced_share_2012"].ours < rows["outsourced_share_2017"].ours < 84
    assert rows["n_beneficiaries"].ours + rows["n_non_beneficiaries"].ours == 309
    with our_typography():
        for name, draw in found.pictures.items():
            assert all(path.stat().st_size > 5000 for path in save(draw(), tmp_path, name))
    assert "xia2024_classes" in found.pictures
