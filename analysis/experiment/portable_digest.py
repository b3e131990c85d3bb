"""Portable digests of tables: the same on another kind of processor, where last digits differ.

Processors add in different orders, and so do the kernels of linear algebra made for them. Rounding
every value would not do: of many values some lie beside an edge of rounding, and one that falls on
its other side is another digest. So each column is summed, with a weight drawn for every row, and
the sum alone is rounded. Errors are then thousands of times smaller than what it is rounded to,
while a single value that changes noticeably still moves the sum.
"""

import hashlib
import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import xxhash

FIGURES = 6
"""Significant figures of a column's sum, against the root of its sum of squares. Trade on links
comes to its equilibrium within ten figures, all else agrees within thirteen."""
SMALLEST = 1e-6
"""What no sum is told apart by, in the column's unit: less is what rounding leaves of nothing."""
BLOCK = 1 << 14
"""Rows whose weights are drawn at once."""


class PortableDigest:
    """A digest of a table, fed piece by piece in the order of the rows.

    Words, whole numbers and where values are missing count exactly; numbers by their weighted sum.
    """

    def __init__(self) -> None:
        self._exact: dict[str, xxhash.xxh3_128] = {}
        self._sums: dict[str, float] = {}
        self._squares: dict[str, float] = {}
        self._rows = 0

    def add(self, columns: Mapping[str, np.ndarray]) -> None:
        """Feed further rows, as `analysis.experiment.digest.columns_of` gives them."""
        rows = max(map(len, columns.values()), default=0)
        weights = _weights(self._rows, rows)
        self._rows += rows
        for name, values in columns.items():
            exact = self._exact.setdefault(name, xxhash.xxh3_128())
            if values.dtype.kind != "f":
                exact.update(np.ascontiguousarray(values).data)
                continue
            missing = np.isnan(values)
            exact.update(missing.data)
            known = np.where(missing, 0.0, values) if missing.any() else values
            self._sums[name] = self._sums.get(name, 0.0) + float(weights @ known)
            self._squares[name] = self._squares.get(name, 0.0) + float(known @ known)

    def hexdigest(self) -> str:
        """Return the digest of all rows fed so far."""
        whole = hashlib.sha256()
        for name, exact in self._exact.items():
            whole.update(f"{name} {exact.hexdigest()} {self._rounded(name)}\n".encode())
        return whole.hexdigest()

    def _rounded(self, name: str) -> str:
        if name not in self._sums:
            return ""
        size = math.sqrt(self._squares[name])
        if not math.isfinite(size):
            return str(size)
        step = SMALLEST
        if size > 1.0:
            step = max(step, 10.0 ** (math.floor(math.log10(size)) + 1 - FIGURES))
        return f"{round(self._sums[name] / step)} {step:g}"


def _weights(start: int, count: int) -> np.ndarray:
    """Return the weights of rows, each drawn by its number, from −1 to 1."""
    blocks = range(start // BLOCK, (start + count) // BLOCK + 1)
    weights = np.concatenate([_block(number) for number in blocks])
    return weights[start % BLOCK :][:count]


@lru_cache(maxsize=4)
def _block(number: int) -> np.ndarray:
    drawn = hashlib.shake_128(f"weights {number}".encode()).digest(2 * BLOCK)
    return np.frombuffer(drawn, dtype="<i2") / 2.0**15
