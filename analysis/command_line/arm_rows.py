"""Rows of a table of arms: under their institutions where rules stand side by side."""

from collections.abc import Sequence

from analysis.figures.headlines import by_institution, capital
from analysis.figures.style import institution_words, label
from analysis.outcomes.arms import Arms


def arm_rows(arms: Sequence[str], known: Arms) -> tuple[str, list[tuple[str, str | None]]]:
    """Return the corner of the table, and name and arm of each row; the reference comes last.

    A row without an arm is a heading; the first heading is the corner.
    """
    policies = [arm for arm in arms if arm != known.reference]
    ways = by_institution(policies, known)
    rows: list[tuple[str, str | None]] = []
    for way, members in ways.items():
        rows.append((capital(institution_words(way)), None))
        rows += [(f" {label(known.group(arm))}", arm) for arm in members]
    if not ways:
        rows = [("", None), *((label(arm), arm) for arm in policies)]
    if known.reference in arms:
        rows.append((label(known.reference), known.reference))
    return rows[0][0], rows[1:]
