"""Incidence: how far producers pass the cost of the policy on; accounting, no behaviour."""

from typing import Literal

from scenarios.quantity import Section, quantity


class Incidence(Section):
    """Who pays in the end: cost passed on into prices. It changes nothing that anybody does."""

    pass_through: float = quantity(
        1.0, "1", "a choice; power 0.6 to 1.0 (Sijm et al. 2006)", ge=0, le=1, bounds="a share"
    )
    """θ: share of their cost that producers pass on; the rest stays with their city."""
    passes_on: Literal["outlays", "price"] = "outlays"
    """Cost that is passed on: abatement, net purchases and fines, or abatement and the market price
    of every covered tonne, quota received free included."""
