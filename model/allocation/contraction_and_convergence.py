"""Contraction and convergence: from past emissions to equal quota per head."""

from dataclasses import dataclass

from model.allocation.equal_per_capita import equal_per_capita
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class Convergence:
    """Parameters of contraction_and_convergence."""

    year: int = parameter(
        2030,
        "yr",
        "a choice",
        "Year from which quota per head is equal.",
        ge=2012,
        le=2100,
        bounds="from the base year to the end of the century",
    )


def contraction_and_convergence(
    cap: Number, knowledge: Knowledge, parameters: Convergence
) -> ByCity:
    """Return Cap·[w e_i0/E_0 + (1−w) P_i/P], t.

    e_0 is the base year. w falls linearly from 1 in the base year to 0 in the year of
    convergence and stays there (Meyer 2000; per-capita convergence in van den Berg et al. 2020).
    """
    convergence = parameters.year - (knowledge.calendar_year - knowledge.year)
    w = max(0.0, 1.0 - knowledge.year / convergence) if convergence > 0 else 0.0
    inherited = cap * knowledge.base_year / total(knowledge.base_year)
    return w * inherited + (1.0 - w) * equal_per_capita(cap, knowledge)
