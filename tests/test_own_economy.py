"""An economy of one's own, imported from pymrio's test table: its regions play like cities."""

import re

import numpy as np
import pandas as pd
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from numpy.testing import assert_allclose, assert_array_equal
from own_economies import TOLD, few_arms, imported, pymrio_accounts, saved
from pymrio_truth import shipped

from analysis import compare
from analysis.experiment.identity import given_identity
from data.errors import InputError
from data.importing.kept import load_imported
from data.importing.settings import read_settings
from model.allocation import RULES
from scenarios.reading import read_scenario
from simulation import run
from simulation.laboratory import Laboratory


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return pymrio's test table as pymrio saves it."""
    return saved(tmp_path_factory.mktemp("source") / "table")


@pytest.fixture(scope="module")
def kept(folder, tmp_path_factory):
    """Return the folder of the imported economy."""
    place = tmp_path_factory.mktemp("kept") / "six"
    imported(folder, to=place)
    return place


def test_its_accounts_are_those_of_pymrio(kept) -> None:
    found = load_imported(kept).accounts()
    D_pba, D_cba, flows = pymrio_accounts()
    assert_allclose(found.D_pba, D_pba, rtol=1e-9)
    assert_allclose(found.D_cba, D_cba, rtol=1e-9)
    assert_allclose(found.C, flows, rtol=1e-9, atol=1e-9 * flows.max())


@pytest.mark.parametrize("how", ["memory", "parquet", "zip"])
def test_it_is_the_same_from_memory_parquet_and_an_archive(how, kept, tmp_path) -> None:
    import pymrio

    source = shipped()
    if how == "parquet":
        source = saved(tmp_path / "table", table_format="parquet")
    elif how == "zip":
        folder, source = saved(tmp_path / "table"), tmp_path / "table.zip"
        pymrio.archive(folder, source)
    found, expected = imported(source).economy, load_imported(kept)
    assert_allclose(found.form.matrix.A, expected.form.matrix.A, rtol=1e-12)
    assert_allclose(found.household_emissions, expected.household_emissions, rtol=1e-12)
    assert_array_equal(found.population, expected.population)


def test_what_is_kept_is_what_was_built(folder, kept) -> None:
    made, loaded = imported(folder).economy, load_imported(kept)
    assert given_identity(made) == given_identity(loaded)
    assert_array_equal(made.basis, loaded.basis)
    assert made.regions.names == loaded.regions.names
    assert made.prospects.national_growth == loaded.prospects.national_growth


def test_people_groups_and_growth_are_part_of_its_identity(folder) -> None:
    even = ", ".join(f'"reg{n}" = 1e9' for n in range(1, 7))
    told = ("people={" + even + "}", 'sectors.group={food="metals"}', "growth.national=0.02")
    marks = {given_identity(imported(folder, *words).economy) for words in ((), *zip(told))}
    assert len(marks) == 4


def test_every_rule_and_the_seldom_used_words_run_on_it(kept) -> None:
    economy = load_imported(kept)
    laboratory = Laboratory(economy)
    words = {"horizon.base_year": economy.year, "horizon.end": 2014}
    for more in (
        *({"allocation.rule": rule} for rule in RULES),
        {"allocation.rule": "equal_cumulative_per_capita", "allocation.past_since": 2012},
        {"allocation.rule": "five_year_plan_classes", "market.institution": "auction"},
        {"abatement.demand_lever": True, "market.institution": "bilateral"},
        {"transfer.growth_mix": "investment_led", "behaviour.consumer_responsibility": 0.5},
        {"growth.sector_trends": "persist", "growth.intensity": "city"},
    ):
        done = laboratory.run(read_scenario("default", words | more))
        assert np.isfinite(done.recorder.cities["liability"]).all(), more
        assert (done.recorder.national["ledger_gap"] == 0).all(), more


