"""Scenarios side by side: one whose numbers are columns, a row for each of several."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.quantity import Section
from scenarios.scenario import Scenario

ONE_BY_ONE = frozenset({"equal_cumulative_per_capita", "shares"})
"""Words whose numbers are the same in all scenarios that stand side by side."""
ITS_OWN = ("growth", "contract")
"""Sections of which a batch reads words alone: growth belongs to years without policy, which each
has for itself, and where there are contracts runs go alone."""
KEPT = ("departure_common", "departure_specific", "departure_persistence")
"""Numbers of growth that the draws of a run are made of."""
WHOLE = ("reaudit_years",)
"""Whole numbers that may differ."""
SIGNS = ("consumer_responsibility", "beneficiary_pays")
"""Numbers that are zero in all of them or in none: another part of the model is asked then."""


def side_by_side(scenarios: Sequence[Scenario]) -> Scenario | None:
    """Return one scenario whose numbers are columns, (b, 1); none where more than numbers differ.

    Whole numbers, such as years, are the same in all but for a few.
    """
    first = scenarios[0]
    found: dict[str, Any] = {}
    for name in type(first).model_fields:
        sections = [getattr(scenario, name) for scenario in scenarios]
        if isinstance(sections[0], Section):
            try:
                found[name] = _section(sections, its_own=name in ITS_OWN)
            except Differing:
                return None
    return first.model_copy(update=found)


class Differing(Exception):
    """Something that is no number differs."""


def _section(sections: Sequence[Section], *, its_own: bool) -> Section:
    first = sections[0]
    if all(section == first for section in sections):
        return first
    trees = [{**dict(section), **(section.model_extra or {})} for section in sections]
    if its_own:
        trees = [{key: _read(key, value) for key, value in tree.items()} for tree in trees]
    return first.model_copy(update=_columns(trees))


def _read(key: str, value: Any) -> Any:
    """Return a value as far as a batch reads it."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if key in KEPT or not number else 0.0


def _columns(trees: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = trees[0]
    if any(tree.keys() != first.keys() for tree in trees):
        raise Differing
    return {
        key: _column(key, [tree[key] for tree in trees])
        for key in first
        if any(tree[key] != first[key] for tree in trees)
    }


def _column(key: str, values: Sequence[Any]) -> Any:
    if all(isinstance(value, Mapping) for value in values) and key not in ONE_BY_ONE:
        return {**values[0], **_columns(values)}
    kind = int if key in WHOLE else float
    if not all(type(value) is kind for value in values):
        raise Differing
    column = np.array(values)[:, None]
    if key in SIGNS and np.any(column == 0.0):
        raise Differing
    return column
