"""Outcomes of classes: cities that gain without own effort, and role models."""

from collections.abc import Callable

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcome import Outcome
from model.classes.beneficiaries import Beneficiary


def _counted(column: str, kind: Beneficiary) -> Callable[[OneRun], float]:
    return lambda run: float((run[column][-1] == int(kind)).sum())


BENEFICIARIES = (
    Outcome("strong_policy", "Strong beneficiaries of the policy (additional)", "cities", "lower",
            1, _counted("class_policy", Beneficiary.STRONG)),
    Outcome("role_models_policy", "Role models under the policy (additional)", "cities", "higher",
            1, _counted("class_policy", Beneficiary.ROLE_MODEL)),
    Outcome("strong_scored", "Strong beneficiaries as scored since the base year", "cities",
            "neither", 1, _counted("class_scored", Beneficiary.STRONG)),
    Outcome("weak_scored", "Weak beneficiaries as scored since the base year", "cities",
            "neither", 1, _counted("class_scored", Beneficiary.WEAK)),
)  # fmt: skip
