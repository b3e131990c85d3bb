"""Emissions of a system with extensions: which of them, and which of its rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.errors import InputError, nearest
from data.importing.frames import shown
from data.importing.guesses import tonnes_of
from data.importing.settings import Settings

Frames = Mapping[str, pd.DataFrame]


def extension_of(
    source: str, extensions: Mapping[str, Frames], settings: Settings
) -> tuple[str, Frames]:
    """Return the extension that holds the emissions, and its name."""
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
    if not weighed:
        words += ", none of it in tonnes; if it has no emissions, add an extension that has"
    raise InputError(
        f"{source}: which extension holds the emissions? set emissions.extension; there is {words}"
    )


def _in_tonnes(part: Frames) -> bool:
    unit = part.get("unit")
    return unit is not None and any(tonnes_of(str(word)) is not None for word in unit.iloc[:, 0])


def stressors_of(source: str, name: str, part: Frames, settings: Settings) -> list[Any]:
    """Return the rows of it that are the emissions."""
    rows = list(part["F"].index)
    asked = settings.emissions.stressors
    if asked:
        missing = [word for word in asked if not any(_is(row, word) for row in rows)]
        if missing:
            hint = nearest(missing[0], map(shown, rows))
            raise InputError(
                f"emissions.stressors: {missing[0]!r} is no row of {name!r} in {source}; {hint}"
            )
        return [row for row in rows if any(_is(row, word) for word in asked)]
    carbon = [row for row in rows if "co2" in shown(row).casefold().replace(" ", "")]
    found = rows if len(rows) == 1 else carbon
    if len(found) == 1:
        return found
    words = nearest("CO2", map(shown, found or rows))
    raise InputError(
        f"{source}: which rows of {name!r} are the emissions? set emissions.stressors, a list of"
        f" names; {words}"
    )


def _is(row: Any, word: str) -> bool:
    parts = tuple(map(str, row)) if isinstance(row, tuple) else (str(row),)
    return word in (parts[0], shown(row))
