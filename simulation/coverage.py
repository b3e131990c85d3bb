"""Coverage of the cap: the abatement groups that it takes in, year by year."""

from model.arrays import GroupMask
from model.labels import GROUPS
from model.quota.coverage import covered
from scenarios.cap import Cap


def coverage(cap: Cap, years: range) -> tuple[GroupMask, ...]:
    """Return the abatement groups that a cap covers in each year; (g,) each."""
    words = (cap.covers(year) for year in years)
    return tuple(covered(GROUPS if these == "all" else these, GROUPS) for these in words)


def nobody_emits(cap: Cap, year: int) -> str:
    """Return the words of a refusal where no city emits what the cap covers in a year."""
    words, when = cap.covers(year), f" in {year}" if isinstance(cap.coverage, dict) else ""
    named = repr(words) if isinstance(words, str) else str([*words])
    return (
        f"cap.coverage = {named}{when}: no city of this economy emits anything there; cover other"
        " groups of sectors"
    )
