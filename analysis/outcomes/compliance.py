"""Outcomes of compliance: emissions covered by quota, and cities that ride free."""

import numpy as np

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio
from model.behaviour.payoffs import DEFAULT, FREE_RIDE


def _free_riding(run: OneRun) -> float:
    """Return free-riding city-years, % of the city-years short of quota."""
    short = run["need"] > 0
    return ratio(float((short & (run["action"] == FREE_RIDE)).sum()), float(short.sum())) * 100


def _defaulting(run: OneRun) -> float:
    """Return city-years in which a city left a reported need unmet, % of those short of quota."""
    short = run["need"] > 0
    return ratio(float((short & (run["action"] == DEFAULT)).sum()), float(short.sum())) * 100


def _concealed(run: OneRun) -> float:
    """Return emissions concealed, % of what was verified, all years."""
    return ratio(float(np.nansum(run["hidden_gap"])), float(np.nansum(run["verified"]))) * 100


COMPLIANCE = (
    Outcome("compliance", "Compliance: emissions covered by quota", "%", "higher", 2,
            lambda run: run.national.mean("compliance") * 100),
    Outcome("free_riding", "Free-riders among cities short of quota", "%", "lower", 1,
            _free_riding),
    Outcome("concealed", "Emissions concealed, all years", "%", "lower", 2, _concealed),
    Outcome("defaulting", "Open defaults among cities short of quota", "%", "lower", 1, _defaulting,
            always=False),
    Outcome("best_choices", "Choices with the best expected payoff", "%", "neither", 1,
            lambda run: run.national.mean("best_choices") * 100, always=False),
    Outcome("displaced_effort", "Liability left to suppliers instead of abated, a year", "Mt CO₂",
            "lower", 1, lambda run: run.national.mean("displaced_effort") / 1e6, always=False),
    Outcome("expired", "Quota that expired unused, all years", "Mt CO₂", "lower", 0,
            lambda run: run.national.total("expired") / 1e6, always=False),
)  # fmt: skip
