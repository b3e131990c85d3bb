"""Allocation rules: a word, and how it divides a cap among cities.

A rule takes the cap (t) and what the regulator knows, and returns quotas (t, real; (c,)) that sum
to the cap. Rounding to whole tonnes is not its concern. Register your own with
`RULES["my_rule"] = my_rule`.
"""

from collections.abc import Callable

from model.allocation.consumption_responsibility import consumption_responsibility
from model.allocation.equal_per_capita import equal_per_capita
from model.allocation.grandfathering import grandfathering
from model.allocation.knowledge import Knowledge
from model.allocation.supply_chain_linked import supply_chain_linked
from model.arrays import ByCity

Rule = Callable[[float, Knowledge], ByCity]

RULES: dict[str, Rule] = {
    "grandfathering": grandfathering,
    "equal_per_capita": equal_per_capita,
    "consumption_responsibility": consumption_responsibility,
    "supply_chain_linked": supply_chain_linked,
}

__all__ = ["RULES", "Knowledge", "Rule"]
