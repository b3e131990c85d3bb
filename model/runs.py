"""Runs as an axis: numbers of one run, and of several that advance together.

Where several runs share one call, arrays of cities carry a first axis of runs, (b, c), and what is
a number of one run is a column, (b, 1), so that it meets its run's cities. Alone it is a number.
Every operation works run by run, and so has the bits of the run alone.
"""

from typing import Any

import numpy as np

from model.arrays import AnyArray, AnyFloats, Count, Indices, Number, Yes


def total(values: AnyArray) -> Number:
    """Return the sum over the cities of each run."""
    if values.ndim == 1:
        return float(values.sum())
    return values.sum(axis=-1, keepdims=True, dtype=np.float64)


def tonnes(values: AnyArray) -> Count:
    """Return the sum of whole tonnes over the cities of each run."""
    return int(values.sum()) if values.ndim == 1 else values.sum(axis=-1, keepdims=True)


def mean(values: AnyFloats) -> Number:
    """Return the mean over the cities of each run."""
    return float(values.mean()) if values.ndim == 1 else values.mean(axis=-1, keepdims=True)


def highest(values: AnyFloats) -> Number:
    """Return the highest value of each run's cities."""
    return float(values.max()) if values.ndim == 1 else values.max(axis=-1, keepdims=True)


def some(values: AnyArray) -> Yes:
    """Return whether any city of a run has a value other than zero."""
    return bool(values.any()) if values.ndim == 1 else np.any(values, axis=-1, keepdims=True)


def share(part: Number, whole: Number, otherwise: float = 0.0) -> Number:
    """Return part ÷ whole of each run where whole is positive, and `otherwise` where not."""
    if isinstance(whole, np.ndarray) or isinstance(part, np.ndarray):
        part, whole = np.broadcast_arrays(part, whole)
        return np.divide(part, whole, out=np.full(whole.shape, otherwise), where=whole > 0)
    return part / whole if whole > 0 else otherwise


def of(values: AnyArray, cities: Indices) -> Any:
    """Return some columns of the last axis, in their order, each run's side by side in memory."""
    return values.take(cities, axis=-1)


def rows_of(values: AnyArray, cities: Indices) -> Any:
    """Return some rows of the last axis but one: (…, r, b) to (…, c, b)."""
    return values.take(cities, axis=-2)


def through(rows: AnyFloats, matrix: AnyFloats) -> AnyFloats:
    """Return `rows @ matrix` of each run by itself; (…, n) through (n, m) to (…, m).

    One product for all rows would be faster for many of them, and have other last places.
    """
    return rows @ matrix if rows.ndim == 1 else np.matmul(rows[:, None, :], matrix)[:, 0]


def whole(number: Number) -> Count:
    """Return whole tonnes, cut off towards zero."""
    return number.astype(np.int64) if isinstance(number, np.ndarray) else int(number)


def either(condition: Yes, yes: Number, no: Number) -> Number:
    """Return one number of each run where a condition holds, and another where not."""
    if isinstance(condition, np.ndarray):
        return np.where(condition, yes, no)
    return yes if condition else no


def wide(number: Number) -> AnyFloats:
    """Return a number, or a column of them, so that it meets tables of a run: (1,) or (b, 1, 1)."""
    return np.asarray(number)[..., None]
