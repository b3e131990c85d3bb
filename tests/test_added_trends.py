"""Cleaner sectors and more demand for some products: another world, scored exactly."""

import numpy as np
import pytest
from invented import placed_in_china
from numpy.testing import assert_allclose, assert_array_equal

from data.errors import InputError
from data.readers.places import MACRO_REGIONS, lying_in, provinces
from data.readers.products import products_of
from model.compile.city_economy import Economy
from model.footprints.accounts import accounts, embodied_flows
from model.input_output.response_basis import response_basis
from model.labels import CATEGORIES, GROUPS
from scenarios import read_scenario
from simulation.laboratory import Laboratory

WEST_POWER = {"where": ["west"], "sector": "power", "change": -0.03}
EAST_GOODS = {"where": ["east"], "products": ["light_manufacturing", "s05"], "growth": 0.05}


@pytest.fixture(scope="module")
def placed(small) -> Economy:
    return placed_in_china(small)


def asked(**words):
    return read_scenario("default", {f"growth.{key}": value for key, value in words.items()})


def test_the_four_macro_regions_are_a_partition_of_the_provinces() -> None:
    named = [name for names in MACRO_REGIONS.values() for name in names]
    assert sorted(named) == sorted(provinces())


def test_a_cleaner_sector_lowers_its_own_intensity_there_year_by_year(placed) -> None:
    laboratory = Laboratory(placed)
    before = laboratory.baseline(asked()).level
    after = laboratory.baseline(asked(cleaner=[WEST_POWER])).level
    west, power = lying_in(["west"], placed.regions), GROUPS.index("electricity")
    n = np.arange(1, len(before) + 1)
    expected = before.copy()
    expected[:, west, power] *= 0.97 ** n[:, None]
    assert west.sum() == 1
    assert_allclose(after, expected, rtol=1e-12)


def test_cleaner_sectors_add_up_and_leave_demand_alone(placed) -> None:
    laboratory = Laboratory(placed)
    once = laboratory.baseline(asked(cleaner=[WEST_POWER]))
    twice = laboratory.baseline(asked(cleaner=[WEST_POWER, WEST_POWER]))
    none = laboratory.baseline(asked())
    assert_allclose(twice.level / none.level, (once.level / none.level) ** 2, rtol=1e-12)
    assert_array_equal(once.by_kind, none.by_kind)
    assert_array_equal(once.value_added, none.value_added)


@pytest.mark.parametrize("lever", [False, True])
def test_more_demand_is_scored_as_the_whole_economy_would_with_that_demand(placed, lever) -> None:
    """Against the response basis solved anew for the final demand of the year."""
    scenario = asked(more_demand=[EAST_GOODS]).model_copy(
        update={"abatement": asked().abatement.model_copy(update={"demand_lever": lever})}
    )
    laboratory = Laboratory(placed)
    years, baseline = laboratory.baseline(scenario), laboratory.baseline(asked())
    for t in (0, 11):
        alpha, exports = baseline.demand[t], baseline.exports[t]
        d = placed.d * alpha[:, None, None]
        east = lying_in(["east"], placed.regions)[:, None, None]
        goods = products_of(EAST_GOODS["products"], placed.sectors)[:, None]
        regular = np.array([category != "inventory_change" for category in CATEGORIES])
        d = d * np.where(east & goods & regular, 1.05 ** (t + 1), 1.0)
        basis = response_basis(placed.form, d, placed.export * exports, lambda *_: None)
        S = placed.S * years.level[t][:, placed.sectors.group]
        expected, scored = accounts(embodied_flows(basis, S)), years.years[t]
        assert_allclose(scored.D_pba, expected.D_pba, rtol=1e-10)
        assert_allclose(scored.D_cba, expected.D_cba, rtol=1e-10)
        assert_allclose(scored.own, np.diag(expected.C), rtol=1e-10)
        assert_allclose(scored.exported, expected.exported, rtol=1e-10)
        earned = embodied_flows(basis, placed.value_added_per_output).sum(axis=(0, 2))
        assert_allclose(years.value_added[t], earned, rtol=1e-10)
        assert_allclose(years.level[t], baseline.level[t], rtol=1e-12)


