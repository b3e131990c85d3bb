"""A programme of best practice in a few provinces and sectors (Liu et al. 2015)."""

from typing import Annotated

from model.abatement.best_practice import PAYERS
from scenarios.named import AllOrGroups, Places
from scenarios.quantity import quantity
from scenarios.words import Word, Worded


class Programme(Worded):
    """Programme that brings cities to best practice by some year, and its payer."""

    provinces: Places = quantity((), "word", "a choice; Liu et al. 2015 name five")
    """Places whose cities take part: provinces by name or macro-regions; a list, empty for none."""
    sectors: AllOrGroups = "all"
    """Groups of their sectors: `all`, or a list such as metals, minerals, petroleum."""
    until: int = quantity(
        2025, "yr", "assumed", ge=2013, le=2060, bounds="the years that can be simulated"
    )
    """Year by which best practice of the base year is reached, linearly from zero in the year
    before the policy."""
    paid_by: Annotated[str, Word(PAYERS)] = "cities"
    """Payer of the cost: these cities, or all cities by emissions embodied in their exports."""

    @property
    def runs(self) -> bool:
        """True where there is one."""
        return bool(self.provinces)
