"""Systems of pymrio: folders and archives that it saved, and systems in memory.

Stadler 2021, Journal of Open Research Software 9(1), 8. Text and Parquet are read; pickles never
are, since opening one runs what is in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd

from data.errors import InputError, nearest
from data.importing.archive import Archive
from data.importing.guesses import tonnes_of
from data.importing.raw_table import RawTable
from data.importing.settings import Settings

PARAMETERS = "file_parameters.json"
PICKLES = (".pkl", ".pickle", ".p")
Frames = Mapping[str, pd.DataFrame]


def is_pymrio(archive: Archive) -> bool:
    """Return whether pymrio saved this."""
    return PARAMETERS in archive.names


def read_pymrio(archive: Archive, settings: Settings) -> RawTable:
    """Return the table of a saved system; raises InputError where it is none."""
    frames = _frames(archive, "", ("Z", "Y", "x", "unit", "population"))
    missing = [name for name in ("Z", "Y") if name not in frames]
    if missing:
        raise InputError(
            f"{archive.path}: holds no {missing[0]}; save the whole system with pymrio's save_all"
        )
    extensions = {
        folder: _frames(archive, f"{folder}/", ("F", "F_Y", "unit"))
        for folder in sorted({name.split("/")[0] for name in archive.names if "/" in name})
        if f"{folder}/{PARAMETERS}" in archive.names
    }
    title = ""
    if "metadata.json" in archive.names:
        said = _json(archive, "metadata.json")
        title = " ".join(str(said.get(key, "")) for key in ("name", "description", "version"))
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
    return of_frames("the system", known, parts, str(system.meta.name), settings)


def of_frames(
    source: str, frames: Frames, extensions: Mapping[str, Frames], title: str, settings: Settings
) -> RawTable:
    """Return the table of labelled frames, rows and columns put into the order of regions."""
    Z, Y = frames["Z"], frames["Y"]
    for what, index in (("rows of Z", Z.index), ("columns of Z", Z.columns), ("rows of Y", Y.index),
                        ("columns of Y", Y.columns)):  # fmt: skip
        if index.nlevels != 2:
            raise InputError(f"{source}: {what} have no labels of region and sector; write them")
    regions, sectors = (_labels(Z.index, level) for level in (0, 1))
    categories = _labels(Y.columns, 1)
    rows = pd.MultiIndex.from_product([regions, sectors])
    demands = pd.MultiIndex.from_product([regions, categories])
    name, chosen = _extension(source, extensions, settings)
    stressors = _stressors(source, name, chosen, settings)
    F = chosen["F"].loc[stressors]
    unit = chosen.get("unit")
    emission_unit = "" if unit is None else " ".join(dict.fromkeys(unit.loc[stressors].iloc[:, 0]))
    households, people = chosen.get("F_Y"), frames.get("population")
    money = frames.get("unit")
    if settings.orientation == "transposed":
        Z = Z.T
    return RawTable(
        source=source,
        regions=tuple(map(str, regions)),
        sectors=tuple(map(str, sectors)),
        categories=tuple(map(str, categories)),
        Z=_values(source, "Z", Z, rows, rows),
        Y=_values(source, "Y", Y, rows, demands),
        F=_values(source, "F", F, None, rows).sum(axis=0).reshape(len(regions), -1),
        x=None if "x" not in frames else _values(source, "x", frames["x"], rows, None)[:, 0],
        household_emissions=None
        if households is None
        else _values(source, "F_Y", households.loc[stressors], None, demands)
        .sum(axis=0)
        .reshape(len(regions), -1)
        .sum(axis=1),
        people=None if people is None else _people(source, people, regions),
        unit="" if money is None else _one(source, money.iloc[:, 0]),
        emission_unit=emission_unit,
        title=title,
        said={"emissions": f"{', '.join(map(_shown, stressors))} of {name!r}"},
    )


def _extension(
    source: str, extensions: Mapping[str, Frames], settings: Settings
) -> tuple[str, Frames]:
    asked = settings.emissions.extension
    if asked is not None:
        if asked not in extensions:
            hint = nearest(asked, extensions)
            raise InputError(f"emissions.extension = {asked!r}: {source} has no such one; {hint}")
        return asked, extensions[asked]
    known = {name: part for name, part in extensions.items() if "F" in part}
    weighed = {name: part for name, part in known.items() if _in_tonnes(part)}
    if len(weighed) == 1:
        return next(iter(weighed.items()))
    words = ", ".join(weighed or known) or "none"
    raise InputError(
        f"{source}: which extension holds the emissions? set emissions.extension; there is {words}"
    )


def _in_tonnes(part: Frames) -> bool:
    unit = part.get("unit")
    return unit is not None and any(tonnes_of(str(word)) is not None for word in unit.iloc[:, 0])


def _stressors(source: str, name: str, part: Frames, settings: Settings) -> list[Any]:
    rows = list(part["F"].index)
    asked = settings.emissions.stressors
    if asked:
        missing = [word for word in asked if not any(_is(row, word) for row in rows)]
        if missing:
            hint = nearest(missing[0], map(_shown, rows))
            raise InputError(
                f"emissions.stressors: {missing[0]!r} is no row of {name!r} in {source}; {hint}"
            )
        return [row for row in rows if any(_is(row, word) for word in asked)]
    carbon = [row for row in rows if "co2" in _shown(row).casefold().replace(" ", "")]
    found = rows if len(rows) == 1 else carbon
    if len(found) == 1:
        return found
    words = nearest("CO2", map(_shown, found or rows))
    raise InputError(
        f"{source}: which rows of {name!r} are the emissions? set emissions.stressors, a list of"
        f" names; {words}"
    )


def _is(row: Any, word: str) -> bool:
    parts = tuple(map(str, row)) if isinstance(row, tuple) else (str(row),)
    return word in (parts[0], _shown(row))


def _shown(row: Any) -> str:
    return " ".join(map(str, row)) if isinstance(row, tuple) else str(row)


def _labels(index: pd.Index, level: int) -> list[Any]:
    values = index.get_level_values(level)
    if values.isna().any():
        return ["", *values.dropna().unique()]
    return list(values.unique())


def _values(
    source: str, what: str, frame: pd.DataFrame, rows: pd.Index | None, columns: pd.Index | None
) -> np.ndarray:
    for axis, wanted in (("rows", rows), ("columns", columns)):
        index = frame.index if axis == "rows" else frame.columns
        if wanted is None or index.equals(wanted):
            continue
        if index.has_duplicates:
            raise InputError(
                f"{source}: {what} has {axis} twice: {_shown(index[index.duplicated()][0])}"
            )
        missing = wanted.difference(index)
        if len(missing) or len(index) != len(wanted):
            named = _shown(missing[0]) if len(missing) else _shown(index.difference(wanted)[0])
            raise InputError(
                f"{source}: {what} has {len(index)} {axis} and {len(wanted)} are wanted, such as"
                f" {named}; is a file cut short?"
            )
        frame = frame.loc[wanted] if axis == "rows" else frame.loc[:, wanted]
    try:
        return np.array(frame.to_numpy(), dtype=np.float64, order="C")
    except (ValueError, TypeError) as error:
        raise InputError(f"{source}: {what} holds something that is no number ({error})") from error


def _people(source: str, frame: pd.DataFrame, regions: Sequence[Any]) -> np.ndarray:
    by_region = frame if frame.shape[0] == 1 else frame.T
    if [*by_region.columns] != [*regions] and set(by_region.columns) != set(regions):
        raise InputError(f"{source}: population is not of the table's regions; mend or drop it")
    return np.array(by_region[list(regions)].iloc[0].to_numpy(), dtype=np.float64)


def _one(source: str, units: pd.Series) -> str:
    words = units.astype(str).unique()
    if len(words) > 1:
        raise InputError(
            f"{source}: sectors have several units ({', '.join(words[:4])}); hybrid tables cannot"
            " be priced, take the monetary one"
        )
    return str(words[0])


def _frames(archive: Archive, folder: str, wanted: Sequence[str]) -> dict[str, pd.DataFrame]:
    said = _json(archive, folder + PARAMETERS)
    found = {}
    for key, name, index, header in _files(archive, folder, said):
        if key in wanted:
            found[key] = _frame(archive, folder + name, index, header)
    return found


def _files(
    archive: Archive, folder: str, said: Mapping[str, Any]
) -> Iterator[tuple[str, str, int, int]]:
    try:
        for key, entry in said["files"].items():
            name = str(entry["name"])
            if PurePosixPath(name).name != name:
                raise InputError(f"{archive.path}: {folder}{PARAMETERS} names {name}; not read")
            if PurePosixPath(name).suffix in PICKLES:
                raise InputError(
                    f"{archive.path}: {name} is a pickle, which may run anything when opened; save"
                    " the system as text or Parquet"
                )
            legacy = "F_Y" if key == "FY" else key
            yield legacy, name, int(entry["nr_index_col"]), int(entry["nr_header"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            f"{archive.path}: {folder}{PARAMETERS} is not pymrio's; save it anew"
        ) from error


def _frame(archive: Archive, name: str, index: int, header: int) -> pd.DataFrame:
    with archive.opened(name) as stream:
        try:
            if name.endswith(".parquet"):
                return pd.read_parquet(stream)
            return pd.read_csv(
                stream,
                sep="\t",
                index_col=list(range(index)) if index > 1 else 0,
                header=list(range(header)) if header > 1 else 0,
            )
        except (ValueError, OSError, EOFError, pd.errors.ParserError) as error:
            reason = str(error).splitlines()[0]
            raise InputError(
                f"{archive.path}: {name} cannot be read ({reason}); save it anew"
            ) from error


def _json(archive: Archive, name: str) -> dict[str, Any]:
    with archive.opened(name) as stream:
        try:
            said = json.loads(stream.read())
        except (ValueError, RecursionError) as error:
            raise InputError(f"{archive.path}: {name} is no JSON; save it anew") from error
    if not isinstance(said, dict):
        raise InputError(f"{archive.path}: {name} is not what pymrio writes; save it anew")
    return said
