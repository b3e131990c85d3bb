"""The whole laboratory on an economy unlike ours: three groups, four categories, euros, 2015."""

import json

import numpy as np
import pandas as pd
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from numpy.testing import assert_allclose
from own_economies import SMALL, few_arms, small_world
from reported import Unpacked

from analysis import compare
from analysis.experiment.grounds import given_economy
from analysis.figures import price
from analysis.live.desk import desk
from analysis.live.live_page import live_page
from analysis.live.live_run import Places
from analysis.outcomes.arms import Arms
from analysis.outcomes.shown_money import show
from analysis.report.animation import write_animation
from analysis.report.report import write_report
from data.errors import InputError
from data.export.chosen_regions import dense
from data.importing.import_economy import import_economy
from data.importing.invented_world import COUNTRIES, invented_world
from data.importing.kept import load_imported
from data.readers import own_labels
from model.labels import Money
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory

GROUPS = {"power": 0.8, "industry": 1.2, "rest": 1.6}
RATE = 8.1
TOLD = (
    f"sectors.groups={{power={GROUPS['power']}, industry={GROUPS['industry']}, rest=1.6}}",
    'sectors.group={"Electricity"="power", "Basic metals"="industry", "Chemicals"="industry"}',
    'money.currency="EUR"',
    f"money.cny={RATE}",
)
WORDS = {"horizon.base_year": 2015, "horizon.end": 2017}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return the folder of the imported economy."""
    folder = tmp_path_factory.mktemp("any")
    tables = small_world(folder / "tables")
    squares = [square(name, 10.0 * n) for n, name in enumerate(COUNTRIES[:6])]
    content = {"type": "FeatureCollection", "features": squares}
    (tables / "map.geojson").write_text(json.dumps(content), encoding="utf-8")
    import_economy(tables, folder / "kept", overrides=(*TOLD, "map.file=map.geojson"))
    return folder / "kept"


def square(name: str, west: float) -> dict:
    """Return a country of nine by nine degrees, as GeoJSON has it."""
    ring = [[west, 40.0], [west + 9, 40.0], [west + 9, 49.0], [west, 49.0], [west, 40.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name}, "geometry": shape}


@pytest.fixture(scope="module")
def laboratory(kept):
    return Laboratory(load_imported(kept))


@pytest.fixture(scope="module")
def results(kept, tmp_path_factory):
    """Return results of the markets on it."""
    out = tmp_path_factory.mktemp("results") / "markets"
    asked = few_arms("markets", "horizon.base_year=2015", "horizon.end=2017")
    return compare(asked, replications=2, workers=0, economy=kept, out=out, pictures=False)


def test_it_has_its_own_groups_categories_money_and_year(laboratory) -> None:
    economy = laboratory.economy
    assert economy.sectors.groups == tuple(GROUPS)
    assert economy.sectors.steepness == tuple(GROUPS.values())
    assert (economy.year, len(economy.categories.names)) == (2015, 4)
    assert economy.money == Money("EUR", RATE)
    assert economy.flows_by_group().shape[1] == len(GROUPS)


def test_the_cap_covers_its_groups_and_no_others(laboratory) -> None:
    power = laboratory.run(read_scenario("default", WORDS | {"cap.coverage": ["power"]}))
    economy = laboratory.economy
    emitted = economy.F[:, economy.sectors.group == 0].sum()
    cap = power.recorder.national["cap"][0]
    assert 0.5 * emitted < cap < 1.2 * emitted
    with pytest.raises(InputError, match=r"cap\.coverage: no group .* known are power, industry"):
        laboratory.run(read_scenario("default", WORDS | {"cap.coverage": ["steel"]}))
    with pytest.raises(InputError, match="did you mean industry"):
        read_scenario("default", WORDS | {"cap.coverage": ["industri"]})


def test_another_base_year_than_the_economy_s_is_refused_before_anything_is_written(
    kept,
    tmp_path,
    door,  # noqa: F811
) -> None:
    words = ["--economy", str(kept), "--set", "horizon.base_year=2017"]
    answer = door("run", "default", *words, "--out", str(tmp_path / "r"))
    assert answer.refused_in_one_line
    assert "horizon.base_year = 2017: the economy at hand is of 2015" in answer.err
    assert not (tmp_path / "r").exists()


def test_a_scenario_of_its_groups_is_shown_with_it(kept, tmp_path, door) -> None:  # noqa: F811
    (tmp_path / "mine.toml").write_text('extends = "default"\n[cap]\ncoverage = ["industry"]\n')
    own_labels.forget()
    words = ["scenarios", "show", str(tmp_path / "mine.toml")]
    assert door(*words).refused_in_one_line
    shown = door(*words, "--economy", str(kept)).out
    assert "base_year = 2015" in shown
    assert "industry" in shown


def test_a_bare_name_is_an_economy_though_a_folder_is_called_so(
    kept, tmp_path, monkeypatch
) -> None:
    """The folder that was filled in may be called as the economy that is made of it."""
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    small_world(tmp_path / "world")
    import_economy("world", "world", overrides=TOLD)
    assert (tmp_path / "cache" / "imported" / "world").is_dir()
    assert load_imported("world").year == 2015
    with pytest.raises(InputError, match=r"world: is there already"):
        import_economy("world", "./world", overrides=TOLD)


def test_a_group_with_a_steeper_curve_abates_less(kept, tmp_path) -> None:
    def abated(*more: str) -> np.ndarray:
        made = import_economy(small_world(tmp_path / str(len(more))), overrides=(*TOLD, *more))
        model = Laboratory(made.economy).model(read_scenario("default", WORDS))
        model.step()
        return model.state.abatement.mean(axis=0)

    usual, steep = abated(), abated("sectors.groups.power=8")
    assert usual.shape == (len(GROUPS),)
    assert steep[0] < usual[0]


def test_money_of_results_is_in_its_currency(laboratory) -> None:
    """The same economy told in CNY: money is the rate's multiple, everything else is equal."""
    from dataclasses import replace

    done = laboratory.run(read_scenario("default", WORDS))
    other = Laboratory(replace(laboratory.economy, money=Money()))
    in_cny = other.run(read_scenario("default", WORDS))
    for name in ("price", "abatement_cost", "value_added", "penalty"):
        assert_allclose(
            RATE * done.recorder.national[name], in_cny.recorder.national[name], rtol=1e-12
        )
    for name in ("emissions", "volume", "cap"):
        assert (done.recorder.national[name] == in_cny.recorder.national[name]).all()
    assert_allclose(RATE * done.recorder.cities["demand"], in_cny.recorder.cities["demand"])


