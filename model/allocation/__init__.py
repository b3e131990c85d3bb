"""Allocation rules: a word, and how it divides a cap among cities.

A rule takes the cap (t) and what the regulator knows, and returns quotas (t, real; (c,)) that sum
to the cap. Rounding to whole tonnes is not its concern. A rule with parameters takes them last, in
the frozen dataclass it is registered with. Register your own with `RULES["my_rule"] = my_rule`, or
`@RULES.register(parameters=MyParameters)`.
"""

from collections.abc import Callable

from model.allocation.ability_to_pay import AbilityToPay, ability_to_pay
from model.allocation.benchmark_intensity import Benchmark, benchmark_intensity
from model.allocation.boltzmann import Boltzmann, boltzmann
from model.allocation.consumption_responsibility import (
    ConsumptionResponsibility,
    consumption_responsibility,
)
from model.allocation.contraction_and_convergence import Convergence, contraction_and_convergence
from model.allocation.entropy_weighted import entropy_weighted
from model.allocation.equal_cumulative_per_capita import Debt, equal_cumulative_per_capita
from model.allocation.equal_mac import equal_mac
from model.allocation.equal_per_capita import equal_per_capita
from model.allocation.equal_proportional import equal_proportional
from model.allocation.five_year_plan_classes import five_year_plan_classes
from model.allocation.gdp_proportional import gdp_proportional
from model.allocation.grandfathering import grandfathering
from model.allocation.knowledge import Knowledge
from model.allocation.performance_based import Performance, performance_based
from model.allocation.responsibility_capability import (
    ResponsibilityCapability,
    responsibility_capability,
)
from model.allocation.supply_chain_linked import SupplyChainLinked, supply_chain_linked
from model.arrays import ByCity
from model.registry import Registry

Rule = Callable[..., ByCity]
"""From the cap, t, and what the regulator knows; with parameters if it declares any."""

RULES: Registry[Rule] = Registry("allocation rule")
RULES.build_in("grandfathering", grandfathering)
RULES.build_in("equal_per_capita", equal_per_capita)
RULES.build_in("contraction_and_convergence", contraction_and_convergence, Convergence)
RULES.build_in("ability_to_pay", ability_to_pay, AbilityToPay)
RULES.build_in("responsibility_capability", responsibility_capability, ResponsibilityCapability)
RULES.build_in("equal_cumulative_per_capita", equal_cumulative_per_capita, Debt)
RULES.build_in("gdp_proportional", gdp_proportional)
RULES.build_in("equal_proportional", equal_proportional)
RULES.build_in("benchmark_intensity", benchmark_intensity, Benchmark)
RULES.build_in("consumption_responsibility", consumption_responsibility, ConsumptionResponsibility)
RULES.build_in("entropy_weighted", entropy_weighted)
RULES.build_in("boltzmann", boltzmann, Boltzmann)
RULES.build_in("equal_mac", equal_mac)
RULES.build_in("supply_chain_linked", supply_chain_linked, SupplyChainLinked)
RULES.build_in("performance_based", performance_based, Performance)
RULES.build_in("five_year_plan_classes", five_year_plan_classes)

__all__ = ["RULES", "Knowledge", "Rule"]
