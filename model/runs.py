"""Runs as an axis: numbers of one run, and of several that advance together.

Where several runs share one call, arrays of cities carry a first axis of runs, (b, c), and what is
a number of one run is a column, (b, 1), so that it meets its run's cities. Alone it is a number.
Every operation works run by run, and so has the bits of the run alone.
"""

from functools import cache
from typing import Any

import numpy as np

from model.arrays import AnyArray, AnyFloats, Count, Indices, Number, Yes

CACHED = 80_000
"""Numbers of a matrix that fit into a processor's own cache, beside what they meet: 0.6 MB."""
EVEN = 32
"""Lines that kernels of linear algebra take at once, or a multiple of them."""


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

    A large matrix is passed through part by part, so that each part is read from memory once for
    all runs; one run alone goes through the same parts. One product for all rows would be faster
    still, and have other last places.
    """
    each = rows if rows.ndim == 1 else rows[:, None, :]
    if matrix.flags.c_contiguous:
        found = sum(each[..., part] @ matrix[part] for part in _parts(*matrix.shape))
    else:  # its columns lie side by side in memory
        parts = [each @ matrix[:, part] for part in _parts(*matrix.shape[::-1])]
        found = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)
    return np.asarray(found if rows.ndim == 1 else found[:, 0])


@cache
def _parts(count: int, length: int) -> list[slice]:
    """Return parts of so many lines of a matrix that each fits into a processor's own cache."""
    lines = max(EVEN, CACHED // length // EVEN * EVEN)
    return [slice(start, start + lines) for start in range(0, max(count, 1), lines)]


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
