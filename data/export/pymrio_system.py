"""A dense table as a system of pymrio (Stadler 2021, Journal of Open Research Software 9(1), 8)."""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from data.atomic import new_folder
from data.errors import InputError
from data.export.dense_table import DenseTable
from data.export.export_notes import notes, units
from model.arrays import Matrix

if TYPE_CHECKING:  # an optional package: whoever does not export to it needs it not
    import pymrio

ABROAD = "abroad"
"""The region whose final demand are the exports; here it neither produces nor emits."""
EXPORT = "export"
"""Its category of final demand; all regions have all categories, or pymrio cannot aggregate."""

HOW_TO_READ = """\
import pymrio

system = pymrio.load_all("this folder").calc_all()
footprints = system.emissions.D_cba_reg  # of abroad: emissions embodied in exports
"""


def to_pymrio(table: DenseTable) -> "pymrio.IOSystem":
    """Return the table with extensions `emissions` and `factor_inputs`, nothing calculated yet.

    Value added and imports are factor inputs; imports by final demand stand in F_Y.

    Raises
    ------
    InputError
        If pymrio is not installed.
    """
    try:
        import pymrio
    except ImportError as error:
        raise InputError(
            "pymrio is not installed; install it with pip install 'quotapolis[import]'"
        ) from error
    regions = [*table.regions, ABROAD]
    rows = pd.MultiIndex.from_product([regions, table.sectors], names=["region", "sector"])
    demands = pd.MultiIndex.from_product(
        [regions, [*table.categories, EXPORT]], names=["region", "category"]
    )
    Z = pd.DataFrame(0.0, index=rows, columns=rows)
    Z.loc[table.rows, table.rows] = table.Z
    Y = pd.DataFrame(0.0, index=rows, columns=demands)
    Y.loc[table.rows, table.demands] = table.Y
    Y.loc[table.rows, (ABROAD, EXPORT)] = table.export.ravel()

    def by_sector(**of_regions: Matrix) -> pd.DataFrame:
        amounts = {name: pd.Series(a.ravel(), index=table.rows) for name, a in of_regions.items()}
        return pd.DataFrame(amounts).reindex(rows, fill_value=0.0)

    F = by_sector(CO2=table.F).T.rename_axis(index="stressor")
    factors = by_sector(value_added=table.value_added, imports=table.imports).T
    bought = pd.DataFrame(0.0, index=factors.index, columns=demands)
    if table.Y_imports is not None:
        bought.loc["imports", table.demands] = table.Y_imports.sum(axis=0)
    unit = units(table)
    return pymrio.IOSystem(
        Z=Z,
        Y=Y,
        x=by_sector(indout=table.x),
        unit=pd.DataFrame(unit["Z"], index=rows, columns=["unit"]),
        name=f"Quotapolis {table.year}",
        emissions={"name": "emissions", "F": F, "unit": _units(F, unit["F"])},
        factor_inputs={
            "name": "factor_inputs",
            "F": factors,
            "F_Y": bought,
            "unit": _units(factors, unit["value_added"]),
        },
    )


def save_pymrio(table: DenseTable, folder: Path) -> None:
    """Write the table into a new folder that `pymrio.load_all` reads.

    Raises
    ------
    InputError
        If pymrio is not installed, the folder is there already, or the disk is full.
    """
    with new_folder(folder) as draft:
        to_pymrio(table).save_all(draft, table_format="parquet")
        (draft / "README.md").write_text(notes(table, HOW_TO_READ), encoding="utf-8")


def _units(frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    return pd.DataFrame(unit, index=frame.index, columns=["unit"])
