"""Outcomes: what each run comes to, in the words rules are compared by."""

import numpy as np
import pandas as pd

from analysis.outcomes.beneficiaries import BENEFICIARIES
from analysis.outcomes.climate import CLIMATE
from analysis.outcomes.compliance import COMPLIANCE
from analysis.outcomes.cost import COST
from analysis.outcomes.demand import DEMAND
from analysis.outcomes.equity import EQUITY
from analysis.outcomes.one_run import one_run
from analysis.outcomes.outcome import Outcome
from analysis.outcomes.reach import REACH
from analysis.outcomes.shared_runs import shared_runs
from analysis.outcomes.trade import TRADE
from analysis.outcomes.transfers import TRANSFERS
from analysis.outcomes.welfare import WELFARE
from analysis.outcomes.who_pays import WHO_PAYS
from model.compile.city_economy import Economy
from simulation.run_result import Run

FAMILIES = (
    CLIMATE, COST, TRADE, COMPLIANCE, EQUITY, WHO_PAYS, WELFARE, BENEFICIARIES, TRANSFERS, DEMAND,
    REACH,
)  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = tuple(
    sorted((outcome for family in FAMILIES for outcome in family), key=lambda o: not o.always)
)
"""Ranked one by one, never weighted into one number; those of institutions come last."""


def outcomes(run: Run, economy: Economy, without: Run | None = None) -> dict[str, float]:
    """Return what a run of the simulation comes to, by the word of the outcome.

    `without` is the run without policy of the same seed and replication; what is measured against
    it (`cost_per_tonne`) is not a number where it is left out.
    """
    seen = one_run(run, economy, without)
    return {outcome.word: outcome.of(seen) for outcome in OUTCOMES}


class OutcomeTable:
    """Outcomes of many runs, gathered run by run: a row of numbers each, and nothing more."""

    def __init__(self, reference: str, economies: int = 1) -> None:
        self.reference = reference
        """The arm without policy."""
        self.economies = economies
        """Drawn economies that replications take in turn; 1 for the economy as compiled."""
        self._rows: dict[tuple[str, int], np.ndarray] = {}
        self._used: set[str] = set()

    def add(self, arm: str, replication: int, values: np.ndarray, used: np.ndarray) -> None:
        """Take one more run: its values in the order of `OUTCOMES`, and which it makes use of."""
        self._rows[arm, replication] = values
        self._used |= {OUTCOMES[place].word for place in np.flatnonzero(used)}

    @property
    def arms(self) -> list[str]:
        """The arms, in the order in which they came."""
        return list(dict.fromkeys(arm for arm, _ in self._rows))

    @property
    def shown(self) -> list[Outcome]:
        """The outcomes worth a table: those of institutions only where one makes use of them."""
        return [outcome for outcome in OUTCOMES if outcome.word in self._used]

    def table(self) -> pd.DataFrame:
        """Return a row a run: arm, replication, and the outcomes worth a table by their words."""
        shown = [(outcome.word, OUTCOMES.index(outcome)) for outcome in self.shown]
        numbers = np.array(list(self._rows.values())).reshape(len(self._rows), len(OUTCOMES))
        columns = {word: numbers[:, place] for word, place in shown}
        named = pd.DataFrame(list(self._rows), columns=["arm", "replication"])
        return named.assign(**columns)

    @property
    def shared(self) -> tuple[int, ...]:
        """The replications over which means of arms stand side by side; see `shared_runs`."""
        return shared_runs(self._rows, self.economies)

    def values(self, outcome: Outcome) -> pd.DataFrame:
        """Return an outcome's values: a column an arm, a row a replication."""
        arms, place = self.arms, OUTCOMES.index(outcome)
        table: dict[int, dict[str, float]] = {}
        for (arm, replication), row in self._rows.items():
            table.setdefault(replication, {})[arm] = float(row[place])
        return pd.DataFrame.from_dict(table, orient="index", columns=arms).sort_index()
