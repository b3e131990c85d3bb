"""What the files say of past years: gaps filled and flagged, cuts by province."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import amounts
from numpy.testing import assert_allclose

from data.readers.figures import read_city_statistics, read_regions
from data.readers.records import read_intensity_cuts, read_records
from data.readers.verified import read_table
from model.compile.gap_filling import chained_index, gaps_filled

NONE = np.nan


def test_a_series_that_begins_late_leaves_no_step_in_the_index() -> None:
    """The first grows by a tenth, then both by a fifth: 1, 1.1, 1.32."""
    series = np.array([[10.0, NONE], [11.0, 100.0], [13.2, 120.0]])
    assert_allclose(chained_index(series), [1.0, 1.1, 1.32])


def test_gaps_move_with_those_that_are_known() -> None:
    """The index is 1, 2, 4; a city of 12 t in the end had 6 and 3, one of 1 and 8 t had 3 t."""
    series = np.array([[5.0, NONE, 1.0], [10.0, NONE, NONE], [20.0, 12.0, 8.0]])
    found = gaps_filled(series)
    assert_allclose(found[:, 0], [5.0, 10.0, 20.0])
    assert_allclose(found[:, 1], [3.0, 6.0, 12.0])
    assert_allclose(found[:, 2], [1.0, 3.0, 8.0])


@given(series=amounts((6, 5), 1e3, 1e8), gaps=st.sets(st.integers(5, 29), max_size=12))
def test_filling_keeps_what_is_known_and_leaves_no_gap(series, gaps) -> None:
    lacking = series.copy()
    lacking[:, 1:].reshape(-1)[[n % 24 for n in gaps]] = NONE
    lacking[-1] = series[-1]
    found = gaps_filled(lacking)
    known = np.isfinite(lacking)
    assert np.array_equal(found[known], lacking[known])
    assert (found > 0).all()


def test_a_series_without_any_figure_stays_missing() -> None:
    series = np.array([[1.0, NONE], [2.0, NONE]])
    assert np.isnan(gaps_filled(series)[:, 1]).all()


def test_years_that_nobody_links_are_refused() -> None:
    with pytest.raises(ValueError, match="positions 1 and 2"):
        chained_index(np.array([[1.0, 1.0], [1.0, NONE], [NONE, 1.0]]))


@pytest.mark.parametrize("year", [2012, 2017])
def test_records_end_in_the_city_statistics_and_flag_what_was_filled(year: int) -> None:
    regions = read_regions()
    records = read_records(year, regions)
    assert list(records.past_years)[-1] == year
    assert_allclose(records.past_emissions[-1], read_city_statistics(year, regions).co2)
    assert (records.past_emissions > 0).all()
    series = read_table("city_co2_series.csv")
    inventories = set(zip(series["region_code"], series["year"], strict=True))
    for t, past in enumerate(list(records.past_years)[:-1]):
        known = [(code, past) in inventories for code in regions.codes]
        assert np.array_equal(records.past_estimated[t], ~np.array(known))


def test_26_cities_without_inventory_move_with_the_others() -> None:
    regions = read_regions()
    records = read_records(2012, regions)
    never = records.past_estimated[:-1].all(axis=0) & regions.is_city
    shapes = records.past_emissions[:, never] / records.past_emissions[-1, never]
    assert never.sum() >= 26
    assert_allclose(shapes, np.tile(shapes[:, :1], never.sum()), rtol=1e-12)


def test_every_province_has_a_cut_of_the_five_year_plan() -> None:
    """20.5 % in Beijing, 12 % in Xinjiang (State Council 2016)."""
    regions = read_regions()
    cut = read_intensity_cuts(regions)
    assert set(np.unique(cut)) == {0.12, 0.17, 0.18, 0.195, 0.205}
    assert cut[regions.names.index("Beijing")] == 0.205
    assert cut[regions.codes.index("650100")] == 0.12
