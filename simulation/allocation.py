"""Allocating by rule: real quotas asked of the rule, checked, and made whole."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

from data.errors import InputError
from model.abatement.mac import MacCurve
from model.allocation import RULES
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Count, Tonnes
from model.quota.whole_tonnes import whole_tonnes
from scenarios.policy import Allocation
from simulation.own_code import called, function_of

Record = TypeVar("Record", Knowledge, MacCurve)


def allocated(
    allocation: Allocation, total: Count, knowledge: Knowledge, names: Sequence[str]
) -> Tonnes:
    """Return whole-tonne quotas by rule that sum to `total`; (c,).

    Raises
    ------
    InputError
        If the rule lacks a figure of a city, or returns a negative or missing quota, or one of
        the wrong shape; or, of a user's own, fails or gives nobody anything.
    """
    rule = allocation.rule
    divide = function_of(RULES, rule, allocation.parameters(rule))
    if RULES.entry(rule).built_in:
        quota = np.asarray(divide(1.0 * total, knowledge), dtype=np.float64)
    else:
        quota = _by_own_rule(rule, divide, total, knowledge)
    if not np.isfinite(quota).all():
        refuse_missing(rule, knowledge, names)
    cities = knowledge.expected.shape
    if quota.shape != cities or not (quota >= 0).all() or not np.isfinite(quota).all():
        raise InputError(
            f"allocation rule {rule!r} must return one non-negative quota for each of the"
            f" {cities[0]} cities; it returned {quota.shape} with minimum {quota.min():.4g}"
        )
    return whole_tonnes(total, quota)


def _by_own_rule(
    rule: str, divide: Callable[..., Any], total: Count, knowledge: Knowledge
) -> ByCity:
    """Return what a user's rule says, from figures that it cannot write into, t; (c,)."""
    said = divide(1.0 * total, read_only(replace(knowledge, mac=read_only(knowledge.mac))))
    quota = called(f"what allocation rule {rule!r} returned", np.asarray, said)
    if quota.dtype.kind not in "fiu":
        raise InputError(f"allocation rule {rule!r} must return real numbers, not {quota.dtype}")
    if np.any(total) and not quota.any():
        raise InputError(f"allocation rule {rule!r} returned zero for every city; divide the cap")
    return quota.astype(np.float64)


def read_only(record: Record) -> Record:
    """Return a record of figures with arrays that cannot be written into."""
    figures = {field.name: getattr(record, field.name) for field in fields(record)}
    arrays: dict[str, Any] = {
        name: figure.view() for name, figure in figures.items() if isinstance(figure, np.ndarray)
    }
    for array in arrays.values():
        array.flags.writeable = False
    return replace(record, **arrays)


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