def test_every_unit_of_money_is_the_currency(results) -> None:
    ranking = pd.read_csv(results.folder / "ranking.csv")
    units = set(ranking["unit"])
    assert {"EUR/t", "bn EUR"} <= units
    assert not any("CNY" in unit for unit in units)
    manifest = json.loads((results.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["money"] == {"currency": "EUR", "cny": RATE}
    assert "CNY" not in json.dumps(manifest["columns"])


def test_an_export_for_other_tools_says_its_currency(results, door, tmp_path) -> None:  # noqa: F811
    show(Money())
    answer = door("export", str(results.folder), "--iamc", str(tmp_path / "iamc.csv"))
    assert answer.code == 0
    table = pd.read_csv(tmp_path / "iamc.csv")
    units = table.groupby("Variable")["Unit"].first()
    assert units["Price|Carbon"] == "EUR/t CO2"
    assert units["GDP|MER"] == "billion EUR/yr"
    assert not table["Unit"].str.contains("CNY").any()


def test_pictures_say_its_currency(results) -> None:
    show(Money("EUR", RATE))
    known = Arms.of(results.experiment)
    (figure,) = price.picture(results.national, known)
    assert figure.axes[0].get_ylabel() == "Clearing price, EUR per t CO₂"
    first = results.national[results.national["year"] == 2016]
    assert "EUR/t in 2016" in price.headline(price.prices_of(first, known))


def test_the_command_tells_of_a_region_with_and_without_its_economy(results, kept, door) -> None:  # noqa: F811
    show(Money())
    alone = door("city", "Country B", str(results.folder))
    assert (alone.code, alone.err) == (0, "")
    assert "EUR of demand a head" in alone.out
    assert "CNY" not in alone.out
    assert "is not at hand" in alone.out
    beside = door("city", "Country B", str(results.folder), "--economy", str(kept))
    assert (beside.code, beside.err) == (0, "")
    assert "is not at hand" not in beside.out


def test_another_economy_than_that_of_the_results_is_refused(results, door, tmp_path) -> None:  # noqa: F811
    import_economy(small_world(tmp_path / "tables"), tmp_path / "other")
    answer = door("city", "Country B", str(results.folder), "--economy", str(tmp_path / "other"))
    assert answer.refused_in_one_line
    assert "these results are of another" in answer.err


def test_the_report_has_the_map_that_came_with_the_table_and_its_money(
    results, kept, tmp_path
) -> None:
    show(Money())
    place = write_report(results.folder, tmp_path / "r.html", economy=load_imported(kept))
    content = Unpacked(place.read_text(encoding="utf-8")).words
    assert all(content["map"]["cities"])
    assert content["map"]["whole"] == []
    assert content["units"]["abatement_cost"]["word"].endswith("EUR")
    assert "CNY" not in json.dumps(
        {k: v for k, v in content.items() if k not in ("limits", "words")}
    )
    assert content["links"]["suppliers"]


def test_the_animation_moves_on_the_map_that_came_with_the_table(results, tmp_path) -> None:
    from PIL import Image

    with Image.open(write_animation(results.folder, tmp_path / "map.gif")) as gif:
        row = np.array(gif.convert("RGB"))[250, 20:530]
    filled = (row.max(axis=1) - row.min(axis=1) > 20).mean()  # by colours, not by greys
    assert filled > 0.3


def test_the_live_page_has_its_map_and_money(kept) -> None:
    given, settings = given_economy(str(kept), ())
    laid = desk(None, settings)
    codes = given.economy.regions.codes
    page = live_page(laid, Places(codes, codes), "", 2, given.outlines)
    content = Unpacked(page).words
    assert all(content["map"]["cities"])
    assert content["years"][0] == 2016
    assert {"EUR/t", "bn EUR"} <= {outcome["unit"] for outcome in content["outcomes"]}


def test_what_is_exported_of_it_is_what_was_imported(kept, door, tmp_path) -> None:  # noqa: F811
    """To pymrio and back: the same accounts, in the currency of the table."""
    import pymrio

    out = tmp_path / "out"
    said = door("data", "export", str(out), "--economy", str(kept), "--format", "pymrio")
    assert (said.code, said.err) == (0, "")
    source, economy = invented_world(countries=COUNTRIES[:6], sectors=SMALL), load_imported(kept)
    system = pymrio.load_all(out)
    own = pd.MultiIndex.from_product([COUNTRIES[:6], SMALL])
    assert_allclose(system.Z.loc[own, own], 100 * source.Z, rtol=1e-9, atol=1e-6)
    system = system.calc_all()
    found = system.emissions.D_cba_reg.loc["CO2", list(COUNTRIES[:6])]
    assert_allclose(found, economy.accounts().D_cba, rtol=1e-9)
    notes = (out / "README.md").read_text(encoding="utf-8")
    assert "10,000 EUR a year" in notes
    assert "China" not in notes
    again = import_economy(out, overrides=TOLD).economy
    assert again.money == economy.money
    assert_allclose(again.accounts().D_cba, [*economy.accounts().D_cba, 0.0], rtol=1e-9)


def test_chosen_regions_of_it_keep_their_flows_and_the_rest_is_the_sum(kept) -> None:
    economy = load_imported(kept)
    table, whole = dense(economy, ["Country C"]), dense(economy)
    assert table.regions == ("Country C", "rest")
    assert table.Z.sum() == pytest.approx(whole.Z.sum(), rel=1e-12)
    n = len(SMALL)
    assert_allclose(table.Z[:n, :n], whole.Z[2 * n : 3 * n, 2 * n : 3 * n], rtol=1e-12)
    for one in (table, whole):
        sold = one.Z.sum(axis=1) + one.Y.sum(axis=1) + one.export.ravel()
        paid = one.Z.sum(axis=0) + one.imports.ravel() + one.value_added.ravel()
        assert_allclose(sold, one.x.ravel(), rtol=1e-9)
        assert_allclose(paid, one.x.ravel(), rtol=1e-9)


def test_its_accounts_are_written_with_its_categories_and_money(kept, door, tmp_path) -> None:  # noqa: F811
    said = door("data", "accounts", str(tmp_path / "a.csv"), "--economy", str(kept))
    assert (said.code, said.err) == (0, "")
    assert "10⁴ EUR" in said.out
    table, economy = pd.read_csv(tmp_path / "a.csv"), load_imported(kept)
    assert table["region"].tolist() == list(COUNTRIES[:6])
    assert_allclose(RATE * table["value_added"], economy.value_added.sum(axis=1), rtol=1e-9)
    parts = [f"D_cba_{name}" for name in economy.categories.names]
    assert_allclose(table[parts].sum(axis=1), table["D_cba"], rtol=1e-9)
