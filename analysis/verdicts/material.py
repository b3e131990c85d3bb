"""Materiality: the smallest difference of an outcome that matters to whoever decides."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.outcomes.amounts import amounts_of
from analysis.outcomes.outcome import Outcome
from analysis.outcomes.shown_money import shown
from data.errors import InputError

SHARE = 0.01
"""Of the largest mean of any arm, 1: for amounts of the whole country, whatever its size."""
MATTERS = f"of national amounts {100 * SHARE:g} % of the largest mean"
"""What `SHARE` is, in words."""
BY_UNIT = {"%": 0.5, "CNY/t": 1.0, "cities": 1.0, "1": 0.01}
"""Smallest difference that matters, by unit; amounts that grow with the country have none."""
BY_WORD = {
    "value_added_change": 0.01,
    "burden_poorest": 0.01,
    "borne_poorest": 0.01,
    "burden_leaning": 0.01,
    "borne_leaning": 0.01,
    "burden_poor": 0.05,
    "gini": 0.001,
    "gini_demand": 0.001,
    "theil_between": 0.001,
    "theil_within": 0.001,
    "demand_gap": 0.005,
}
"""The same for outcomes whose numbers are small beside others of their unit; all are choices."""


def material(outcome: Outcome, means: pd.Series, own: Mapping[str, float]) -> float:
    """Return the smallest difference that matters, in the outcome's unit: `own`, if it is there."""
    if outcome.word in own:
        return own[outcome.word]
    if outcome.word in BY_WORD:
        return BY_WORD[outcome.word]
    if outcome.declared_unit in BY_UNIT:
        per = shown().cny if "CNY" in outcome.declared_unit else 1.0
        return BY_UNIT[outcome.declared_unit] / per
    largest = float(means.abs().max())
    return SHARE * largest if largest == largest else 0.0


def material_of(words: Sequence[str]) -> dict[str, float]:
    """Return smallest differences told as `emissions=0.05`.

    Raises
    ------
    InputError
        If one is told otherwise, is not positive, or its outcome is unknown.
    """
    found = amounts_of("--material", words)
    for word, least in found.items():
        if not least > 0:
            raise InputError(f"--material {word}={least:g}: no positive difference")
    return found
