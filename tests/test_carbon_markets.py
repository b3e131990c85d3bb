"""Carbon markets as they were: what the table says, and what it refuses."""

import json

import pytest

from data.errors import InputError
from data.readers import verified
from data.readers.carbon_markets import (
    FIGURES,
    TABLE,
    read_carbon_markets,
)
from data.readers.figures import read_national_series
from data.readers.verified import digest, folder

PILOTS = {"beijing", "shanghai", "tianjin", "chongqing", "shenzhen", "guangdong", "hubei"}


@pytest.fixture(scope="module")
def markets():
    return read_carbon_markets()


def test_there_are_seven_pilots_and_the_national_market(markets) -> None:
    assert set(markets) == PILOTS | {"national"}
    assert [markets[m].start for m in ("shenzhen", "hubei", "chongqing", "national")] == [
        2013, 2014, 2014, 2021,
    ]  # fmt: skip


def test_no_city_lies_in_two_pilots(markets) -> None:
    cities = [code for name in PILOTS for code in markets[name].cities]
    assert len(cities) == len(set(cities)) == 4 + 21 + 17
    assert markets["shenzhen"].cities == ("440300",)
    assert markets["national"].cities is None


def test_the_national_market_covers_power_and_from_2024_metals_and_minerals(markets) -> None:
    assert markets["national"].covers == {
        2021: ("electricity",),
        2024: ("electricity", "metals", "minerals"),
    }


def test_two_pilots_fine_nobody(markets) -> None:
    unfined = {name for name in PILOTS if not markets[name].fined[markets[name].start]}
    assert unfined == {"chongqing", "tianjin"}
    assert all("penalty_multiple" not in markets[name].figures for name in unfined)


def test_prices_agree_with_the_national_series(markets) -> None:
    for name in PILOTS - {"chongqing"}:
        series = read_national_series(f"ets_pilot_price_mean_{name}")
        prices = markets[name].figures["price_mean"]
        assert {year: prices[year].value for year in series} == series
    ends = markets["national"].figures["price_year_end"]
    series = read_national_series("ets_national_price_year_end")
    assert {year: figure.value for year, figure in ends.items()} == series


def test_money_over_tonnes_is_the_mean_price_of_a_year(markets) -> None:
    """Money, tonnes and price come from different sources (2021 all from one)."""
    figures = markets["national"].figures
    for year in (2021, 2023, 2024):
        money, tonnes = (figures[word][year].value for word in ("turnover_money", "turnover"))
        price = figures["price_mean"][year].value
        assert money * 1e3 / tonnes == pytest.approx(price, rel=0.01)


def test_what_is_unknown_is_absent(markets) -> None:
    assert "turnover" not in markets["beijing"].figures
    assert "compliance_firms" not in markets["national"].figures
    assert markets["beijing"].figures["penalty_multiple"][2014].value is None
    for market in markets.values():
        assert set(market.figures) <= set(FIGURES)


@pytest.fixture
def altered(tmp_path, monkeypatch):
    """Return a way to read the table with one text in place of another."""

    def read(old: str, new: str):
        text = (folder() / TABLE).read_text(encoding="utf-8")
        assert text.count(old) >= 1
        content = text.replace(old, new, 1).encode()
        (tmp_path / TABLE).write_bytes(content)
        regions = (folder() / "regions.csv").read_bytes()
        (tmp_path / "regions.csv").write_bytes(regions)
        known = {TABLE: digest(content), "regions.csv": digest(regions)}
        (tmp_path / "manifest.json").write_text(json.dumps(known), encoding="utf-8")
        monkeypatch.setattr(verified, "manifest", lambda: known)
        return read_carbon_markets(tmp_path)

    return read


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("price_mean,42.85", "price_meen,42.85", r"price_meen: no such variable; did you mean"),
        ("covers,metals", "covers,steel", r"national 2024 covers: 'steel' is no value of it"),
        ("city,420100", "city,420199", r"hubei 2014 city: '420199' is no value of it"),
        ("price_mean,42.85", "price_mean,dear", r"'dear' is no number"),
        ("price_mean,42.85", "price_mean,", r"neither a value nor a range"),
        ("price_mean,42.85", "price_mean,-1", r"must rise from zero on"),
        ("42.85,CNY/t", "42.85,USD/t", r"unit 'USD/t' must be 'CNY/t'"),
        ("55.0,CNY/t,50.54", "55.0,CNY/t,60.0", r"must rise from zero on, not \[60.0, 55.0"),
        ("2021,turnover,179", "2022,turnover,179", r"national 2022 turnover: is there twice"),
        ("published,16 July", "perhaps,16 July", r"status 'perhaps' is none of published"),
        ("start,2021,year", "cap,2021,Mt", r"national has no row 'start'; add one"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_in_one_line(altered, old, new, said) -> None:
    with pytest.raises(InputError, match=said) as refused:
        altered(old, new)
    assert "\n" not in str(refused.value)
