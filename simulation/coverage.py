"""Coverage of the cap: the abatement groups that it takes in, year by year."""

from collections.abc import Sequence

from data.errors import InputError
from model.arrays import GroupMask
from model.quota.coverage import covered
from scenarios.cap import Cap


def coverage(cap: Cap, years: range, groups: tuple[str, ...]) -> tuple[GroupMask, ...]:
    """Return the abatement groups that a cap covers in each year; (g,) each."""
    return tuple(named("cap.coverage", cap.covers(year), groups) for year in years)


def named(key: str, words: str | Sequence[str], groups: tuple[str, ...]) -> GroupMask:
    """Return the groups that `all` or a list names; (g,).

    Raises
    ------
    InputError
        If the economy has no such group.
    """
    try:
        return covered(groups if words == "all" else words, groups)
    except ValueError as error:
        raise InputError(f"{key}: {error}") from error


def nobody_emits(cap: Cap, year: int) -> str:
    """Return the words of a refusal where no city emits what the cap covers in a year."""
    words, when = cap.covers(year), f" in {year}" if isinstance(cap.coverage, dict) else ""
    named = repr(words) if isinstance(words, str) else str([*words])
    return (
        f"cap.coverage = {named}{when}: no city of this economy emits anything there; cover other"
        " groups of sectors"
    )
