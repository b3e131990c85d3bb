"""Allocation rules: a word, and how it divides a cap among cities.

A rule takes the cap (t) and what the regulator knows, and returns quotas (t, real; (c,)) that sum
to the cap. Rounding to whole tonnes is not its concern. Register your own with
`RULES["my_rule"] = my_rule`.
"""

from collections.abc import Callable

from model.allocation.ability_to_pay import ability_to_pay
from model.allocation.benchmark_intensity import benchmark_intensity
from model.allocation.boltzmann import boltzmann
from model.allocation.choices import Choices
from model.allocation.consumption_responsibility import consumption_responsibility
from model.allocation.contraction_and_convergence import contraction_and_convergence
from model.allocation.entropy_weighted import entropy_weighted
from model.allocation.equal_cumulative_per_capita import equal_cumulative_per_capita
from model.allocation.equal_mac import equal_mac
from model.allocation.equal_per_capita import equal_per_capita
from model.allocation.equal_proportional import equal_proportional
from model.allocation.five_year_plan_classes import five_year_plan_classes
from model.allocation.gdp_proportional import gdp_proportional
from model.allocation.grandfathering import grandfathering
from model.allocation.knowledge import Knowledge
from model.allocation.performance_based import performance_based
from model.allocation.responsibility_capability import responsibility_capability
from model.allocation.supply_chain_linked import supply_chain_linked
from model.arrays import ByCity

Rule = Callable[[float, Knowledge], ByCity]

RULES: dict[str, Rule] = {
    "grandfathering": grandfathering,
    "equal_per_capita": equal_per_capita,
    "contraction_and_convergence": contraction_and_convergence,
    "ability_to_pay": ability_to_pay,
    "responsibility_capability": responsibility_capability,
    "equal_cumulative_per_capita": equal_cumulative_per_capita,
    "gdp_proportional": gdp_proportional,
    "equal_proportional": equal_proportional,
    "benchmark_intensity": benchmark_intensity,
    "consumption_responsibility": consumption_responsibility,
    "entropy_weighted": entropy_weighted,
    "boltzmann": boltzmann,
    "equal_mac": equal_mac,
    "supply_chain_linked": supply_chain_linked,
    "performance_based": performance_based,
    "five_year_plan_classes": five_year_plan_classes,
}

__all__ = ["RULES", "Choices", "Knowledge", "Rule"]
