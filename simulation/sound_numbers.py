"""Sound numbers: a year whose arithmetic has no result ends the run and says what was asked."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from data.errors import InputError
from model.quota.ledger import Overdrawn
from scenarios.scenario import Scenario

MOST_NAMED = 6
"""Keys that are named at most."""


@contextmanager
def sound(scenario: Scenario, year: int) -> Iterator[None]:
    """Refuse overflow, division by zero and undefined numbers while a year is simulated.

    Raises
    ------
    InputError
        If one occurs: names the year, and the keys that the scenario sets otherwise than default.
    """
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            yield
    except (FloatingPointError, OverflowError, ZeroDivisionError, Overdrawn) as error:
        changed = _changed(scenario)
        named = ", ".join(changed[:MOST_NAMED]) + (" …" if len(changed) > MOST_NAMED else "")
        raise InputError(
            f"{year}: the numbers of the year run out of bounds ({error});"
            f" moderate what is extreme among {named or 'the parameters of the economy'}"
        ) from error


def _changed(scenario: Scenario) -> list[str]:
    """Return the keys whose values are not the defaults of the schema, as key = value."""
    plain, asked = Scenario().model_dump(), scenario.model_dump()
    return [
        f"{section}.{key} = {value}"
        for section, words in asked.items()
        if isinstance(words, dict)
        for key, value in words.items()
        if value != plain[section].get(key) and not isinstance(value, (dict, tuple))
    ]
