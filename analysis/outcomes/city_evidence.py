"""Evidence that a number decides a city: which columns of a table hold it, and what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """A measure of how much a number decides."""

    column: str
    low: str
    high: str
    label: str
    worlds: str
    """What its worlds are called."""
    guard: str
    """When a number is told at all."""
    most: float | None
    """Its largest value, if there is one."""


CORRELATION = Evidence(
    "correlation",
    "correlation_low",
    "correlation_high",
    "rank correlation, with 95 % interval",
    "drawn worlds",
    "A number decides a city where its rank correlation with the city's answer is higher than any"
    " number has with any city in 100 shuffles of the worlds.",
    1.0,
)
"""Of `analysis.uncertainty.city_decisions`, from worlds drawn at will."""
EFFECT = Evidence(
    "effect",
    "low",
    "high",
    "effect on the answer, with 95 % interval",
    "worlds of the design",
    "A number decides a city where it stands out more than any does in any city in 100 shuffles of"
    " the numbers within each block of the design.",
    None,
)
"""Of `analysis.uncertainty.city_indices`, from a design of sensitivity."""
