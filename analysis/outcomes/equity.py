"""Outcomes of equity: the poor, the two lowest fifths of cities by demand a head, against all."""

import numpy as np

from analysis.outcomes.burden import by_law
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio
from model.classes.inequality import gini


def _burden_of_poor(run: OneRun) -> float:
    """Return burden by law ÷ value added of the poor, relative to all cities."""
    return _poor_to_all(run.once(by_law), run.total("value_added"), run.poor)


def _quota_of_poor(run: OneRun) -> float:
    """Return quota a head of the poor, relative to all cities."""
    return _poor_to_all(
        run.total("quota", "aid_quota", "contract_quota"), run.cities.population, run.poor
    )


def _poor_to_all(these: np.ndarray, those: np.ndarray, poor: np.ndarray) -> float:
    everyone = ratio(float(these.sum()), float(those.sum()))
    if not everyone > 0:
        return np.nan
    return ratio(float(these[poor].sum()), float(those[poor].sum())) / everyone


def _footprint_gini(run: OneRun) -> float:
    return gini(run["footprint"][-1] / run.people, run.people)


EQUITY = (
    Outcome("burden_poor", "Equity: burden on value added of the poorest 40 % ÷ of all", "1",
            "lower", 2, _burden_of_poor),
    Outcome("quota_poor", "Equity: quota a head of the poorest 40 % ÷ of all", "1", "higher", 2,
            _quota_of_poor),
    Outcome("gini", "Equity: Gini of footprints a head in the last year", "1", "lower", 4,
            _footprint_gini),
)  # fmt: skip
