"""Consumption responsibility: the burden follows production and consumption together."""

from dataclasses import dataclass

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class ConsumptionResponsibility:
    """Parameters of consumption_responsibility."""

    consumer_weight: float = parameter(
        0.5,
        "1",
        "Lenzen et al. 2007: shared in half",
        "ω: weight of the consumption-based account.",
        ge=0,
        le=1,
        bounds="a weight",
    )


def consumption_responsibility(
    cap: Number, knowledge: Knowledge, parameters: ConsumptionResponsibility
) -> ByCity:
    """Return base_i − (Base − Cap)·[(1−ω) D_pba share + ω D_cba share], t.

    Shared producer and consumer responsibility (Peters 2008; Lenzen et al. 2007).
    """
    omega = parameters.consumer_weight
    produced = knowledge.D_pba / total(knowledge.D_pba)
    consumed = knowledge.D_cba / total(knowledge.D_cba)
    share = (1.0 - omega) * produced + omega * consumed
    return shared_burden(cap, knowledge.base, share)
