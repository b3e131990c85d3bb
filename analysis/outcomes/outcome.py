"""An outcome: one measure of a run, declared once with its words, unit and direction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from analysis.outcomes.one_run import OneRun
from analysis.outcomes.shown_money import in_money

Direction = Literal["lower", "higher", "neither"]
"""The better direction; `neither` where the outcome is shown and not ranked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure of a run."""

    word: str
    label: str
    declared_unit: str
    """With CNY for money."""
    direction: Direction
    digits: int
    """Decimals in a table."""
    of: Callable[[OneRun], float]
    """Value of a run; not a number where it has none."""
    always: bool = True
    """Shown too where no run makes use of what it measures."""
    uses: Callable[[OneRun], bool] | None = None
    """True for a run that makes use of what it measures; by default, of a value not zero."""
    against: bool = False
    """Measured against the run without policy, by national tables alone."""

    @property
    def unit(self) -> str:
        """Unit of its values, in the money that results are shown in."""
        return in_money(self.declared_unit)

    def used(self, run: OneRun, value: float) -> bool:
        """Return whether this run, of this value, makes the outcome worth a table."""
        if self.always:
            return True
        return self.uses(run) if self.uses is not None else value == value and value != 0


def ratio(this: float, that: float) -> float:
    """Return this ÷ that, not a number where that is zero."""
    return this / that if that != 0 else float("nan")