def test_more_demand_moves_emissions_of_a_run_and_nothing_of_the_base_year(placed) -> None:
    laboratory = Laboratory(placed)
    scenario = asked(more_demand=[EAST_GOODS])
    more, less = laboratory.run(scenario, 1), laboratory.run(asked(), 1)
    assert (more.national["emissions"] > less.national["emissions"]).all()
    assert_array_equal(more.demand_misfit, less.demand_misfit)
    base = laboratory.prepared(scenario).base
    assert_allclose(base.D_cba, laboratory.prepared(asked()).base.D_cba, rtol=1e-12)


def test_no_growth_of_demand_is_no_more_demand(placed) -> None:
    laboratory = Laboratory(placed)
    none = laboratory.run(asked(more_demand=[{**EAST_GOODS, "growth": 0.0}]), 1)
    usual = laboratory.run(asked(), 1)
    assert_allclose(none.cities["emissions"], usual.cities["emissions"], rtol=1e-9)
    assert_allclose(none.cities["catch_up"], usual.cities["catch_up"], atol=1e-12)


def test_the_solve_for_more_demand_is_kept(placed) -> None:
    laboratory = Laboratory(placed)
    first = laboratory.prepared(asked(more_demand=[EAST_GOODS]))
    again = laboratory.prepared(asked(more_demand=[{**EAST_GOODS, "growth": 0.1}]))
    assert first is again


@pytest.mark.parametrize(
    ("key", "table", "hint"),
    [
        ("cleaner", {**WEST_POWER, "where": ["wset"]}, "did you mean .*west"),
        ("cleaner", {**WEST_POWER, "where": []}, "names nothing"),
        ("cleaner", {**WEST_POWER, "sector": "electrcity"}, "did you mean electricity"),
        ("cleaner", {**WEST_POWER, "sector": "s43"}, "did you mean .*s42"),
        ("cleaner", {**WEST_POWER, "sector": "hightech"}, "did you mean high_tech"),
        ("cleaner", {**WEST_POWER, "sector": "paper"}, r"did you mean s10 \(Paper and printing\)"),
        (
            "cleaner",
            {**WEST_POWER, "sector": "metal"},
            r"did you mean metals or s04 \(Metal ores\)",
        ),
        ("cleaner", {**WEST_POWER, "sector": ["s10"]}, "growth.cleaner"),
        ("cleaner", {**WEST_POWER, "chnge": -0.1}, "did you mean change"),
        ("more_demand", {**EAST_GOODS, "where": ["Shangai"]}, "did you mean Shanghai"),
        ("more_demand", {**EAST_GOODS, "products": ["hightech"]}, "did you mean high_tech"),
        ("more_demand", {**EAST_GOODS, "growth": -0.1}, "greater than or equal to 0"),
    ],
)
def test_unknown_places_products_and_sectors_are_refused_at_the_door(key, table, hint) -> None:
    with pytest.raises(InputError, match=hint) as found:
        asked(**{key: [table]})
    assert "\n" not in str(found.value)


def test_a_place_without_regions_is_refused(placed) -> None:
    with pytest.raises(InputError, match="central: no region of this economy lies there"):
        Laboratory(placed).run(asked(cleaner=[{**WEST_POWER, "where": ["central"]}]))


def test_a_sector_that_the_economy_has_not_is_refused(placed) -> None:
    with pytest.raises(InputError, match="s42: no sector of this economy makes it"):
        Laboratory(placed).run(asked(cleaner=[{**WEST_POWER, "sector": "s42"}]))


def test_a_product_that_no_sector_makes_is_refused(placed) -> None:
    with pytest.raises(InputError, match="high_tech: no sector of this economy makes it"):
        Laboratory(placed).run(asked(more_demand=[{**EAST_GOODS, "products": ["high_tech"]}]))
