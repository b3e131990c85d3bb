"""The door for figures: verified tables, units converted once."""

import shutil

import numpy as np
import pytest

from data.compiled.cache import load_economy
from data.errors import InputError
from data.readers import verified
from data.readers.figures import (
    read_city_statistics,
    read_national_series,
    read_regions,
    read_sectors,
)
from data.readers.inputs import read_figures
from data.readers.io_tables import read_prices, read_provincial_tables
from data.readers.prospects import read_prospects


@pytest.fixture
def copy(tmp_path):
    """A copy of the tables that a test may spoil."""
    return shutil.copytree(verified.folder(), tmp_path / "tables")


def test_every_table_stands_in_the_manifest_and_is_what_it_says() -> None:
    names = {path.name for path in verified.folder().iterdir()}
    assert names == set(verified.manifest())
    for name in names:
        assert verified.verified_bytes(name)


def test_a_missing_table_is_named_with_the_way_out(copy) -> None:
    (copy / "sectors.csv").unlink()
    with pytest.raises(InputError, match=r"sectors\.csv: this table is missing.*restore"):
        read_sectors(copy)


def test_an_altered_table_is_refused(copy) -> None:
    table = copy / "provincial_io_2012.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("8018", "8019", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"provincial_io_2012\.csv: altered.*restore"):
        read_figures(2012, copy)


def test_a_truncated_table_is_refused(copy) -> None:
    table = copy / "region_statistics.csv"
    table.write_bytes(table.read_bytes()[:5000])
    with pytest.raises(InputError, match="altered"):
        read_city_statistics(2012, read_regions(), copy)


def test_line_ends_of_another_system_are_no_alteration(copy) -> None:
    table = copy / "sectors.csv"
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    assert read_sectors(copy).codes == read_sectors().codes


def test_a_table_that_does_not_balance_is_named_with_row_and_amount(copy, monkeypatch) -> None:
    table = copy / "provincial_io_2012.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",8018,", ",9018,", 1), "utf-8")
    digest = verified.digest(table.read_bytes())
    known = {**verified.manifest(), table.name: digest}
    monkeypatch.setattr(verified, "manifest", lambda: known)
    with pytest.raises(InputError, match=r"province 110000, row s01 .* 1000\.00 million CNY"):
        read_provincial_tables(2012, read_regions(), read_sectors(), copy)


def spoiled(copy, monkeypatch, name: str, old: str, new: str) -> None:
    """Change a table and let the manifest say that it is meant so."""
    table = copy / name
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    known = {**verified.manifest(), name: verified.digest(table.read_bytes())}
    monkeypatch.setattr(verified, "manifest", lambda: known)


def test_a_city_outside_every_province_is_named(copy, monkeypatch) -> None:
    spoiled(copy, monkeypatch, "regions.csv", "石家庄市,130000", "石家庄市,990000")
    with pytest.raises(InputError, match=r"Shijiazhuang \(130100\) lies in province 990000"):
        read_regions(copy)


def test_a_negative_statistic_is_named(copy, monkeypatch) -> None:
    spoiled(copy, monkeypatch, "region_statistics.csv", "110000,2012,2069.0", "110000,2012,-2069.0")
    with pytest.raises(InputError, match=r"population_10k of 110000 is -2069; it cannot be"):
        read_city_statistics(2012, read_regions(), copy)


def test_a_product_supplied_and_used_by_nobody_is_named(copy, monkeypatch) -> None:
    """Beijing's farm products without any buyer."""
    path = copy / "provincial_io_2012.csv"
    row = next(r for r in path.read_text("utf-8").splitlines() if r.startswith("110000,s01,"))
    cells = row.split(",")
    spoiled(copy, monkeypatch, path.name, row, ",".join([*cells[:2], *["0"] * 49, *cells[-3:]]))
    with pytest.raises(InputError, match=r"110000, sector s01 supplies 39575\.00 million CNY"):
        read_provincial_tables(2012, read_regions(), read_sectors(), copy)


def test_a_negative_use_is_named(copy, monkeypatch) -> None:
    spoiled(copy, monkeypatch, "provincial_io_2012.csv", "110000,s01,8018,4.46",
            "110000,s01,8018,-4.46")  # fmt: skip
    with pytest.raises(InputError, match=r"Z of province 110000, sector s01 is negative \(-446"):
        read_provincial_tables(2012, read_regions(), read_sectors(), copy)


def test_a_price_that_is_not_positive_and_a_deflator_there_is_none_of_are_named(
    copy, monkeypatch
) -> None:
    with pytest.raises(InputError, match=r"no column 'price_index_2017_moon'; it has price_index"):
        read_prices(2017, "moon", read_sectors())
    spoiled(copy, monkeypatch, "sector_prices.csv", "s02,0.8484", "s02,0")
    with pytest.raises(InputError, match="sector of s02 is not a positive number"):
        read_prices(2017, "sector", read_sectors(), copy)


def test_a_year_without_figures_is_refused_with_the_years_there_are() -> None:
    with pytest.raises(InputError, match=r"2015.*2012, 2017"):
        read_city_statistics(2015, read_regions())
    with pytest.raises(InputError, match="2015"):
        load_economy(2015)


def test_there_are_309_cities_and_four_whole_provinces() -> None:
    regions = read_regions()
    assert (regions.is_city.sum(), (~regions.is_city).sum()) == (309, 4)
    assert len(set(regions.names)) == 313
    assert (np.diff(regions.province) >= 0).all()


def test_units_are_converted_once() -> None:
    """Beijing 2012: 20.69 million residents, 1,787.9 bn CNY, 98 Mt (yearbook 2013, CEADs)."""
    regions = read_regions()
    beijing = regions.names.index("Beijing")
    statistics = read_city_statistics(2012, regions)
    assert statistics.population[beijing] == pytest.approx(20.69e6)
    assert statistics.gdp[beijing].sum() * 1e4 == pytest.approx(1787.94e9, rel=1e-5)
    assert statistics.co2[beijing] == pytest.approx(98.0e6)


def test_provincial_tables_balance_as_published() -> None:
    tables = read_provincial_tables(2012, read_regions(), read_sectors())
    assert np.abs(tables.row_gap).max() < 1e-9 * tables.x.max()
    assert np.abs(tables.column_gap).max() < 1e-9 * tables.x.max()


def test_prospects_are_those_of_the_statistics() -> None:
    prospects = read_prospects(read_regions(), read_sectors())
    assert prospects.national_growth[2020] < 0.03 < prospects.national_growth[2013]
    assert (prospects.co2_change > 0).all()
    assert prospects.intensity_change.shape == (7,)
    assert (prospects.intensity_change < 1.1).all()


def test_an_unknown_series_is_refused() -> None:
    with pytest.raises(InputError, match="no series 'growth'"):
        read_national_series("growth")
