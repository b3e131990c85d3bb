"""Outcomes of compliance: emissions covered by quota, and cities that ride free."""

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio
from model.behaviour.payoffs import FREE_RIDE


def _free_riding(run: OneRun) -> float:
    """Return free-riding city-years, % of the city-years short of quota."""
    short = run["need"] > 0
    return ratio(float((short & (run["action"] == FREE_RIDE)).sum()), float(short.sum())) * 100


COMPLIANCE = (
    Outcome("compliance", "Compliance: emissions covered by quota", "%", "higher", 2,
            lambda run: run.national.mean("compliance") * 100),
    Outcome("free_riding", "Free-riders among cities short of quota", "%", "lower", 1,
            _free_riding),
)  # fmt: skip
