"""Side sheets of a table without labels: names of regions, emissions by region and sector."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import InputError
from data.importing.frames import values
from model.arrays import ByRegionSector, Vector

NAME_COLUMNS = ("name", "region", "city", "地区", "城市", "名称")
CODE_COLUMNS = ("code", "region_code", "代码")
SHEETS = (".xlsx", ".xls")


@dataclass(frozen=True, slots=True)
class RegionSheet:
    """Names of regions in the order of the table."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    people: Vector | None


def read_sheet(path: Path, sheet: str | None) -> pd.DataFrame:
    """Return a sheet of a workbook, or a CSV file, with its first row as headings.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    try:
        if path.suffix.lower() in SHEETS:
            frame = pd.read_excel(path, sheet_name=0 if sheet is None else sheet)
        else:
            frame = pd.read_csv(path)
    except ImportError as error:
        raise InputError(
            f"{path}: workbooks need openpyxl: pip install 'quotapolis[import]', or save it as CSV"
        ) from error
    except (ValueError, OSError, EOFError, KeyError) as error:
        reason = (str(error).splitlines() or ["empty"])[0]
        raise InputError(f"{path}: cannot be read ({reason}); write it anew") from error
    return frame.rename(columns=lambda word: str(word).strip())


def region_sheet(path: Path, sheet: str | None) -> RegionSheet:
    """Return the regions that a sheet names: a column of names, and if there is one of codes."""
    frame = read_sheet(path, sheet)
    heading = next((word for word in NAME_COLUMNS if word in frame), frame.columns[0])
    names = tuple(frame[heading].fillna("").astype(str).str.strip())
    code = next((word for word in CODE_COLUMNS if word in frame), None)
    codes = names if code is None else tuple(frame[code].astype(str).str.strip())
    people = None
    if "people" in frame:
        people = values(str(path), "people", frame[["people"]], None, None)[:, 0]
    return RegionSheet(codes, names, people)


def emission_sheet(
    path: Path, sheet: str | None, regions: RegionSheet | None
) -> tuple[ByRegionSector, RegionSheet, tuple[str, ...]]:
    """Return emissions by region and sector, with the names of both.

    The first column names the regions, the other headings are sectors. The order is that of
    `regions`, if they are given, else the sheet's own.

    Raises
    ------
    InputError
        If a region is missing, or something is no number.
    """
    frame = read_sheet(path, sheet)
    frame = frame.set_index(frame.columns[0])
    frame.index = frame.index.astype(str).str.strip()
    wanted = None
    if regions is not None:
        by_code = set(frame.index) >= set(regions.codes)
        wanted = pd.Index(regions.codes if by_code else regions.names)
    found = values(str(path), "emissions", frame, wanted, None)
    names = tuple(frame.index)
    return found, regions or RegionSheet(names, names, None), tuple(map(str, frame.columns))
