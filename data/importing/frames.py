"""Labelled frames brought to plain arrays, in the order of their regions."""

from typing import Any

import numpy as np
import pandas as pd

from data.errors import InputError


def labels(index: pd.Index, level: int) -> list[Any]:
    """Return the labels of a level in their order, an empty one first if any is missing."""
    values = index.get_level_values(level)
    if values.isna().any():
        return ["", *values.dropna().unique()]
    return list(values.unique())


def values(
    source: str, what: str, frame: pd.DataFrame, rows: pd.Index | None, columns: pd.Index | None
) -> np.ndarray:
    """Return the numbers of a frame with rows and columns as wanted, whatever their order.

    Raises
    ------
    InputError
        If labels are double or missing, or something is no number.
    """
    for axis, wanted in (("rows", rows), ("columns", columns)):
        index = frame.index if axis == "rows" else frame.columns
        if wanted is None or index.equals(wanted):
            continue
        if index.has_duplicates:
            raise InputError(
                f"{source}: {what} has {axis} twice: {shown(index[index.duplicated()][0])}"
            )
        missing = wanted.difference(index)
        if len(missing) or len(index) != len(wanted):
            named = shown(missing[0]) if len(missing) else shown(index.difference(wanted)[0])
            raise InputError(
                f"{source}: {what} has {len(index)} {axis} and {len(wanted)} are wanted, such as"
                f" {named}; is a file cut short?"
            )
        frame = frame.loc[wanted] if axis == "rows" else frame.loc[:, wanted]
    try:
        return np.array(frame.to_numpy(), dtype=np.float64, order="C")
    except (ValueError, TypeError) as error:
        raise InputError(f"{source}: {what} holds something that is no number ({error})") from error


def shown(row: Any) -> str:
    """Return a label as one word."""
    return " ".join(map(str, row)) if isinstance(row, tuple) else str(row)
