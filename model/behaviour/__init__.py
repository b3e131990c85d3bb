"""Decision rules: a word, and how a city that follows it picks its action.

A rule takes the outlook and the chance of some cities, one row each, and returns a
`model.behaviour.payoffs.Action` for each; (c,). An action that is not open comes to mitigation.
Register your own with `RULES["my_rule"] = my_rule`, or with
`@RULES.register(parameters=MyParameters)` if it takes parameters last. `CITIES` holds classes of
cities, by word of `behaviour.city`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from model.arrays import Actions
from model.behaviour.imitate import Imitation, imitate
from model.behaviour.logit import Chance, Logit, logit
from model.behaviour.mix import assigned
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import ACTIONS, HOLD
from model.behaviour.reinforce import Reinforcement, reinforce
from model.registry import Registry

Rule = Callable[..., Actions]
"""From outlook and chance; with parameters if it declares any."""

RULES: Registry[Rule] = Registry("decision rule")
RULES.build_in("logit", logit, Logit)
RULES.build_in("imitate", imitate, Imitation)
RULES.build_in("reinforce", reinforce, Reinforcement)

PLAIN_CITY = "city"
CITIES: Registry[Any] = Registry("class of cities")
CITIES.build_in(PLAIN_CITY, None)


def decide(outlook: Outlook, chance: Chance) -> Actions:
    """Return each city's choice by the rule that it follows; (c,).

    Raises
    ------
    ValueError
        If a user's own rule returns anything but a position of an action for each city.
    """
    choice = np.zeros_like(outlook.last_choice)
    for position, word in enumerate(RULES):
        follow = outlook.rule == position
        if not follow.any():
            continue
        rule = RULES.bound(word, outlook.parameters.get(word))
        built_in = RULES.entry(word).built_in
        if follow.all():
            choices = rule(outlook, chance)
            return choices if built_in else _positions(choices, follow.size)
        if built_in:
            choice = np.where(follow, rule(outlook, chance), choice)
        else:
            rows = np.flatnonzero(follow)
            choice[rows] = _positions(rule(outlook.rows(rows), chance.rows(rows)), rows.size)
    return choice


def _positions(answer: Any, cities: int) -> Actions:
    positions = np.asarray(answer)
    whole = positions.dtype.kind in "iu" and positions.shape == (cities,)
    if whole and ((positions >= 0) & (positions < HOLD)).all():
        return positions
    of = f"{positions.dtype} of shape {positions.shape}"
    if positions.dtype.kind in "iuf" and positions.size:
        of = f"{of} from {positions.min():g} to {positions.max():g}"
    raise ValueError(
        f"a decision rule must return a whole number from 0 to {HOLD - 1} for each of {cities}"
        f" cities: {', '.join(ACTIONS[:HOLD])}; this one returned {of}"
    )


__all__ = ["CITIES", "PLAIN_CITY", "RULES", "Rule", "assigned", "decide"]
