"""Outcomes of each city: what a run comes to there, yes or no, and in which share of its years."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.outcomes.one_run import OneRun
from model.behaviour.payoffs import FREE_RIDE
from model.classes.beneficiaries import Beneficiary

Answer = Callable[[OneRun, OneRun], np.ndarray]
"""Of a run, and of the one without policy in the same world: 0 is no; up to 1; (c,)."""


@dataclass(frozen=True, slots=True)
class CityOutcome:
    """A question that every city answers."""

    word: str
    label: str
    of: Answer


def _in_class(kind: Beneficiary) -> Answer:
    return lambda run, _: np.asarray(run["class_policy"][-1] == int(kind))


def _rides_free(run: OneRun, _: OneRun) -> np.ndarray:
    """Return in which share of the years it is short of quota a city rides free, 1."""
    short = run["need"] > 0
    rides = (short & (run["action"] == FREE_RIDE)).sum(axis=0)
    return np.asarray(rides / np.maximum(short.sum(axis=0), 1))


def _other_class(run: OneRun, without: OneRun) -> np.ndarray:
    return np.asarray(run["class_scored"][-1] != without["class_scored"][-1])


CITY_OUTCOMES = (
    CityOutcome("strong_policy", "Strong beneficiary of the policy", _in_class(Beneficiary.STRONG)),
    CityOutcome("weak_policy", "Weak beneficiary of the policy", _in_class(Beneficiary.WEAK)),
    CityOutcome("rides_free", "Rides free in some year short of quota", _rides_free),
    CityOutcome("other_class", "Scored in another class than without policy", _other_class),
)
"""In the last year, where no other is named."""


def city_outcomes(run: OneRun, without: OneRun) -> np.ndarray:
    """Return the answers of every city to every question, %; (questions, c)."""
    answers = np.stack([outcome.of(run, without) for outcome in CITY_OUTCOMES])
    return np.round(100 * answers).astype(np.uint8)
