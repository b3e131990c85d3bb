"""Who pays: burden of each fifth of the cities, by law and after prices, over all replications."""

import numpy as np
import pandas as pd

from analysis.outcomes.burden import by_law
from analysis.outcomes.independent_draws import draws_of
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import ratio
from analysis.outcomes.paired import interval_of
from analysis.outcomes.who_pays import borne, fifths
from model.labels import CNY_PER_UNIT

BURDENS = {"by_law": by_law, "after_prices": borne}
"""Readings of a burden, by word."""
FIFTHS = (1, 2, 3, 4, 5)
"""Of cities by final demand a head in the base year, the richest first."""
COLUMNS = ["arm", "burden", "fifth", "mean", "low", "high"]


def burdens(run: OneRun) -> np.ndarray:
    """Return what each fifth bears over its final demand, by law and after prices, %; (b, 5)."""
    fifth = run.once(fifths)
    demand = CNY_PER_UNIT * run.total("demand")
    shares = [
        [100 * ratio(float(of[fifth == n].sum()), float(demand[fifth == n].sum()))
         for n in FIFTHS]
        for of in (run.once(burden) for burden in BURDENS.values())
    ]  # fmt: skip
    return np.array(shares)


class Incidence:
    """Burden of each fifth over its final demand, %, gathered run by run.

    `economies` is the number of drawn economies that replications take in turn; 1 for none.
    """

    def __init__(self, economies: int = 1) -> None:
        self._economies = economies
        self._runs: dict[str, dict[int, np.ndarray]] = {}

    def add(self, arm: str, replication: int, shares: np.ndarray) -> None:
        """Take one more run: its `burdens`."""
        self._runs.setdefault(arm, {})[replication] = shares

    def table(self) -> pd.DataFrame:
        """Return a row an arm, burden and fifth: mean and its 95 % interval over replications."""
        rows = []
        for arm, runs in self._runs.items():
            values = np.stack(list(runs.values()))
            draws = draws_of(np.array(list(runs)), self._economies)
            for place, word in enumerate(BURDENS):
                for number, fifth in enumerate(FIFTHS):
                    found = interval_of(values[:, place, number], draws=draws)
                    rows.append((arm, word, fifth, found.mean, found.low, found.high))
        return pd.DataFrame(rows, columns=COLUMNS)
