"""Outcomes of cost: what abatement costs, in all and a tonne."""

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome, ratio


def _cost_per_tonne(run: OneRun) -> float:
    """Return CNY a tonne emitted less than without policy; missing where nothing is saved."""
    if run.without is None:
        return float("nan")
    saved = run.without.total("emissions") - run.national.total("emissions")
    return run.national.total("abatement_cost") / saved if saved > 0 else float("nan")


def _value_added_change(run: OneRun) -> float:
    """Return what policy adds to the value added of all cities in the last year, %."""
    change = run.national.last("value_added_change")
    return 100 * ratio(change, run.national.last("value_added") - change)


COST = (
    Outcome("abatement_cost", "Abatement cost, all years", "bn CNY", "lower", 0,
            lambda run: run.national.total("abatement_cost") / 1e9),
    Outcome("cost_per_tonne", "Abatement cost per tonne below no policy", "CNY/t", "lower", 1,
            _cost_per_tonne, against=True),
    Outcome("value_added_change", "Value added of all cities against no policy, last year", "%",
            "neither", 3, _value_added_change),
)  # fmt: skip
