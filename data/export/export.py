"""Export of the economy to other programs: one format a word."""

from collections.abc import Callable, Sequence
from pathlib import Path

from data.errors import InputError, nearest
from data.export.chosen_regions import dense
from data.export.dense_table import DenseTable
from data.export.parquet_folder import write_parquet
from data.export.pymrio_system import save_pymrio
from model.compile.city_economy import CityTables

FORMS: dict[str, Callable[[DenseTable, Path], None]] = {
    "parquet": write_parquet,
    "pymrio": save_pymrio,
}
"""Writers of a table into a new folder, by the word that selects them."""


def export(
    tables: CityTables, out: Path, regions: Sequence[str] | None = None, form: str = "parquet"
) -> None:
    """Write the table of the regions, and of the rest of China as one, into a new folder.

    Parameters
    ----------
    regions
        Names or six-digit codes; all regions where none is named.
    form
        A word of `FORMS`.

    Raises
    ------
    InputError
        If there is no such region or format, the folder is there already, the disk is full, or the
        package that a format needs is not installed.
    """
    if form not in FORMS:
        raise InputError(f"{form}: no such format; {nearest(form, FORMS)}")
    FORMS[form](dense(tables, regions), out)
