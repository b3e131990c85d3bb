"""Classes of cities by name: how sure they are, and when they change."""

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.outcomes.class_dates import ClassDates
from model.classes.beneficiaries import Beneficiary

STRONG, WEAK, ROLE_MODEL, NEITHER = Beneficiary


def run(*years: list[int]) -> pa.Table:
    """Return a city table from 2013 on."""
    kinds = np.array(years, dtype=np.int8)
    count = kinds.shape[1]
    return pa.table(
        {
            "year": np.repeat(2013 + np.arange(len(years)), count),
            "region_code": [f"{n:06d}" for n in range(count)] * len(years),
            "city": [f"City {n}" for n in range(count)] * len(years),
            "class_rolling": kinds.reshape(-1),
        }
    )


def test_dates_and_probabilities_by_hand() -> None:
    """One city becomes strong in 2014 in both runs and stops in one of them; the other never is."""
    dates = ClassDates()
    dates.add("mine", run([WEAK, WEAK], [STRONG, WEAK], [STRONG, NEITHER]))
    dates.add("mine", run([WEAK, WEAK], [STRONG, WEAK], [ROLE_MODEL, NEITHER]))
    first, second = dates.table().to_dict("records")
    assert (first["p_strong_beneficiary"], first["p_role_model"]) == (0.5, 0.5)
    assert (first["becomes_strong"], first["stops"], first["changes"]) == (2014, 2015, 1.5)
    assert first["ever_strong"] == 0.5
    assert not first["sure"]
    assert (second["likely"], second["sure"], second["changes"]) == (NEITHER.label, True, 1.0)
    assert pd.isna(second["becomes_strong"])
    assert pd.isna(second["stops"])


def test_the_year_of_stopping_is_of_the_runs_that_become_strong_in_the_usual_year() -> None:
    """Strong from 2013 in most runs, until 2014 or 2015; the others stop later, all in 2016."""
    dates = ClassDates()
    for kinds in ("SWWWW", "SSWWW", "SSWWW", "WSSWW", "WWSWS"):
        dates.add("mine", run(*[[STRONG if kind == "S" else WEAK] for kind in kinds]))
    (row,) = dates.table().to_dict("records")
    assert (row["becomes_strong"], row["stops"]) == (2013, 2015)


def test_a_city_that_most_often_stays_strong_has_no_year_of_stopping() -> None:
    dates = ClassDates()
    for kinds in ("SWWWW", "WSSSS", "WSSSS", "WSSWW"):
        dates.add("mine", run(*[[STRONG if kind == "S" else WEAK] for kind in kinds]))
    (row,) = dates.table().to_dict("records")
    assert row["becomes_strong"] == 2014
    assert pd.isna(row["stops"])


def test_every_arm_has_a_row_for_every_city() -> None:
    dates = ClassDates()
    for arm in ("one", "two"):
        dates.add(arm, run([WEAK, STRONG, NEITHER], [WEAK, STRONG, NEITHER]))
    table = dates.table()
    assert table.groupby("arm").size().to_dict() == {"one": 3, "two": 3}
    shares = table[[name for name in table.columns if name.startswith("p_")]]
    assert (shares.sum(axis=1) == 1.0).all()
