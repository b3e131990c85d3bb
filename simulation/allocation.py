"""Allocating by rule: real quotas asked of the rule, checked, and made whole."""

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from data.errors import InputError
from model.allocation import RULES
from model.allocation.knowledge import Knowledge
from model.arrays import Count, Tonnes
from model.quota.whole_tonnes import whole_tonnes
from scenarios.policy import Allocation


def allocated(
    allocation: Allocation, total: Count, knowledge: Knowledge, names: Sequence[str]
) -> Tonnes:
    """Return whole-tonne quotas by rule that sum to `total`; (c,).

    Raises
    ------
    InputError
        If the rule lacks a figure of a city, or returns a negative or missing quota, or one of
        the wrong shape.
    """
    rule = allocation.rule
    divide = RULES.bound(rule, allocation.parameters(rule))
    quota = np.asarray(divide(1.0 * total, knowledge), dtype=np.float64)
    if not np.isfinite(quota).all():
        refuse_missing(rule, knowledge, names)
    cities = knowledge.expected.shape
    if quota.shape != cities or not (quota >= 0).all() or not np.isfinite(quota).all():
        raise InputError(
            f"allocation rule {rule!r} must return one non-negative quota for each of the"
            f" {cities[0]} cities; it returned {quota.shape} with minimum {quota.min():.4g}"
        )
    return whole_tonnes(total, quota)


def refuse_missing(rule: str, knowledge: Knowledge, names: Sequence[str]) -> None:
    """Name the first city and figure that is missing; raises InputError if there is one."""
    for field in fields(knowledge):
        figures = getattr(knowledge, field.name)
        if not isinstance(figures, np.ndarray) or np.isfinite(figures).all():
            continue
        axis = 1 if field.name == "past_emissions" else 0
        known = np.isfinite(np.moveaxis(figures, axis, 0).reshape(len(names), -1)).all(axis=1)
        raise InputError(
            f"{names[int(known.argmin())]}: no {field.name}, which allocation rule {rule!r}"
            " needs; give the city a figure or choose another rule"
        )
