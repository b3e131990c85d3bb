"""Decision rules: a word, and how a city that follows it picks its action.

A rule takes the outlook and the chance of some cities, one row each, and returns a
`model.behaviour.payoffs.Action` for each; (c,). An action that is not open comes to mitigation.
Register your own with `RULES["my_rule"] = my_rule`.
"""

from collections.abc import Callable

import numpy as np

from model.arrays import Actions
from model.behaviour.imitate import imitate
from model.behaviour.logit import Chance, logit
from model.behaviour.mix import assigned
from model.behaviour.outlook import Outlook
from model.behaviour.reinforce import reinforce

Rule = Callable[[Outlook, Chance], Actions]

RULES: dict[str, Rule] = {"logit": logit, "imitate": imitate, "reinforce": reinforce}


def decide(outlook: Outlook, chance: Chance) -> Actions:
    """Return each city's choice by the rule that it follows; (c,)."""
    choice = np.zeros_like(outlook.last_choice)
    for position, rule in enumerate(RULES.values()):
        rows = np.flatnonzero(outlook.rule == position)
        if rows.size == choice.size:
            return rule(outlook, chance)
        if rows.size:
            choice[rows] = rule(outlook.rows(rows), chance.rows(rows))
    return choice


__all__ = ["RULES", "Rule", "assigned", "decide"]
