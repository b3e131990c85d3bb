"""2017 simulated from 2012 knows nothing of 2017 but growth, and is judged beside rivals."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from analysis.documents.markdown import with_tables
from analysis.economy.pair import LATER, pair
from analysis.studies.hindcast import DOCUMENT, confusion, errors, rivals, simulated, tables
from analysis.studies.hindcast_places import skill_apart_from_the_mean
from data.compiled.cache import load_economy
from data.errors import InputError
from data.readers import verified
from data.readers.figures import read_regions, read_sectors
from data.readers.prospects import read_prospects


def test_corrupting_every_emission_of_2017_changes_no_byte_of_the_simulated_2017(
    small, tmp_path, monkeypatch
) -> None:
    """The table is spoiled on disk, read by the readers of prospects, and simulated."""
    copy = shutil.copytree(verified.folder(), tmp_path / "tables")
    table = copy / "region_statistics.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    at = lines[0].split(",").index("co2_mt")
    spoiled = [lines[0]]
    for line in lines[1:]:
        cells = line.split(",")
        if cells[1] == "2017":
            cells[at] = cells[at + 1] = "77.7"
        spoiled.append(",".join(cells))
    table.write_text("\n".join(spoiled) + "\n", encoding="utf-8")
    regions, sectors = read_regions(), read_sectors()
    true = read_prospects(regions, sectors)
    known = {**verified.manifest(), table.name: verified.digest(table.read_bytes())}
    monkeypatch.setattr(verified, "manifest", lambda: known)
    false = read_prospects(regions, sectors, copy)
    assert np.abs(true.co2_change / false.co2_change - 1).max() > 0.1
    assert_array_equal(true.real_growth, false.real_growth)
    cities = len(small.regions)
    found = [
        simulated(
            replace(
                small,
                prospects=replace(
                    small.prospects,
                    real_growth=prospects.real_growth[:cities],
                    planned_change=prospects.planned_change[:cities],
                    co2_change=prospects.co2_change[:cities],
                ),
            )
        )
        for prospects in (true, false)
    ]
    assert found[0].D_pba.tobytes() == found[1].D_pba.tobytes()
    assert found[0].classes.tobytes() == found[1].classes.tobytes()


def test_without_growth_and_plans_2017_is_2012(small) -> None:
    """But for exports, which grow on their own: so demand gives way and no city strays far."""
    still = replace(
        small.prospects,
        real_growth=np.zeros_like(small.prospects.real_growth),
        national_growth=dict.fromkeys(range(2013, 2018), 0.0),
        planned_change=np.ones_like(small.prospects.planned_change),
    )
    economy = replace(small, prospects=still)
    assert_allclose(simulated(economy).D_pba, small.F.sum(axis=1), rtol=0.15)
    for forecast in rivals(economy).values():
        assert_allclose(forecast, small.F.sum(axis=1), rtol=1e-12)


def test_a_deeper_plan_lowers_every_city_s_emissions(small) -> None:
    deeper = replace(small.prospects, planned_change=small.prospects.planned_change * 0.9)
    less = simulated(replace(small, prospects=deeper)).D_pba
    assert_allclose(less, 0.9 * simulated(small).D_pba, rtol=1e-9)


def test_a_perfect_forecast_has_skill_one_and_persistence_none() -> None:
    true = np.array([1.0, 2.0, 4.0])
    found = errors({"persistence": true * 1.5, "perfect": true}, true, np.ones(3, dtype=bool))
    assert_allclose(found["skill against persistence"], [0.0, 1.0])
    assert_allclose(found["sum of all, deviation %"], [50.0, 0.0])
    assert_allclose(found["median error %"], [50.0, 0.0])


def test_skill_between_places_takes_no_notice_of_an_error_common_to_all() -> None:
    observed = np.array([0.1, 0.3, -0.2])
    assert skill_apart_from_the_mean(observed + 5.0, observed) == pytest.approx(1.0)
    assert skill_apart_from_the_mean(np.full(3, 0.7), observed) == pytest.approx(0.0)
    assert skill_apart_from_the_mean(-observed, observed) == pytest.approx(-3.0)


def test_every_city_is_in_the_confusion_table_once() -> None:
    table = confusion(np.array([0, 1, 1, 3]), np.array([0, 1, 2, 3]))
    assert table.to_numpy().sum() == 4
    assert table.loc["weak beneficiary", "role model"] == 1


def test_a_document_without_its_markers_is_refused() -> None:
    with pytest.raises(InputError, match="must hold the line <!-- a:begin -->"):
        with_tables("no table here", {"a": "x"})
    text = with_tables("<!-- a:begin -->\nold\n<!-- a:end -->\n", {"a": "new"})
    assert text == "<!-- a:begin -->\nnew\n<!-- a:end -->\n"


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_hindcast(full) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    said = tables(pair(full, load_economy(LATER)), full)
    assert with_tables(text, said) == text, "renew: .venv/bin/python -m analysis.documents hindcast"
