"""Decision rules as cities ask them: of a user's own, the answer is looked at."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from data.errors import InputError
from model.arrays import Actions
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import ACTIONS, HOLD
from model.registry import Registry
from simulation.own_code import function_of


def rule_of(
    registry: Registry[Callable[..., Actions]], word: str, parameters: Mapping[str, Any]
) -> Callable[..., Actions]:
    """Return a decision rule with its parameters; a user's own must answer with actions."""
    rule = function_of(registry, word, parameters)
    return rule if registry.entry(word).built_in else partial(_answer, word, rule)


def _answer(word: str, rule: Callable[..., Actions], outlook: Outlook, chance: Chance) -> Actions:
    """Return the position of an action for each city; (c,).

    Raises
    ------
    InputError
        If the rule returns anything else.
    """
    positions = np.asarray(rule(outlook, chance))
    cities = outlook.need.shape
    whole = positions.dtype.kind in "iu" and positions.shape == cities
    if whole and ((positions >= 0) & (positions < HOLD)).all():
        return positions
    said = f"{positions.dtype} of shape {positions.shape}"
    if positions.dtype.kind in "iuf" and positions.size:
        said = f"{said} from {positions.min():g} to {positions.max():g}"
    raise InputError(
        f"decision rule {word!r} must return a whole number from 0 to {HOLD - 1} for each of"
        f" {cities[0]} cities: {', '.join(ACTIONS[:HOLD])}; it returned {said}"
    )
