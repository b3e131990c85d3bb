"""Cities as readers meet them: words for codes, and who they are beside what they do."""

import numpy as np
import pandas as pd
import pytest
from test_executors import InTurn

from analysis import compare, read_cities, read_regions
from analysis.economy.region_table import COLUMNS
from data.errors import InputError
from model.behaviour.payoffs import ACTIONS
from model.classes.beneficiaries import Beneficiary


@pytest.fixture(scope="module")
def whole(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole") / "r"
    return compare("allocation_rules", ["horizon.end=2015"], replications=1, economy=small,
                   out=folder, executor=InTurn(), pictures=False)  # fmt: skip


def test_actions_and_classes_are_words_that_stand_at_their_numbers(whole) -> None:
    raw = pd.read_parquet(whole.folder / "cities.parquet")
    told = whole.cities
    for name in ("class_scored", "class_rolling", "class_policy", "class_policy_recent"):
        assert told[name].to_numpy().tolist() == [Beneficiary(n).label for n in raw[name]]
    assert told["action"].to_numpy().tolist() == [ACTIONS[n] for n in raw["action"]]
    assert list(told["action"].cat.categories) == list(ACTIONS)
    assert raw["action"].dtype == np.int8


def test_who_cities_are_stands_beside_what_they_do(whole, small) -> None:
    table = read_cities(whole.folder, ["arm", "year", "emissions"], regions=True)
    known = table.drop_duplicates("region_code").set_index("region_code")
    people = dict(zip(small.regions.codes, small.population, strict=True))
    assert known["population"].to_dict() == pytest.approx(people)
    assert {*COLUMNS, "arm", "year", "emissions"} == set(table)
    assert len(table) == 11 * 3 * 8


def test_the_table_of_regions_has_a_row_a_city_and_reads_back_as_it_was(whole, small) -> None:
    pd.testing.assert_frame_equal(read_regions(whole.folder), whole.regions, check_dtype=False)
    assert whole.regions["income_quintile"].value_counts().max() <= 2
    assert whole.regions["footprint_base"].sum() == pytest.approx(
        small.accounts().D_cba[small.players].sum()
    )


def test_a_folder_without_results_and_an_old_column_are_named(whole, tmp_path) -> None:
    with pytest.raises(InputError, match=r"holds no cities.parquet"):
        read_cities(tmp_path)
    with pytest.raises(InputError, match=r"holds no regions.csv"):
        read_regions(tmp_path)
    with pytest.raises(InputError, match="actoin: no such column; did you mean action"):
        read_cities(whole.folder, ["actoin"])


def test_a_column_may_be_named_alone_and_an_unknown_arm_or_city_is_refused(whole) -> None:
    assert list(read_cities(whole.folder, "emissions")) == ["emissions"]
    with pytest.raises(InputError, match="'nope' is no arm there; known: "):
        read_cities(whole.folder, arm="nope")
    with pytest.raises(InputError, match="'nope' is no code of a city there"):
        read_cities(whole.folder, city="nope")
