"""The option that names an economy of one's own."""

from collections.abc import Sequence
from typing import Annotated

import typer

from data.importing.kept import load_imported
from model.compile.city_economy import Economy
from scenarios.reading import Settings, of_year

OwnEconomy = Annotated[
    str | None,
    typer.Option(
        "--economy", help="Economy of your own, by name or folder; see quotapolis data import."
    ),
]


def of_own(economy: str | None, settings: Sequence[str] | None) -> tuple[Economy | None, Settings]:
    """Return the economy that is named, if any, and settings in which runs start from its year.

    Raises
    ------
    InputError
        If there is no such economy.
    """
    if economy is None:
        return None, settings or ()
    found = load_imported(economy)
    return found, of_year(found.year, settings or ())
