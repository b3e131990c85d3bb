"""Equal cumulative per capita: equal quota per head, and past inequality made good."""

from dataclasses import dataclass

import numpy as np

from model.allocation.burden import floored
from model.allocation.equal_per_capita import equal_per_capita
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class Debt:
    """Parameters of equal_cumulative_per_capita."""

    discount: float = parameter(
        0.015,
        "1/yr",
        "assumed; van den Berg et al. 2020 discount too",
        "d: how fast past emissions fade.",
        ge=0,
        lt=1,
        bounds="a share",
    )


def equal_cumulative_per_capita(cap: Number, knowledge: Knowledge, parameters: Debt) -> ByCity:
    """Return Cap·P_i/P + credit_i / years of the horizon, t.

    credit_i = Σ_τ (1−d)^(t₀−τ) [(P_i/P) E(τ) − e_i(τ)] sums to zero; what would be negative is
    floored (van den Berg et al. 2020). Heads are those of the base year throughout. Past
    emissions are partly estimates: 26 cities have no inventory, and of all city-years from 2000
    to 2012 41 %, with a quarter of the tonnes, are filled (`data.readers.records`).
    """
    past = knowledge.past_emissions
    ago = np.arange(past.shape[0] - 1, -1, -1)
    fading = (1.0 - parameters.discount) ** ago
    heads = knowledge.population / total(knowledge.population)
    everyone = past.sum(axis=-1, keepdims=True)
    credit = np.tensordot(fading, everyone * heads - past, axes=1)
    return floored(cap, equal_per_capita(cap, knowledge) + credit / knowledge.horizon)
