"""Consumption responsibility: the burden follows production and consumption together."""

from model.allocation.burden import shared_burden
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity


def consumption_responsibility(cap: float, knowledge: Knowledge) -> ByCity:
    """Return base_i − (Base − Cap)·[(1−ω) D_pba share + ω D_cba share], t.

    Shared producer and consumer responsibility (Peters 2008; Lenzen et al. 2007).
    """
    omega = knowledge.choices.consumer_weight
    produced = knowledge.D_pba / knowledge.D_pba.sum()
    consumed = knowledge.D_cba / knowledge.D_cba.sum()
    share = (1.0 - omega) * produced + omega * consumed
    return shared_burden(cap, knowledge.base, share)
