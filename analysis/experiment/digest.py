"""Digests of tables: hashes of their values, however the tables are cut into pieces."""

import hashlib
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa


class Digest:
    """A SHA-256 of a table's values, fed piece by piece in the order of the rows.

    Neither the pieces nor the way words are coded change it; missing is one value.
    """

    def __init__(self) -> None:
        self._columns: dict[str, hashlib._Hash] = {}

    def add(self, piece: pa.Table) -> None:
        """Feed further rows."""
        for name in piece.column_names:
            column = self._columns.setdefault(name, hashlib.sha256())
            for chunk in piece.column(name).chunks:
                column.update(np.ascontiguousarray(values_of(chunk)).data)

    def hexdigest(self) -> str:
        """Return the digest of all rows fed so far."""
        whole = hashlib.sha256()
        for name, column in self._columns.items():
            whole.update(f"{name} {column.hexdigest()}\n".encode())
        return whole.hexdigest()


def digest(table: pd.DataFrame) -> str:
    """Return the digest of a table in memory."""
    whole = Digest()
    whole.add(pa.Table.from_pandas(table, preserve_index=False))
    return whole.hexdigest()


def values_of(chunk: pa.Array) -> np.ndarray:
    """Return numbers as they are, and for each word the first eight bytes of its own hash."""
    if pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type):
        chunk = chunk.dictionary_encode()
    if pa.types.is_dictionary(chunk.type):
        return _hashes(tuple(chunk.dictionary.to_pylist()))[chunk.indices.to_numpy()]
    values = np.asarray(chunk.to_numpy(zero_copy_only=False))
    if values.dtype.kind == "f":
        missing = np.isnan(values)
        return np.where(missing, np.nan, values) if missing.any() else values
    return values


@lru_cache(maxsize=64)
def _hashes(words: tuple[str, ...]) -> np.ndarray:
    return np.array([hashlib.sha256(word.encode()).digest()[:8] for word in words], dtype="S8")
