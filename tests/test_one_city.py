"""One city on one screen: what is told is what the results hold, and its account closes."""

import json

import numpy as np
import pandas as pd
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from rich.cells import cell_len
from test_executors import InTurn

from analysis import compare
from analysis.command_line import city_command
from analysis.experiment.identity import given_identity
from analysis.one_city import portrait
from analysis.one_city.names import code_of
from analysis.one_city.partners import partners
from analysis.one_city.quota_account import CLOSING, OPENING, RECEIVED, SPENT, over_all_years
from data.errors import InputError

CITY = "City C"


@pytest.fixture(scope="module")
def whole(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "r"
    return compare("allocation_rules", ["horizon.end=2018"], replications=2, economy=small,
                   out=folder, executor=InTurn(), pictures=False)  # fmt: skip


@pytest.fixture(scope="module")
def found(whole, small):
    return portrait(CITY, whole.folder, lambda _: small)


@pytest.fixture
def told(door, small, monkeypatch):  # noqa: F811 - the fixture
    monkeypatch.setattr(city_command, "load_economy", lambda *_, **__: small)
    monkeypatch.setattr(city_command, "economies_identity", lambda _: given_identity(small))
    return door


def test_every_account_closes_to_the_tonne_in_every_year_and_over_all(found) -> None:
    accounts = [account for one in found.courses for account in one.accounts]
    assert len(accounts) == 10 * 2
    for account in accounts:
        ends = account[OPENING] + account[list(RECEIVED)].sum(axis=1)
        ends -= account[list(SPENT)].sum(axis=1)
        np.testing.assert_array_equal(ends, account[CLOSING])
        total = over_all_years(account)
        assert (
            total[OPENING] + total[list(RECEIVED)].sum() - total[list(SPENT)].sum()
            == (account[CLOSING].iloc[-1])
        )


def test_means_of_the_last_year_are_those_of_the_table(found, whole) -> None:
    cities = whole.cities
    rows = cities[(cities["city"] == CITY) & (cities["year"] == 2018)]
    for one in found.courses:
        own = rows[rows["arm"] == one.arm]
        assert one.emissions.mean == pytest.approx(own["emissions"].mean() / 1e6)
        assert sum(one.actions.values()) == pytest.approx(0.0 if one.arm == "no_policy" else 1.0)
    paid = found.of("grandfathering+exchange")
    own = rows[rows["arm"] == "grandfathering+exchange"]
    prices = (own["purchase_cost"] / (own["net_purchase"] + own["auction_quota"])).to_numpy()
    assert paid.price.mean == pytest.approx(np.nanmean(prices[np.isfinite(prices)]))


def test_partners_are_the_largest_flows_of_the_economy(small) -> None:
    known, C = partners(small, "x02"), small.accounts().C
    place = small.regions.codes.index("x02")
    flows = pd.Series(C[:, place], index=small.regions.names).drop(small.regions.names[place])
    assert known.suppliers == pytest.approx(flows.nlargest(5).to_dict())
    assert known.at_home == pytest.approx(C[place, place])


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("words", [(), ("--arm", "grandfathering+exchange")])
def test_no_figure_of_a_city_is_lost_at_any_width(width, words, whole, told, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answer = told("city", CITY, str(whole.folder), *words)
    assert answer.code == 0, answer.err
    assert max(map(cell_len, answer.out.splitlines())) <= width
    monkeypatch.setenv("COLUMNS", "400")
    wide = told("city", CITY, str(whole.folder), *words)
    assert set(wide.out.split()) - {"all"} <= set(answer.out.split())
    assert "Suppliers, Mt emitted for it" in wide.out


def test_json_holds_the_account_of_every_replication_in_whole_tonnes(whole, told) -> None:
    answer = json.loads(told("city", "x02", str(whole.folder), "--json").out)
    assert answer["city"]["city"] == CITY
    (arm,) = [one for one in answer["arms"] if one["arm"] == "grandfathering+exchange"]
    assert len(arm["accounts"]) == 2
    assert all(isinstance(tonnes, int) for tonnes in arm["accounts"][0]["2018"].values())
    assert answer["partners"]["suppliers"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("City X",), "City X: no such region; did you mean"),
        ((CITY, "--arm", "grandfathering"), "did you mean grandfathering+"),
    ],
)
def test_an_unknown_city_or_arm_gets_the_nearest(words, said, whole, told) -> None:
    answer = told("city", words[0], str(whole.folder), *words[1:])
    assert answer.refused_in_one_line
    assert said in answer.err


def test_a_folder_that_holds_no_results_is_named(tmp_path, told) -> None:
    assert "no results directory" in told("city", CITY, str(tmp_path)).err


def test_names_may_be_chinese_and_provinces_and_shared_names_are_explained() -> None:
    regions = pd.DataFrame({
        "region_code": ["130200", "320500", "341300"],
        "city": ["Tangshan", "Suzhou (Jiangsu)", "Suzhou (Anhui)"],
        "province_code": ["130000", "320000", "340000"],
        "longitude": 0.0,
        "latitude": 0.0,
    })  # fmt: skip
    for word in ("tangshan", "唐山", "唐山市", "130200"):
        assert code_of(word, regions) == "130200"
    for word, said in {"Suzhou": "several regions", "Hebei": "its cities, such as Tangshan",
                       "Shanxi": "not divided into cities"}.items():  # fmt: skip
        with pytest.raises(InputError, match=said):
            code_of(word, regions)


def test_results_of_another_economy_have_no_partners(whole, told, monkeypatch) -> None:
    monkeypatch.setattr(city_command, "economies_identity", lambda _: "0" * 64)
    assert "is not at hand" in told("city", CITY, str(whole.folder)).out