def test_a_laboratory_takes_an_imported_economy_by_its_folder(kept) -> None:
    assert Laboratory(kept).mark == Laboratory(load_imported(kept)).mark
    with pytest.raises(InputError, match="nowhere"):
        Laboratory("nowhere")


def test_all_but_the_reserve_is_given_out_and_regions_keep_their_names(kept) -> None:
    done = run("default", {"horizon.end": 2013}, economy=kept)
    assert done.names == tuple(f"reg{n}" for n in range(1, 7))
    assert list(done.years) == [2011, 2012, 2013]
    given = done.recorder.cities["quota"].sum(axis=1)
    assert_allclose(given, 0.98 * done.recorder.national["cap"], rtol=1e-5)


def test_growth_as_told_moves_the_whole_economy(folder) -> None:
    told = ("growth.national=0.03", "growth.regions={reg1=0.05}", "growth.until=2012")
    economy = imported(folder, *told).economy
    years = Laboratory(economy).baseline(
        read_scenario("default", {"horizon.base_year": 2010, "horizon.end": 2013})
    )
    total = years.value_added.sum(axis=1) / economy.value_added.sum()
    assert_allclose(total, 1.03 ** np.arange(1, 4), rtol=1e-6)
    first = years.value_added[0] / economy.value_added.sum(axis=1)
    assert first[0] > first[1:].max()


def test_regions_that_do_not_play_hold_no_quota(folder) -> None:
    economy = imported(folder, 'regions.not_playing=["reg2"]').economy
    done = Laboratory(economy).run(
        read_scenario("default", {"horizon.base_year": 2010, "horizon.end": 2012})
    )
    assert done.names == ("reg1", "reg3", "reg4", "reg5", "reg6")


def test_arms_are_compared_and_drawn_without_a_map(kept, tmp_path) -> None:
    asked = few_arms("markets", "horizon.base_year=2010", "horizon.end=2012")
    made = compare(asked, replications=1, workers=0, economy=kept, out=tmp_path / "results")
    assert not made.failures
    assert {"reg1", "reg6"} <= set(made.cities["city"])
    drawn = {path.stem for path in made.pictures}
    assert "emissions" in drawn
    assert "map_classes" not in drawn


