"""Contracts: terms on which super-emitters may offer quota to cities by name."""

from typing import Annotated, Literal

from model.behaviour.giving import ContractTerms
from model.transfers.contracts import PARTNERS
from scenarios.quantity import quantity
from scenarios.words import Word, Worded

NOBODY = "nobody"


class Contract(Worded):
    """Giving of quota between named cities, against compensation that the receiver pays."""

    offered_to: Annotated[str, Word(PARTNERS, (NOBODY,))] = NOBODY
    """Receivers: `suppliers` or `customers` of the giver, the `aided` cities, `aided_suppliers`, or
    `nobody`: no contracts."""
    offered_by: Literal["super_emitters", "all"] = "super_emitters"
    """Givers: super-emitters that are not aided, as last listed, or all cities."""
    compensation: float = quantity(
        30.0,
        "CNY/t",
        "assumed: half the reference price",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    """Paid by the receiver for each tonne."""
    standing: float = quantity(
        10.0,
        "CNY/t",
        "assumed; tried 0 to 40",
        ge=0,
        le=10000,
        bounds="taking CO₂ out of the air costs less than the highest",
    )
    """Worth to a giver of a tonne given, beyond the compensation."""
    trust: float = quantity(0.5, "1", "assumed; tried 0.1 to 1", ge=0, le=1, bounds="a share")
    """Share of its need that a city lets hang on one giver in the first year."""
    trust_speed: float = quantity(0.3, "1", "assumed; tried 0 to 1", ge=0, le=1, bounds="a share")
    """Speed with which that share follows whether the giver offers, up to all, down to nothing."""

    @property
    def allowed(self) -> bool:
        """True where there are any."""
        return self.offered_to != NOBODY

    @property
    def terms(self) -> ContractTerms:
        """Terms of every contract."""
        return ContractTerms(self.compensation, self.standing)
