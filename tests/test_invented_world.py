"""The invented world of 20 countries and 30 sectors: a table with the dimensions of public ones."""

import re

import numpy as np
import pandas as pd
import pymrio
import pytest
from numpy.testing import assert_allclose
from own_economies import few_arms

from analysis import compare
from analysis.documents.docs_folder import DOCS
from data.errors import InputError
from data.importing.import_economy import import_economy
from data.importing.invented_world import CATEGORIES, COUNTRIES, SECTORS, frames_of, invented_world
from data.importing.kept import load_imported
from data.importing.settings import Settings
from data.importing.template import write_world
from model.input_output.dense_form import DenseForm
from scenarios.reading import read_scenario
from simulation.laboratory import Laboratory


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return the folder of the imported world."""
    folder = tmp_path_factory.mktemp("world")
    write_world(folder / "tables")
    import_economy(folder / "tables", folder / "kept")
    return folder / "kept"


@pytest.fixture(scope="module")
def economy(kept):
    return load_imported(kept)


def test_it_has_the_dimensions_of_public_tables(economy) -> None:
    assert economy.x.shape == (20, 30) == (len(COUNTRIES), len(SECTORS))
    assert economy.d.shape == (20, 30, len(CATEGORIES))
    assert len(set(economy.sectors.group.tolist())) == 7


def test_no_trade_shares_by_product_give_it_back(economy) -> None:
    """Two sectors of a country buy the same product from different countries."""
    assert isinstance(economy.form, DenseForm)
    A = economy.form.matrix.A.reshape(20, 30, 20, 30)
    bought = A[:, SECTORS.index("Trade"), 0, :]
    share = bought[:, (bought > 0).any(axis=0)]
    share = share / share.sum(axis=0)
    assert (share.max(axis=1) - share.min(axis=1)).max() > 0.1


def test_its_accounts_are_those_of_pymrio(economy) -> None:
    frames = frames_of(invented_world())
    F = frames["accounts"].set_index(["region", "sector"])[["emissions"]].T
    F.index = pd.Index(["CO2"], name="stressor")
    system = pymrio.IOSystem(
        Z=frames["Z"],
        Y=frames["Y"],
        carbon={"name": "carbon", "F": F, "unit": pd.DataFrame({"unit": ["kt"]}, F.index)},
    ).calc_all()
    found = economy.accounts()
    for name in ("D_pba", "D_cba"):
        theirs = getattr(system.carbon, name).T.groupby(level="region", sort=False).sum()["CO2"]
        assert_allclose(getattr(found, name), 1000 * theirs, rtol=1e-9)


def test_simulated_footprints_of_the_base_year_are_the_table_s(economy) -> None:
    base = Laboratory(economy).prepared(read_scenario("default", {"horizon.base_year": 2015})).base
    assert_allclose(base.D_cba, economy.accounts().D_cba, rtol=1e-9)
    assert_allclose(base.D_pba, economy.F.sum(axis=1), rtol=1e-9)


@pytest.mark.parametrize("institution", ["exchange", "bilateral", "auction"])
def test_countries_trade_and_no_tonne_is_lost(institution, economy) -> None:
    words = {"horizon.base_year": 2015, "horizon.end": 2019, "market.institution": institution}
    done = Laboratory(economy).run(read_scenario("default", words))
    assert (done.recorder.national["ledger_gap"] == 0).all()
    assert done.recorder.national["volume"].max() > 0
    assert done.names[0] == "Country A"


def test_rules_are_compared_in_workers_that_read_the_economy_themselves(kept, tmp_path) -> None:
    """The same bits in this process and in others."""
    asked = few_arms("markets", "horizon.base_year=2015", "horizon.end=2017")
    one, none = (
        compare(asked, replications=2, workers=workers, economy=str(kept), pictures=False,
                out=tmp_path / str(workers))
        for workers in (1, 0)
    )  # fmt: skip
    assert one.digest == none.digest
    assert set(one.cities["city"]) == set(COUNTRIES)


def test_the_documentation_names_every_setting() -> None:
    page = (DOCS / "own-economy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)
    named = {word.split(".")[0] for row in rows for word in re.findall(r"`([a-z_.]+)`", row)}
    assert set(Settings.model_fields) <= named
    for name, field in Settings.model_fields.items():
        for key in getattr(field.annotation, "model_fields", {}):
            said = f"{name}.{key}" in page
            assert said or (name, key) == ("matlab", "sheet"), f"{name}.{key} is not in the page"


def test_scenarios_name_its_countries_and_sectors(economy) -> None:
    laboratory, words = Laboratory(economy), {"horizon.base_year": 2015, "horizon.end": 2017}
    cleaner = [{"where": ["Country B"], "sector": "Electricity", "change": -0.1}]
    more = [{"where": ["Country C"], "products": ["Vehicles"], "growth": 0.05}]
    plain = laboratory.baseline(read_scenario("default", words))
    clean = laboratory.baseline(read_scenario("default", words | {"growth.cleaner": cleaner}))
    moved = clean.years[-1].D_pba - plain.years[-1].D_pba
    assert np.flatnonzero(np.abs(moved) > 1.0).tolist() == [1]
    grown = read_scenario("default", words | {"growth.more_demand": more})
    assert (laboratory.baseline(grown).years[-1].D_pba > plain.years[-1].D_pba).all()
    programme = {"programme.provinces": ["Country A"], "programme.until": 2020}
    done = laboratory.run(read_scenario("default", words | programme))
    assert (done.recorder.national["ledger_gap"] == 0).all()
    with pytest.raises(InputError, match="did you mean Country"):
        read_scenario("default", {"programme.provinces": ["Country Z"]})


def test_more_demand_for_a_product_is_a_share_of_the_table_s_own(economy) -> None:
    """All products demanded once more in a country: its footprint's response is the footprint."""
    from model.footprints.accounts import embodied_flows
    from model.input_output.product_demand import response_to

    d = np.zeros_like(economy.d)
    d[3] = economy.d[3]
    found = embodied_flows(response_to(economy.form, d), economy.S)[0]
    assert_allclose(found[:, 3], economy.accounts().C[:, 3], rtol=1e-9)


def test_a_damaged_folder_is_refused_and_says_to_import_again(kept, tmp_path) -> None:
    import shutil

    mine = tmp_path / "mine"
    shutil.copytree(kept, mine)
    assert load_imported(mine).year == 2015  # under another name too
    basis = mine / "basis.npy"
    basis.write_bytes(basis.read_bytes()[:-8])
    with pytest.raises(InputError, match=r"basis\.npy.*; import the economy again"):
        load_imported(mine)
