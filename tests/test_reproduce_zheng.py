"""Zheng et al. 2023 beside ours: quota that super-emitters free, who needs it, and the page."""

import html
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from analysis.documents.numbers import four_figures
from analysis.economy.affluence import fifths
from analysis.reproduce.chapter import OBTAINED, Chapter, Row
from analysis.reproduce.page import page
from analysis.reproduce.zheng2023 import chapter as zheng2023
from analysis.reproduce.zheng2023 import quotas as zheng2023_quotas
from analysis.reproduce.zheng2023.chapter import Study, new_chapter, study
from analysis.reproduce.zheng2023.emitters import emitters
from analysis.reproduce.zheng2023.figures.quintile_clusters import flows_to_quintiles
from analysis.reproduce.zheng2023.footprints import footprints
from analysis.reproduce.zheng2023.quotas import quotas
from data.errors import InputError
from model.compile.city_economy import Economy


@pytest.fixture(scope="module")
def asked(small) -> Study:
    return study(small)


@pytest.fixture(scope="module")
def chapter(asked) -> Chapter:
    made = new_chapter()
    for part in (footprints, emitters, quotas):
        part(made, asked)
    return made


def ours(chapter: Chapter) -> dict[str, float]:
    return {row.quantity: float(row.ours) for row in chapter.rows}


def test_every_row_says_how_it_was_obtained_and_stands_once(chapter) -> None:
    assert {row.obtained for row in chapter.rows} <= set(OBTAINED)
    names = [row.quantity for row in chapter.rows]
    assert len(names) == len(set(names))
    assert all(row.unit for row in chapter.rows)


def test_no_published_figure_is_among_ours_by_being_read(chapter, asked) -> None:
    """With every compared figure of the papers corrupted, ours are the same."""
    published = {
        name: replace(figure, value="-1") for name, figure in new_chapter().published.items()
    }
    again = replace_published(published)
    for part in (footprints, emitters, quotas):
        part(again, asked)
    assert [row.ours for row in again.rows] == [row.ours for row in chapter.rows]


def replace_published(published) -> Chapter:
    return Chapter(paper="zheng2023", title="corrupted", published=published)


def test_the_quintiles_are_all_cities_and_all_their_people(chapter) -> None:
    table = chapter.tables["Quintiles of final demand per head"]
    assert table["cities"].sum() == 8
    for share in ("footprint_share_pct", "population_share_pct", "value_added_share_pct"):
        assert_allclose(table[share].sum(), 100.0)
    assert table["demand_usd_per_head"].is_monotonic_decreasing


def test_flows_between_groups_are_all_flows_between_different_cities(chapter, asked) -> None:
    among = asked.accounts.C[np.ix_(asked.cities, asked.cities)]
    for by in ("quintiles", "clusters"):
        flows = chapter.tables[f"Flows between {by} of cities, emitter to consumer"]
        assert_allclose(flows["embodied_mt"].sum() * 1e6, among.sum() - np.trace(among))


def test_flows_by_quintile_and_cluster_add_up_to_those_by_either(chapter, asked) -> None:
    both = chapter.tables["Flows between quintiles and clusters of cities, emitter to consumer"]
    for by, word in (("quintile", "quintiles"), ("cluster", "clusters")):
        single = chapter.tables[f"Flows between {word} of cities, emitter to consumer"]
        sums = both.groupby([f"emitter_{by}", f"consumer_{by}"])["embodied_mt"].sum()
        expected = single.set_index(["emitter", "consumer"])["embodied_mt"]
        assert_allclose(sums.loc[expected.index], expected, rtol=1e-12)
    shown = flows_to_quintiles(both).embodied
    among = asked.accounts.C[np.ix_(asked.cities, asked.cities)]
    assert_allclose(shown.loc["All", "All"] * 1e6, among.sum() - np.trace(among))


def test_net_producers_and_consumers_are_all_cities(chapter) -> None:
    found = ours(chapter)
    assert found["n_net_producers"] + found["n_net_consumers"] == 8


def test_the_pathways_are_all_super_emitters(chapter) -> None:
    found = ours(chapter)
    kinds = ("super_n_demand_type", "super_n_technology_type", "super_n_hybrid_type")
    assert sum(found[kind] for kind in kinds) == found["super_n"]
    assert found["super_n"] == len(chapter.tables["Super-emitters"])


