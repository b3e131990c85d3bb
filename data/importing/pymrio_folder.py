"""Systems of pymrio: folders and archives that it saved, and systems in memory.

Stadler 2021, Journal of Open Research Software 9(1), 8.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.errors import InputError
from data.importing.archive import Archive
from data.importing.frames import labels, shown, values
from data.importing.guesses import year_of
from data.importing.pymrio_files import PARAMETERS, frames_of, json_of
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from data.importing.stressors import extension_of, stressors_of

Frames = Mapping[str, pd.DataFrame]


def is_pymrio(archive: Archive) -> bool:
    """Return whether pymrio saved this."""
    return PARAMETERS in archive.names


def read_pymrio(archive: Archive, settings: Settings) -> RawTable:
    """Return the table of a saved system; raises InputError where it is none."""
    frames = frames_of(archive, "", ("Z", "Y", "x", "unit", "population"))
    missing = [name for name in ("Z", "Y") if name not in frames]
    if missing:
        raise InputError(
            f"{archive.path}: holds no {missing[0]}; save the whole system with pymrio's save_all"
        )
    extensions = {
        folder: frames_of(archive, f"{folder}/", ("F", "F_Y", "unit"))
        for folder in sorted({name.split("/")[0] for name in archive.names if "/" in name})
        if f"{folder}/{PARAMETERS}" in archive.names
    }
    title = ""
    if "metadata.json" in archive.names:
        said = json_of(archive, "metadata.json")
        title = " ".join(str(said.get(key, "")) for key in ("name", "description"))
    title = title if year_of(title) is not None else f"{title} {archive.path.name}".strip()
    return of_frames(str(archive.path), frames, extensions, title, settings)


def of_system(system: Any, settings: Settings) -> RawTable:
    """Return the table of a system in memory, a `pymrio.IOSystem`."""
    frames = {name: getattr(system, name, None) for name in ("Z", "Y", "x", "unit", "population")}
    extensions = {
        word: {name: getattr(part, name, None) for name in ("F", "F_Y", "unit")}
        for word in system.get_extensions()
        for part in (getattr(system, word),)
    }
    known = {key: frame for key, frame in frames.items() if frame is not None}
    parts = {
        word: {key: frame for key, frame in part.items() if frame is not None}
        for word, part in extensions.items()
    }
    missing = [name for name in ("Z", "Y") if name not in known]
    if missing:
        raise InputError(f"the system holds no {missing[0]}; call calc_all() on it first")
    return of_frames("the system", known, parts, _title(system), settings)


def _title(system: Any) -> str:
    return " ".join(str(getattr(system.meta, key, None) or "") for key in ("name", "description"))


def of_frames(
    source: str, frames: Frames, extensions: Mapping[str, Frames], title: str, settings: Settings
) -> RawTable:
    """Return the table of labelled frames, rows and columns put into the order of regions."""
    Z, Y = frames["Z"], frames["Y"]
    for what, index in (("rows of Z", Z.index), ("columns of Z", Z.columns), ("rows of Y", Y.index),
                        ("columns of Y", Y.columns)):  # fmt: skip
        if index.nlevels != 2:
            raise InputError(f"{source}: {what} have no labels of region and sector; write them")
    regions, sectors = (labels(Z.index, level) for level in (0, 1))
    Y, elsewhere = _at_home(Y, regions)
    categories = labels(Y.columns, 1)
    rows = pd.MultiIndex.from_product([regions, sectors])
    demands = pd.MultiIndex.from_product([regions, categories])
    name, chosen = extension_of(source, extensions, settings)
    stressors = stressors_of(source, name, chosen, settings)
    F = chosen["F"].loc[stressors]
    unit = chosen.get("unit")
    emission_unit = (
        "" if unit is None else _one(source, "stressors", unit.loc[stressors].iloc[:, 0])
    )
    households, people = chosen.get("F_Y"), frames.get("population")
    money = frames.get("unit")
    if settings.orientation == "transposed":
        Z = Z.T
    return RawTable(
        source=source,
        regions=tuple(map(str, regions)),
        sectors=tuple(map(str, sectors)),
        categories=tuple(map(str, categories)),
        Z=values(source, "Z", Z, rows, rows),
        Y=values(source, "Y", Y, rows, demands),
        export=None if elsewhere.empty else values(source, "Y", elsewhere, rows, None).sum(axis=1),
        F=values(source, "F", F, None, rows).sum(axis=0).reshape(len(regions), -1),
        x=None if "x" not in frames else values(source, "x", frames["x"], rows, None)[:, 0],
        household_emissions=None
        if households is None
        else values(source, "F_Y", _at_home(households, regions)[0].loc[stressors], None, demands)
        .sum(axis=0)
        .reshape(len(regions), -1)
        .sum(axis=1),
        people=None if people is None else _people(source, people, regions),
        unit="" if money is None else _one(source, "sectors", money.iloc[:, 0]),
        emission_unit=emission_unit,
        title=title,
        said={"emissions": f"{', '.join(map(shown, stressors))} of {name!r}"} | _said_of(elsewhere),
    )


def _at_home(Y: pd.DataFrame, regions: Sequence[Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return final demand of the table's regions, and that of others, which buy and make nothing.

    Such as the column of discrepancies of OECD's tables, which is of all countries.
    """
    mine = Y.columns.get_level_values(0).isin(regions)
    return Y.loc[:, mine], Y.loc[:, ~mine]


def _said_of(elsewhere: pd.DataFrame) -> dict[str, str]:
    if elsewhere.empty:
        return {}
    named = ", ".join(shown(column) for column in elsewhere.columns[:3])
    return {"exports": f"{named}: of no region of the table, taken for exports abroad"}


def _people(source: str, frame: pd.DataFrame, regions: Sequence[Any]) -> np.ndarray:
    by_region = frame if frame.shape[0] == 1 else frame.T
    if [*by_region.columns] != [*regions] and set(by_region.columns) != set(regions):
        raise InputError(f"{source}: population is not of the table's regions; mend or drop it")
    return np.array(by_region[list(regions)].iloc[0].to_numpy(), dtype=np.float64)


def _one(source: str, what: str, units: pd.Series) -> str:
    words = units.astype(str).unique()
    if len(words) > 1:
        raise InputError(
            f"{source}: {what} have several units ({', '.join(words[:4])}); take those of one unit"
        )
    return str(words[0])
