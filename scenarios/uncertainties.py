"""Uncertainties as an experiment names them, and the worlds that are drawn from them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pydantic import ValidationError

from data.errors import InputError, nearest
from scenarios.experiment import Experiment
from scenarios.faults import in_words
from scenarios.ranges import ranges
from scenarios.scenario import Scenario
from scenarios.uncertainty import Uncertainty
from scenarios.words import OWN_KEY

COMPILE = "economy."
"""Keys of assumptions of the compile begin with it."""


def drawn_keys(experiment: Experiment, *, compiled: bool = False) -> tuple[Uncertainty, ...]:
    """Return the uncertainties that worlds draw: not those in which the arms differ on purpose.

    Neither a number that the experiment has set outside its default range, which it then means, nor
    one of a word that no arm uses. Assumptions of the compile are drawn where `compiled` says so.

    Raises
    ------
    InputError
        If there is no such key, or an end of its range lies outside its bounds.
    """
    for one in experiment.uncertainties:
        if one.key.startswith(COMPILE) and not compiled:
            raise InputError(
                f"uncertainties: {one.key}: every value is an economy of its own; quotapolis"
                " robustness draws a few and compiles them; here set it with --set, or draw"
                " economies with `economies`"
            )
        if ranges().get(one.key) != one:
            _require_possible(experiment, one)
    return tuple(
        one
        for one in experiment.uncertainties
        if not _meant(experiment, one) and not _idle(experiment, one)
    )


def kept_keys(experiment: Experiment) -> tuple[str, ...]:
    """Return the uncertainties that are not drawn, since arms or scenario decide them."""
    return tuple(one.key for one in experiment.uncertainties if _meant(experiment, one))


def unsourced(uncertainties: Sequence[Uncertainty]) -> str:
    """Return which ranges come without a source, in a sentence; nothing where all have one."""
    told = [f"{one.key} ({one.low:g} to {one.high:g})" for one in uncertainties if not one.source]
    return f"Ranges without a source: {', '.join(told)}." if told else ""


def in_world(
    arms: Sequence[tuple[str, Scenario]],
    uncertainties: Sequence[Uncertainty],
    shares: np.ndarray,
) -> tuple[tuple[str, Scenario], ...]:
    """Return every arm with the numbers of a world; `shares` of each distribution, (k,).

    Raises
    ------
    InputError
        If an arm cannot be run with these numbers.
    """
    numbers = {
        one.key: one.value(float(share)) for one, share in zip(uncertainties, shares, strict=True)
    }
    return tuple((name, with_numbers(scenario, numbers)) for name, scenario in arms)


def with_numbers(scenario: Scenario, numbers: Mapping[str, Any]) -> Scenario:
    """Return a scenario with other numbers, by key.

    Raises
    ------
    InputError
        If there is no such key, or a number lies outside its bounds.
    """
    try:
        return Scenario.model_validate(_tree(scenario, numbers))
    except ValidationError as error:
        told = ": ".join(filter(None, _told(error)))
        raise InputError(f"a world drawn from the uncertainties: {told}") from None


def _tree(scenario: Scenario, numbers: Mapping[str, Any]) -> dict[str, Any]:
    tree = scenario.model_dump()
    for key, value in numbers.items():
        *above, last = key.split(".")
        here = tree
        for part in above:
            here = here.setdefault(part, {})
        here[last] = value
    return tree


def value_of(scenario: Scenario, key: str) -> Any:
    """Return the value of a scenario at a key; none where it holds none."""
    here: Any = scenario.model_dump()
    for part in key.split("."):
        here = here.get(part) if isinstance(here, dict) else None
    return here


def _require_possible(experiment: Experiment, one: Uncertainty) -> None:
    for value in (one.value(0.0), one.value(1.0)):
        try:
            Scenario.model_validate(_tree(experiment.arms[-1].scenario, {one.key: value}))
        except ValidationError as error:
            key, why = _told(error)
            if key == one.key:  # else the number fits none of the others alone: a world may tell
                raise InputError(f"uncertainties: {key} = {value:g}: {why}") from None


def _told(error: ValidationError) -> tuple[str, str]:
    """Return the key that a first fault is about, and what is wrong with it."""
    first: dict[str, Any] = dict(error.errors()[0])
    place, why = [str(part) for part in first["loc"]], in_words(first)
    if first["type"] == OWN_KEY:
        place.append(str(first["ctx"]["key"]))
        why = str(first["ctx"]["plain"])
    if first["type"] == "extra_forbidden":
        why = f"no such number; {nearest('.'.join(place), ranges())}"
    return ".".join(place), why


def _meant(experiment: Experiment, one: Uncertainty) -> bool:
    values = {value_of(arm.scenario, one.key) for arm in experiment.arms}
    if len(values) > 1:
        return True
    value = values.pop()
    told = ranges().get(one.key)
    return value is not None and told == one and not one.low <= value <= one.high


def _idle(experiment: Experiment, one: Uncertainty) -> bool:
    """Return whether the number belongs to a word, such as a choice rule, that no arm uses."""
    section, *between, _ = one.key.split(".")
    used = {
        word
        for arm in experiment.arms
        for word in getattr(arm.scenario, section).model_dump().values()
        if isinstance(word, str)
    }
    return bool(between) and between[0] not in used
