"""Soundness of a table that somebody gives: each fault is one line that names its place."""

import numpy as np

from data.errors import InputError
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from model.arrays import AnyFloats, Vector

TOLERANCE = 1e-6
"""Largest gap between stated output and what is sold, as a share of it and of mean output."""
NAMED = 3
"""Places that a message names."""


def require_labels(table: RawTable) -> None:
    """Raise InputError if labels are missing or double, or shapes do not fit them."""
    for what, words in (
        ("regions", table.regions),
        ("sectors", table.sectors),
        ("categories", table.categories),
    ):
        if not words:
            raise InputError(f"{table.source}: there are no labels of {what}; name them")
        empty = [n for n, word in enumerate(words) if not word or word.casefold() == "nan"]
        if empty:
            raise InputError(
                f"{table.source}: label {empty[0] + 1} of the {what} is missing; write it"
            )
        double = sorted({word for word in words if words.count(word) > 1})
        if double:
            raise InputError(f"{table.source}: {what}: {double[0]!r} stands there twice; rename it")
    R, N, K = len(table.regions), len(table.sectors), len(table.categories)
    expected: dict[str, tuple[AnyFloats | None, tuple[int, ...]]] = {
        "Z": (table.Z, (R * N, R * N)),
        "Y": (table.Y, (R * N, R * K)),
        "F": (table.F, (R, N)),
        "x": (table.x, (R * N,)),
        "value added": (table.value_added, (R * N,)),
        "imports": (table.imports, (R * N,)),
        "exports": (table.export, (R * N,)),
    }
    for what, (array, shape) in expected.items():
        if array is not None and array.shape != shape:
            raise InputError(
                f"{table.source}: {what} is {_by(array.shape)}, and {R} regions, {N} sectors and"
                f" {K} categories make {_by(shape)}; mend the labels, or turn it"
            )


def require_finite(table: RawTable) -> None:
    """Raise InputError if an entry is missing or infinite, or households emit less than nothing."""
    rows = [f"{region}, {sector}" for region in table.regions for sector in table.sectors]
    for what, array in (
        ("Z", table.Z),
        ("Y", table.Y),
        ("F", table.F.reshape(-1)),
        ("output", table.x),
        ("value added", table.value_added),
        ("imports", table.imports),
        ("exports", table.export),
    ):
        if array is None:
            continue
        sound = np.isfinite(array.reshape(len(rows), -1).sum(axis=1))
        if not sound.all():
            row = int(np.argmin(sound))
            raise InputError(
                f"{table.source}: {what} of {rows[row]} holds NaN or infinity"
                f" ({int((~sound).sum())} rows do); write 0 where there is nothing"
            )
    of_households = np.zeros(0) if table.household_emissions is None else table.household_emissions
    wrong = np.flatnonzero(~(np.isfinite(of_households) & (of_households >= 0)))
    if wrong.size:
        region = int(wrong[0])
        raise InputError(
            f"{table.source}: household_emissions of {table.regions[region]} ="
            f" {of_households[region]:g}; write a number, 0 where there are none"
        )


def balanced_output(table: RawTable, settings: Settings) -> Vector:
    """Return gross output: what is sold, which must be what is stated, if anything is.

    Where output is not stated and value added is, inputs and value added state it.

    Raises
    ------
    InputError
        If output is negative, or what is stated is not what is sold.
    """
    rows, columns = table.Z.sum(axis=1), table.Z.sum(axis=0)
    sold, stated = _sold(table, rows), _stated(table, columns)
    _require_positive(table, sold)
    if stated is None or settings.output == "rows":
        return sold
    _require_positive(table, stated)
    gap = np.abs(stated - sold)
    allowed = TOLERANCE * np.maximum(stated, np.abs(sold).mean())
    if (gap <= allowed).all():
        return sold
    turned = _stated(table, rows)
    if turned is not None and (np.abs(turned - _sold(table, columns)) <= allowed).all():
        raise InputError(
            f"{table.source}: columns add up to output as rows should: the table is turned; set"
            f" orientation = {settings.turned!r}"
        )
    worst = np.argsort(-gap)[:NAMED]
    named = ", ".join(
        f"{_row(table, int(row))}: {stated[row]:.6g} against {sold[row]:.6g}" for row in worst
    )
    raise InputError(
        f"{table.source}: {int((gap > allowed).sum())} of {gap.size} rows do not add up to stated"
        f" output ({named}); mend them, or set output = 'rows' to take what is sold"
    )


def value_added_of(table: RawTable, x: Vector, settings: Settings) -> Vector:
    """Return output less inputs, at home and from abroad, which must be what is stated, if any is.

    Raises
    ------
    InputError
        If it is not, or a region has none.
    """
    left = x - table.Z.sum(axis=0)
    left = left if table.imports is None else left - table.imports
    if table.value_added is not None:
        gap = np.abs(table.value_added - left)
        off = gap > TOLERANCE * np.maximum(x, x.mean())
        if off.any():
            worst = int(np.argmax(gap))
            raise InputError(
                f"{table.source}: {int(off.sum())} of {off.size} columns do not add up:"
                f" {_row(table, worst)} has value added {table.value_added[worst]:.6g} and output"
                f" less inputs {left[worst]:.6g}; mend them, turn the table, or leave value added"
                " out"
            )
    of_regions, output = (each.reshape(len(table.regions), -1).sum(axis=1) for each in (left, x))
    none = np.flatnonzero((of_regions <= 0) & (output > 0))
    if none.size:
        raise InputError(
            f"{table.source}: {table.regions[none[0]]} buys inputs for more than its output"
            f" ({none.size} such regions); is the table turned"
            f" (orientation = {settings.turned!r})?"
        )
    return left


def require_no_inputs_without_output(table: RawTable, x: Vector) -> None:
    """Raise InputError if a sector without output buys inputs."""
    idle = np.flatnonzero(x <= 0)
    buys = [int(row) for row in idle if np.any(table.Z[:, row])]
    if buys:
        raise InputError(
            f"{table.source}: {_row(table, buys[0])} has no output and buys inputs ({len(buys)}"
            " such sectors); give it output or empty its column"
        )
    emits = [int(row) for row in idle if table.F.reshape(-1)[row]]
    if emits:
        raise InputError(
            f"{table.source}: {_row(table, emits[0])} has no output and emits ({len(emits)} such"
            " sectors); book its emissions elsewhere"
        )


def _sold(table: RawTable, to_sectors: Vector) -> Vector:
    sold = to_sectors + table.Y.sum(axis=1)
    return sold if table.export is None else sold + table.export


def _stated(table: RawTable, inputs: Vector) -> Vector | None:
    if table.x is not None or table.value_added is None:
        return table.x
    stated = inputs + table.value_added
    return stated if table.imports is None else stated + table.imports


def _require_positive(table: RawTable, x: Vector) -> None:
    below = np.flatnonzero(x < 0)
    if below.size:
        row = int(below[0])
        raise InputError(
            f"{table.source}: output of {_row(table, row)} is negative ({x[row]:.6g};"
            f" {below.size} such sectors); mend the table"
        )


def _row(table: RawTable, row: int) -> str:
    region, sector = divmod(row, len(table.sectors))
    return f"{table.regions[region]}, {table.sectors[sector]}"


def _by(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))
