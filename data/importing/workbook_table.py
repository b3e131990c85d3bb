"""Tables as workbooks: the provincial tables of China, and others of their layout.

Such as the tables of 31 provinces and 42 sectors of Carbon Emission Accounts & Datasets for 2012,
2015 and 2017 (Zheng et al. 2020, Structural Change and Economic Dynamics 54, 1-15).
"""

import re
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from data.errors import InputError
from data.importing.archive import archive_of
from data.importing.frames import values
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from data.importing.sheet_edges import cells_of
from data.importing.side_sheets import read_sheet
from data.importing.wide_sheet import WideSheet, wide_sheet
from model.arrays import ByRegionSector, Vector

ROWS = {
    "imports": r"\bim\b|^imports?\b|进口",
    "value added": r"\btva\b|total value added|增加值合计",
    "parts of value added": r"\bva\d+\b",
    "emissions": r"\bco2\b",
}
COLUMNS = {
    "exports": r"\bex\b|^exports?\b|^出口",
    "errors": r"\berr\b|^errors?\b|^others?\b|误差|^其他",
    "output": r"\bgo\b|^(gross|total) outputs?\b|总产出",
}
"""Patterns of the labels of further rows and columns; all others are sums or notes."""
NOTES = r"check|proportion"
TEN_THOUSAND = r"万元|ten thousand (yuan|cny|rmb)|10,?000 (yuan|cny|rmb)"


def read_workbook(path: Path, settings: Settings) -> RawTable:
    """Return the table of a workbook.

    Raises
    ------
    InputError
        If no sheet holds one, or no emissions are to be had.
    """
    archive_of(path)  # is measured before anything is unpacked
    name, sheet = _sheet(path, settings.workbook.sheet)
    size = (len(sheet.regions), len(sheet.sectors))
    below, beside = _roles(sheet.further_rows, ROWS), _roles(sheet.further_columns, COLUMNS)
    value_added = below["value added"] or below["parts of value added"]
    F, unit, told = _emissions(path, settings, sheet, below["emissions"])
    errors = _added(sheet, "errors", None, beside["errors"])
    export = _added(sheet, "exports", None, beside["exports"])
    said = {"emissions": told, "sheet": name}
    output = _added(sheet, "output", None, beside["output"])
    if errors is not None and errors.any():
        export = errors if export is None else export + errors
        share = np.abs(errors).sum() / max(1.0, 0.0 if output is None else float(output.sum()))
        said["errors"] = f"{100 * share:.2g} % of output, taken for exports abroad"
    head = " ".join(str(cell) for cell in sheet.cells[:4].ravel() if isinstance(cell, str))
    Z = sheet.block("Z", sheet.rows, sheet.columns)
    return RawTable(
        source=str(path),
        regions=sheet.regions,
        sectors=sheet.sectors,
        categories=sheet.categories,
        Z=Z.T if settings.orientation == "transposed" else Z,
        Y=sheet.block("final demand", sheet.rows, sheet.demands),
        F=F.reshape(size),
        x=output,
        value_added=_added(sheet, "value added", value_added, None),
        imports=_added(sheet, "imports", below["imports"], None),
        export=export,
        unit="ten thousand yuan" if re.search(TEN_THOUSAND, head, re.IGNORECASE) else "",
        emission_unit=unit,
        title=f"{path.stem} {name}",
        said=said,
    )


def _sheet(path: Path, asked: str | None) -> tuple[str, WideSheet]:
    """Return the sheet that holds a table: the one asked for, else an English one, else any."""
    try:
        with pd.ExcelFile(path, engine="openpyxl") as book:
            names = [str(name) for name in book.sheet_names]
            if asked is not None and asked not in names:
                raise InputError(
                    f"workbook.sheet = {asked!r}: {path} has {', '.join(names[:8])}; name one"
                )
            english = sorted(names, key=lambda name: "english" not in name.casefold())
            for name in [asked] if asked is not None else english:
                cells = cells_of(pd.read_excel(book, sheet_name=name, header=None))
                found = wide_sheet(f"{path}, {name}", cells)
                if found is not None:
                    return name, found
    except ImportError as error:
        raise InputError(
            f"{path}: workbooks need openpyxl: pip install 'quotapolis[import]'"
        ) from error
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        reason = (str(error).splitlines() or ["empty"])[0]
        raise InputError(f"{path}: is no workbook, or a damaged one ({reason})") from error
    raise InputError(
        f"{path}: no sheet has the same regions along its upper and its left edge; lay it out as"
        " docs/own-economy.md shows, or name the sheet: workbook.sheet"
    )


def _roles(labels: dict[str, int], patterns: dict[str, str]) -> dict[str, list[int]]:
    """Return the lines of each role; a line has the first that its label fits."""
    found: dict[str, list[int]] = {role: [] for role in patterns}
    for label, place in labels.items():
        text = label.casefold()
        role = next((word for word, pattern in patterns.items() if re.search(pattern, text)), None)
        if role is not None and not re.search(NOTES, text):
            found[role].append(place)
    return found


def _added(
    sheet: WideSheet, what: str, rows: list[int] | None, columns: list[int] | None
) -> Vector | None:
    """Return the sum of further rows below the flows, or of columns beside them; none without."""
    if rows:
        return sheet.block(what, np.array(rows), sheet.columns).sum(axis=0)
    if columns:
        return sheet.block(what, sheet.rows, np.array(columns)).sum(axis=1)
    return None


def _emissions(
    path: Path, settings: Settings, sheet: WideSheet, rows: list[int]
) -> tuple[ByRegionSector, str, str]:
    """Return emissions, their unit, and where they are from."""
    words = settings.workbook
    if words.emissions is not None:
        place = path.parent / words.emissions
        frame = read_sheet(place, words.emissions_sheet)
        frame = frame.set_index(frame.columns[0])
        frame.index = frame.index.astype(str).str.strip()
        wanted = (pd.Index(sheet.regions), pd.Index(sheet.sectors))
        return values(str(place), "emissions", frame, *wanted), "", words.emissions
    if len(rows) == 1:
        label = next(word for word, place in sheet.further_rows.items() if place == rows[0])
        unit = re.search(r"\((\w+)\)", label)
        found = sheet.block("emissions", np.array(rows), sheet.columns)
        return found, unit[1] if unit else "", f"row {label!r}"
    raise InputError(
        f"{path}: set workbook.emissions, a workbook or CSV of emissions by region and sector"
    )
