"""What a government chooses about its rule: the parameters of the formulas."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choices:
    """Parameters of allocation rules; each is read by the rule it names."""

    consumer_weight: float = 0.5
    """ω of consumption_responsibility: weight of consumption in responsibility, 1."""
    freed_share: float = 0.1
    """Share of their quota that aiding cities free under supply_chain_linked, 1."""
    convergence: int = 18
    """Years from the base year to equal quota per head under contraction_and_convergence."""
    ability_exponent: float = 1.0 / 3.0
    """How the burden rises with income under ability_to_pay, 1."""
    responsibility_weight: float = 0.5
    """Weight of past emissions under responsibility_capability; the rest is capability, 1."""
    income_threshold: float = 0.6
    """Income that bears no burden under responsibility_capability, relative to the mean, 1."""
    debt_discount: float = 0.015
    """d of equal_cumulative_per_capita: how fast past emissions fade, 1/yr."""
    best_practice: bool = False
    """Whether benchmark_intensity takes the best decile, not the national mean."""
    benchmark_fall: float = 0.01
    """Yearly fall of the benchmarks of benchmark_intensity, 1/yr."""
    boltzmann_b: float = 0.05
    """b of boltzmann: how fast quota per head falls with emissions per head, heads/t."""
    reward: float = 0.1
    """k of performance_based: rise of quota per growth above average, t per 10⁴ CNY."""
