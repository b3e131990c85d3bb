"""Who pays by fifth: burdens by law and after prices."""

import numpy as np
import pytest

from analysis.outcomes.incidence import Incidence, burdens
from analysis.outcomes.one_run import Cities, NationalTable, OneRun
from analysis.outcomes.who_pays import WHO_PAYS


def run_of(cost: np.ndarray, scale: float = 1.0) -> OneRun:
    """Return one year of ten cities, each of one person, the first the richest."""
    from simulation.columns import CITY_COLUMNS

    demand = np.arange(10.0, 0.0, -1.0)
    table = {name: np.zeros((1, 10)) for name in CITY_COLUMNS}
    table |= {"demand": demand[None], "abatement_cost": scale * cost[None]}
    cities = Cities(np.ones(10), np.zeros(10, dtype=bool), demand, np.zeros(10, dtype=int))
    return OneRun(table, NationalTable({}), cities)


def test_each_fifth_bears_its_cost_over_its_demand() -> None:
    made = Incidence()
    for number, scale in enumerate((0.5, 1.5)):
        made.add("mine", number, burdens(run_of(np.full(10, 100.0), scale)))
    table = made.table().set_index(["burden", "fifth"])
    demand = np.array([19.0, 15.0, 11.0, 7.0, 3.0]) * 1e4
    assert table.loc["by_law", "mean"].to_numpy() == pytest.approx(100 * 200.0 / demand)
    assert (table["low"] < table["mean"]).all()
    assert (table["high"] > table["mean"]).all()


def test_the_fifths_agree_with_the_outcomes_of_the_poorest() -> None:
    run = run_of(np.arange(10.0))
    made = Incidence()
    made.add("mine", 0, burdens(run))
    table = made.table().set_index(["burden", "fifth"])["mean"]
    known = {outcome.word: outcome.of(run) for outcome in WHO_PAYS}
    assert table["by_law", 5] == pytest.approx(known["burden_poorest"])
    assert table["after_prices", 5] == pytest.approx(known["borne_poorest"])
