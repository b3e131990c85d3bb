"""How cities change class, gathered run by run."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from analysis.outcomes.class_changes import READINGS, ClassChanges
from model.classes.beneficiaries import Beneficiary

STRONG, WEAK, ROLE_MODEL, NEITHER = Beneficiary


def run(*years: list[int]) -> pa.Table:
    """Return a city table from 2013 on, the same classes in every reading."""
    kinds = np.array(years, dtype=np.int8)
    columns = dict.fromkeys(READINGS, kinds.reshape(-1))
    return pa.table({"year": np.repeat(2013 + np.arange(len(years)), kinds.shape[1]), **columns})


def cells(changes: ClassChanges, arm: str) -> pd.DataFrame:
    rows = changes.table()
    rows = rows[(rows["arm"] == arm) & (rows["reading"] == "class_policy_recent")]
    return rows.set_index(["from", "to"])


def test_classes_are_read_five_years_after_the_base_year_and_in_the_last() -> None:
    """Of two strong beneficiaries of 2017 one is a role model in 2018, in one run of two."""
    before, start = [NEITHER, NEITHER, NEITHER], [STRONG, STRONG, WEAK]
    changes = ClassChanges()
    changes.add("mine", run(*[before] * 4, start, [ROLE_MODEL, STRONG, WEAK]))
    changes.add("mine", run(*[before] * 4, start, [STRONG, STRONG, WEAK]))
    table = cells(changes, "mine")
    assert set(table["from_year"]) == {2017}
    assert set(table["to_year"]) == {2018}
    assert table["cities"].sum() == 3.0
    assert table.loc[(STRONG.label, STRONG.label), "cities"] == 1.5
    assert table.loc[(STRONG.label, ROLE_MODEL.label), "cities"] == 0.5
    assert table.loc[(STRONG.label, STRONG.label), "share"] == pytest.approx(0.75)
    assert table.loc[(WEAK.label, WEAK.label), "share"] == 1.0
    assert table.loc[NEITHER.label, "share"].isna().all()


def test_a_short_horizon_is_read_from_its_first_year() -> None:
    changes = ClassChanges()
    changes.add("mine", run([STRONG], [WEAK], [NEITHER]))
    table = cells(changes, "mine")
    assert table.loc[(STRONG.label, NEITHER.label), "cities"] == 1.0
    assert set(table["from_year"]) == {2013}


def test_arms_are_kept_apart() -> None:
    changes = ClassChanges()
    changes.add("one", run([STRONG], [WEAK]))
    changes.add("other", run([STRONG], [STRONG]))
    assert cells(changes, "one").loc[(STRONG.label, WEAK.label), "share"] == 1.0
    assert cells(changes, "other").loc[(STRONG.label, STRONG.label), "share"] == 1.0
    assert len(changes.table()) == 2 * len(READINGS) * 16
