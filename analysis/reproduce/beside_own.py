"""The first figures of the papers beside ours and those of a city table that the user holds."""

from dataclasses import dataclass

from analysis.economy.headlines import headlines
from data.errors import InputError
from data.readers.published import read_published
from model.compile.city_economy import Economy
from model.footprints.accounts import embodied_flows
from model.labels import CATEGORIES

PUBLISHED_YEAR = 2012
"""Year of every published figure whose name says no other."""


NOT_IN_A_TABLE = "n_co2_estimated"
"""A table does not say which emissions were estimated."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure, three times."""

    what: str
    unit: str
    published: float | None
    """Missing where no paper gives it for the year."""
    ours: float
    theirs: float


def require_city_table(theirs: Economy) -> None:
    """Raise InputError if a table has other categories of demand than the papers speak of."""
    if theirs.categories.names != CATEGORIES:
        raise InputError(
            f"--economy: its categories of final demand are {', '.join(theirs.categories.names)},"
            f" and the papers speak of {', '.join(CATEGORIES)}; import a table that has these"
        )


def beside_own(theirs: Economy, ours: Economy) -> list[Beside]:
    """Return the figures of both economies, which are of one year, with the published ones."""
    published = read_published()
    found = [
        {row.quantity: row for row in headlines(each, embodied_flows(each.basis, each.S))}
        for each in (ours, theirs)
    ]
    rows = []
    for quantity, row in found[0].items():
        if quantity not in found[1] or quantity == NOT_IN_A_TABLE:
            continue
        same_year = ours.year == PUBLISHED_YEAR or quantity.endswith(str(ours.year))
        known = published.get(quantity) if same_year else None
        number = None if known is None else known.number
        rows.append(Beside(row.what, row.unit, number, row.value, found[1][quantity].value))
    return rows