def test_technology_frees_quota_and_more_of_it_the_deeper(chapter) -> None:
    found = ours(chapter)
    assert 0 < found["tech_light"] <= found["tech_deep"]


def test_measures_scored_jointly_free_no_more_than_their_sum(chapter) -> None:
    """Less capital formation is worth less where power plants are cleaner."""
    found = ours(chapter)
    if found["demand_light"] > 0:
        assert found["joint_low_scored"] <= found["joint_low"] * (1 + 1e-9)


def test_lifting_more_cities_higher_needs_more_quota(chapter) -> None:
    found = ours(chapter)
    assert 0 < found["deficit_to_3600"] < found["deficit_to_5300"]
    readings = chapter.tables["Deficits of lifting poor cities, by reading"]
    assert (readings["deficit_mt"] >= 0).all()


def test_without_super_emitters_no_quota_is_created(asked, monkeypatch) -> None:
    nobody = np.zeros(asked.cities.size, dtype=np.int64)
    monkeypatch.setattr(zheng2023_quotas, "pathways", lambda _: nobody)
    made = new_chapter()
    quotas(made, replace(asked, clusters=["agriculture"] * asked.cities.size))
    found = ours(made)
    for name in ("tech_light", "tech_deep", "demand_light", "demand_deep", "joint_high_scored"):
        assert found[name] == pytest.approx(0.0, abs=1e-9)


def test_dollars_per_head_are_at_the_rate_of_the_year(small) -> None:
    assert_allclose(fifths(small, 6.0).dollars, 2 * fifths(small, 12.0).dollars)
    assert fifths(small, 6.0).within(1, 5).sum() == 3


def test_a_deviation_needs_two_numbers() -> None:
    row = Row("x", "x", "50", 60.0, "Mt", "free", "")
    assert row.deviation == pytest.approx(0.2)
    assert replace(row, published="").deviation is None
    assert replace(row, published="a few", ours="many").deviation is None


def test_an_unknown_way_of_obtaining_is_refused() -> None:
    with pytest.raises(InputError, match="obtained 'guessed' is none of free, calibrated"):
        new_chapter().add("x", "x", 1.0, obtained="guessed")


def test_the_page_shows_every_row_and_table_and_stands_alone(chapter, tmp_path) -> None:
    picture = tmp_path / "a picture.png"
    picture.write_bytes(b"not really a picture")
    text = page([chapter], {"zheng2023": [picture]})
    for row in chapter.rows:
        assert html.escape(row.what) in text
    for heading in chapter.tables:
        assert heading in text
    assert "http" not in text
    assert 'src="data:image/png;base64,' in text


def test_words_of_the_page_cannot_be_taken_for_markup() -> None:
    chapter = Chapter(paper="p", title="<b>title</b>", published={})
    chapter.add("q", "a < b & c", 1.0, "t", why="<script>")
    chapter.tables["t"] = pd.DataFrame({"<i>": ["<u>"]})
    text = page([chapter], {})
    for raw in ("<b>title", "a < b", "<script>", "<i>", "<u>"):
        assert raw not in text


@pytest.mark.parametrize(
    ("value", "printed"),
    [(1234567.0, "1,234,567"), (0.12344, "0.1234"), (12, "12"), (1234.5, "1,234"), ("few", "few")],
)
def test_numbers_are_printed_with_four_figures(value, printed) -> None:
    assert four_figures(value) == printed


def test_cities_footprints_and_the_nation_s_emissions_are_counted_alike(asked) -> None:
    """Emissions all twice as large leave the share as it is: no inventory of another base in it."""
    twice = replace(asked.economy, F=2 * asked.economy.F)
    shares = [ours(chapter_of(economy)) for economy in (asked.economy, twice)]
    share = [found["footprint_share_of_national"] for found in shares]
    assert share[0] == pytest.approx(share[1])
    assert share[0] == pytest.approx(100 * asked.D_cba.sum() / asked.economy.F.sum())
    assert "city_share_of_national_co2" not in shares[0]


def chapter_of(economy: Economy) -> Chapter:
    found = new_chapter()
    footprints(found, study(economy))
    return found


def test_the_study_asks_of_the_national_inventory(asked) -> None:
    """9,080.5 Mt (CEADs, 2012)."""
    assert asked.national == pytest.approx(9080.5e6)
    assert zheng2023.MT * 1000 == zheng2023.GT