def test_it_is_imported_checked_and_run_at_the_command_line(
    folder,
    door,  # noqa: F811 - the fixture
    monkeypatch,
    tmp_path,
) -> None:
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    sets = [word for each in TOLD for word in ("--set", each)]
    made = door("data", "import", str(folder), "--to", "six", *sets)
    assert (made.code, made.err) == (0, "")
    assert "emission_type1 air of 'emissions'" in made.out
    assert "6.9e+09 residents as given" in made.out
    checked = door("data", "check", "--economy", "six")
    assert checked.code == 0
    assert "footprints + exported emissions = emissions" in checked.out
    assert "NO" not in checked.out
    ran = door("run", "default", "--economy", "six", "--set", "horizon.end=2012", "--until", "2012",
               "--out", str(tmp_path / "r"))  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    table = pd.read_parquet(tmp_path / "r" / "cities.parquet")
    assert set(table["year"]) == {2011, 2012}
    again = door("data", "import", str(folder), "--to", "six", *sets)
    assert again.refused_in_one_line
    unknown = door("run", "default", "--economy", "sixx")
    assert unknown.refused_in_one_line
    assert "did you mean six?" in unknown.err


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ((), "emissions.stressors"),
        (('emissions.stressors=["CO2"]',), "emission_type1"),
        (('emissions.stressors=["emission_type1"]',), "set year"),
        ((*TOLD, "year=1066"), "year = 1066"),
        ((*TOLD, "years=2010"), "years: there is no such setting"),
        ((*TOLD, 'money.currency="EUR"'), "set money.cny"),
        ((*TOLD, "money.unit=1e-3", 'money.currency="USD"'), "value added is"),
        ((*TOLD, "emissions.unit=1e-9"), "too few to divide"),
        ((*TOLD, "people={reg1=5}"), "people: reg2 is missing"),
        ((*TOLD, "people={reg7=5}"), "'reg7' is not in the table"),
        ((*TOLD, 'sectors.group={food="green"}'), "'food' is put into 'green', which is none of"),
        ((*TOLD, 'categories={Export="abroad"}'), "categories.Export = 'abroad'"),
        ((*TOLD, "growth.until=2009"), "must come after"),
        ((*TOLD, "past_emissions.2011.reg1=5"), "2011 is not before"),
        ((*TOLD, "past_emissions.2009.reg1=-5"), "past_emissions.2009.reg1 = -5: input should be"),
        ((*TOLD, "emissions.unit=1e20"), "t of emissions, and at most 1e+13 can be meant"),
        ((*TOLD, "intensity_cut=5"), "intensity_cut = 5: input should be less than 1"),
        ((*TOLD, "intensity_cut={reg1=-0.1}"), "intensity_cut.reg1 = -0.1: input should be"),
        ((*TOLD, "growth.national=-2"), "growth.national = -2: input should be greater than -0.1"),
        ((*TOLD, "growth.national={1900=0.09}"), "1900 is not after the table's year 2010"),
        ((*TOLD, "growth.national={2011=-2}"), "growth.national.2011 = -2: input should be"),
        ((*TOLD, "nonsense"), "write it as key=value"),
    ],
)
def test_what_is_not_said_or_said_wrongly_is_asked_for_by_name(folder, told, said) -> None:
    with pytest.raises(InputError) as refused:
        imported_bare(folder, *told)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def imported_bare(folder, *told):
    from data.importing.import_economy import import_economy

    return import_economy(folder, overrides=told)


def test_settings_beside_a_source_are_read(folder, tmp_path) -> None:
    import shutil

    mine = tmp_path / "table"
    shutil.copytree(folder, mine)
    words = 'year = 1995\n[emissions]\nstressors = ["emission_type2"]\n'
    (mine / "economy.toml").write_text(words, encoding="utf-8")
    made = imported_bare(mine)
    assert made.economy.year == 1995
    D_pba, _, _ = pymrio_accounts(stressor=("emission_type2", "water"))
    assert_allclose(made.economy.accounts().D_pba, D_pba, rtol=1e-9)


@pytest.mark.parametrize("value", ["[" * 3000, "9" * 5000])
def test_a_setting_that_no_reader_of_toml_can_take_is_refused_in_words(value) -> None:
    with pytest.raises(InputError, match="year"):
        read_settings(None, [f"year={value}"])


def test_settings_that_are_no_toml_are_refused(tmp_path) -> None:
    (tmp_path / "mine.toml").write_text("year 2010", encoding="utf-8")
    with pytest.raises(InputError, match="is not TOML"):
        read_settings(tmp_path / "mine.toml")


def test_negative_inputs_are_said_at_import_as_they_are_by_the_check(
    door,  # noqa: F811
    tmp_path,
    monkeypatch,
) -> None:
    """The largest delivery to a sector turns negative, and final demand takes what that leaves."""
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path / "cache"))
    system = shipped().copy()
    Z = system.Z.to_numpy()
    row, column = np.unravel_index(Z.argmax(), Z.shape)
    moved = 1.25 * Z[row, column]
    system.Z.iloc[row, column] -= moved
    system.Y.iloc[row, 0] += moved
    system.save_all(tmp_path / "source")
    told = [word for each in TOLD for word in ("--set", each)]
    made = door("data", "import", str(tmp_path / "source"), "--to", "odd", *told)
    assert made.code == 0, made.err
    share = re.search(r"Beware: negative inputs, share of all: (0\.\d+), must be < 0\.01", made.out)
    checked = door("data", "check", "--economy", "odd")
    assert checked.code == 1
    assert f"{share[1]}" in checked.out
