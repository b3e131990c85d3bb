"""Results do not move unseen: a few runs beside what they came to before."""

import golden
import numpy as np
import pandas as pd
import pytest


def assert_unmoved(found: pd.DataFrame) -> None:
    kept = pd.read_csv(golden.FILE)
    expected = kept[kept["run"].isin(found["run"])].reset_index(drop=True)
    keys = ["run", "year", "quantity"]
    assert found.reset_index(drop=True)[keys].equals(expected[keys])
    scale = expected.groupby(["run", "quantity"])["value"].transform(lambda v: v.abs().max())
    np.testing.assert_allclose(
        found["value"].to_numpy() / scale.clip(lower=1.0),
        expected["value"] / scale.clip(lower=1.0),
        rtol=0,
        atol=1e-9,
    )


def test_runs_on_the_invented_economy_give_the_golden_numbers(small) -> None:
    assert_unmoved(golden.runs(small, golden.SMALL))


@pytest.mark.full
def test_runs_of_309_cities_give_the_golden_numbers(full) -> None:
    assert_unmoved(golden.runs(full, golden.FULL))
