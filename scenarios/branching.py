"""Branching: which words a policy may change in the middle of a run."""

from typing import Any

from pydantic import BaseModel

from data.errors import InputError
from scenarios.scenario import Scenario

KEPT = ("horizon.base_year", "economy", "growth", "cap.coverage",
        "behaviour.consumer_responsibility", "abatement.demand_lever")  # fmt: skip
"""Keys that a branch shares with the run it begins from: they say what the figures of past years
mean. All others may differ, `horizon.end` too."""


def require_branch(begun: Scenario, branch: Scenario, year: int) -> None:
    """Refuse a scenario that a run cannot go on under after a year.

    Raises
    ------
    InputError
        If it differs in a key of `KEPT`, begins or stops to move the mix of demand, or ends too
        early.
    """
    for key in _keys(branch):
        before, asked = _value(begun, key), _value(branch, key)
        if before != asked:
            raise InputError(
                f"{key} = {asked!r}: the saved run has {before!r}, and a branch cannot change it;"
                f" keep {', '.join(KEPT)}"
            )
    if begun.moves_mix != branch.moves_mix:
        raise InputError(
            f"transfer.growth_mix = {branch.transfer.growth_mix!r}: the saved run has"
            f" {begun.transfer.growth_mix!r}, and a branch cannot begin or stop moving the mix of"
            " demand"
        )
    if branch.horizon.end <= year:
        raise InputError(
            f"horizon.end = {branch.horizon.end}: the saved run has reached {year}; choose a later"
            " end"
        )


def _keys(scenario: Scenario) -> list[str]:
    """Return `KEPT`, with every key of a section that is named there as a whole."""
    keys: list[str] = []
    for key in KEPT:
        value = _value(scenario, key)
        of_section = type(value).model_fields if isinstance(value, BaseModel) else None
        keys += [key] if of_section is None else [f"{key}.{name}" for name in of_section]
    return keys


def _value(scenario: Scenario, key: str) -> Any:
    value: Any = scenario
    for part in key.split("."):
        value = getattr(value, part)
    return value
