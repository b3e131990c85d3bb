"""City tables as MATLAB files: Z, F, VA, imports and exports, their labels in side sheets.

Such as the Chinese city tables of Carbon Emission Accounts & Datasets (Zheng et al. 2022): regions
outer, sectors inner; final demand with one column a region, or one for each of its categories.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.errors import InputError
from data.importing.matlab_file import Variables, read_matlab
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from data.importing.side_sheets import RegionSheet, emission_sheet, region_sheet
from model.arrays import Matrix, Vector
from model.labels import CATEGORIES

ROLES = {
    "Z": ("Z",),
    "F": ("F", "Y", "FD"),
    "VA": ("VA", "V"),
    "IM": ("IM", "Import", "Imports"),
    "EX": ("EX", "Export", "Exports"),
    "X": ("X", "TO", "Output"),
}
"""Names that a variable may have, in small letters or capitals."""


def read_matlab_table(path: Path, settings: Settings) -> RawTable:
    """Return the table of a MATLAB file and of the side sheets that the settings name.

    Raises
    ------
    InputError
        If a variable is missing or does not fit, or no sheet names the regions or holds emissions.
    """
    words = settings.matlab
    if words.emissions is None:
        raise InputError(
            f"{path}: set matlab.emissions, a workbook or CSV of emissions by region and sector"
        )
    named = None
    if words.regions is not None:
        named = region_sheet(path.parent / words.regions, words.sheet)
    F, regions, sectors = emission_sheet(path.parent / words.emissions, words.sheet, named)
    found = _found(path, read_matlab(path), settings)
    size = len(regions.codes) * len(sectors)
    Z = _square(path, found["Z"], size, regions, sectors)
    Y = _final(path, found["F"], size, len(regions.codes), words.final_demand == "by_category")
    categories = _categories(Y.shape[1] // len(regions.codes))
    rows = {role: _row(path, role, found[role], size) for role in ("VA", "IM", "EX", "X")}
    if settings.orientation == "transposed":
        Z = Z.T
    return RawTable(
        source=str(path),
        regions=regions.codes,
        sectors=sectors,
        categories=categories,
        Z=Z,
        Y=Y,
        F=F,
        x=rows["X"],
        value_added=rows["VA"],
        imports=rows["IM"],
        export=rows["EX"],
        people=regions.people,
        names=regions.names,
        title=path.stem,
        said={
            "emissions": f"{words.emissions}",
            "variables": ", ".join(role for role in ROLES if found[role] is not None),
        },
    )


def _found(
    path: Path, places: Sequence[Variables], settings: Settings
) -> dict[str, np.ndarray | None]:
    asked = settings.matlab.variables
    names = {role: (asked[role],) if role in asked else known for role, known in ROLES.items()}
    for variables in places:
        by_letters = {name.casefold(): value for name, value in variables.items()}
        chosen = {
            role: next(
                (by_letters[word.casefold()] for word in words if word.casefold() in by_letters),
                None,
            )
            for role, words in names.items()
        }
        if chosen["Z"] is not None and chosen["F"] is not None:
            return {role: _numbers(path, role, value) for role, value in chosen.items()}
    there = sorted({name for variables in places for name in variables})
    raise InputError(
        f"{path}: holds no Z and F side by side; there is {', '.join(there[:8]) or 'nothing'}; name"
        " them, such as matlab.variables.Z = 'flows'"
    )


def _numbers(path: Path, role: str, value: object) -> np.ndarray | None:
    if value is None:
        return None
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu" or value.ndim != 2:
        raise InputError(f"{path}: {role} is no matrix of numbers; name another variable")
    return np.asarray(value, dtype=np.float64)


def _square(
    path: Path, Z: np.ndarray | None, size: int, regions: RegionSheet, sectors: tuple[str, ...]
) -> Matrix:
    if Z is None or Z.shape != (size, size):
        shape = "missing" if Z is None else " × ".join(map(str, Z.shape))
        raise InputError(
            f"{path}: Z is {shape}, and {len(regions.codes)} regions of {len(sectors)} sectors make"
            f" {size} × {size}; mend the sheets of names and emissions"
        )
    return Z


def _final(path: Path, F: np.ndarray | None, size: int, regions: int, by_category: bool) -> Matrix:
    """Return final demand, (n, R·K), turned if its columns are the products."""
    if F is None:
        raise InputError(f"{path}: holds no F")
    if F.shape[0] != size and F.shape[1] == size:
        F = F.T
    if F.shape[0] != size or F.shape[1] % regions:
        raise InputError(
            f"{path}: F is {F.shape[0]} × {F.shape[1]}; {size} rows and one or more columns for"
            f" each of {regions} regions are wanted"
        )
    if by_category:
        F = F.reshape(size, -1, regions).transpose(0, 2, 1)
    return np.ascontiguousarray(F).reshape(size, -1)


def _row(path: Path, role: str, values: np.ndarray | None, size: int) -> Vector | None:
    """Return a row or column of the table, parts of it added up; imports for final use left out."""
    if values is None:
        return None
    if values.shape[0] == size:
        values = values.T
    if role == "IM" and values.shape[1] > size:
        values = values[:, :size]
    if values.shape[1] != size:
        raise InputError(
            f"{path}: {role} is {values.shape[0]} × {values.shape[1]}; {size} numbers are wanted"
        )
    return np.asarray(values.sum(axis=0))


def _categories(count: int) -> tuple[str, ...]:
    if count == len(CATEGORIES):
        return CATEGORIES
    if count == 1:
        return ("final_demand",)
    return tuple(f"final_demand_{k + 1}" for k in range(count))
