"""Decision rules: a word, and how a city that follows it picks its action.

A rule takes the outlook and the chance of some cities, one row each, and returns a
`model.behaviour.payoffs.Action` for each; (c,). An action that is not open comes to mitigation.
Register your own with `RULES["my_rule"] = my_rule`, or with
`@RULES.register(parameters=MyParameters)` if it takes parameters last. `CITIES` holds classes of
cities, by word of `behaviour.city`.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from model.arrays import Actions
from model.behaviour.imitate import Imitation, imitate
from model.behaviour.logit import Chance, Logit, logit
from model.behaviour.mix import assigned
from model.behaviour.outlook import Outlook
from model.behaviour.reinforce import Reinforcement, reinforce
from model.registry import Registry

Rule = Callable[..., Actions]
"""From outlook and chance; with parameters if it declares any."""

FunctionOf = Callable[[Registry[Rule], str, Mapping[str, Any]], Rule]
"""From a registry, a word of it and its parameters."""

RULES: Registry[Rule] = Registry("decision rule")
RULES.build_in("logit", logit, Logit)
RULES.build_in("imitate", imitate, Imitation)
RULES.build_in("reinforce", reinforce, Reinforcement)

PLAIN_CITY = "city"
CITIES: Registry[Any] = Registry("class of cities")
CITIES.build_in(PLAIN_CITY, None)


def decide(outlook: Outlook, chance: Chance, function_of: FunctionOf = Registry.bound) -> Actions:
    """Return each city's choice by the rule that it follows; (c,).

    `function_of` gives the function of a word with its parameters.
    """
    choice = np.zeros_like(outlook.last_choice)
    for position, word in enumerate(RULES):
        follow = outlook.rule == position
        if not follow.any():
            continue
        rule = function_of(RULES, word, outlook.parameters.get(word) or {})
        if follow.all():
            return rule(outlook, chance)
        if RULES.entry(word).built_in:
            choice = np.where(follow, rule(outlook, chance), choice)
        else:
            rows = np.flatnonzero(follow)
            choice[rows] = rule(outlook.rows(rows), chance.rows(rows))
    return choice


__all__ = ["CITIES", "PLAIN_CITY", "RULES", "Rule", "assigned", "decide"]
