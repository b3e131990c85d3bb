"""Outcomes of incidence: who bears the cost of the policy by law, and who once prices moved."""

from collections.abc import Callable

import numpy as np

from analysis.outcomes.burden import by_law
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio
from model.classes.inequality import quintile
from model.classes.progressivity import suits
from model.labels import CNY_PER_UNIT

RICHEST, POOREST = 1, 5
"""Fifths of cities by final demand a head in the base year."""
Burden = Callable[[OneRun], np.ndarray]
"""What each city bears over all years, CNY; (c,)."""


def in_prices(run: OneRun) -> np.ndarray:
    """Return what each city's final demand pays in higher prices, CNY; (c,)."""
    return run.total("paid_in_prices")


def borne(run: OneRun) -> np.ndarray:
    """Return what is borne in the end, CNY; (c,): by law, less passed on, plus paid in prices."""
    return by_law(run) - run.total("passed_on") + in_prices(run)


def of_fifth(burden: Burden, fifth: int) -> Callable[[OneRun], float]:
    """Return a function of a run: a burden of a fifth of the cities over its final demand, %."""

    def share(run: OneRun) -> float:
        these = run.once(fifths) == fifth
        demand = CNY_PER_UNIT * run.total("demand")
        return 100 * ratio(float(run.once(burden)[these].sum()), float(demand[these].sum()))

    return share


def leaning(burden: Burden) -> Callable[[OneRun], float]:
    """Return a function of a run: a burden of the richest less that of the poorest, points."""
    rich, poor = of_fifth(burden, RICHEST), of_fifth(burden, POOREST)
    return lambda run: rich(run) - poor(run)


def progressivity(burden: Burden) -> Callable[[OneRun], float]:
    """Return a function of a run: the Suits index of a burden against final demand."""
    return lambda run: suits(burden(run), run.total("demand"), _per_head(run))


def fifths(run: OneRun) -> np.ndarray:
    """Return the fifth of each city by final demand a head, the richest first; (c,)."""
    return quintile(_per_head(run))


def _per_head(run: OneRun) -> np.ndarray:
    return run.cities.demand / run.cities.population


WHO_PAYS = (
    Outcome("burden_poorest", "Burden by law on final demand, poorest fifth", "%", "neither", 3,
            of_fifth(by_law, POOREST)),
    Outcome("borne_poorest", "Burden after prices on final demand, poorest fifth", "%", "neither",
            3, of_fifth(borne, POOREST)),
    Outcome("burden_leaning", "Equity: burden by law on final demand, richest less poorest fifth",
            "%", "higher", 3, leaning(by_law)),
    Outcome("borne_leaning", "Equity: burden after prices on final demand, richest less poorest"
            " fifth", "%", "higher", 3, leaning(borne)),
)  # fmt: skip
