"""Packing: columns and words in few bytes of text, as the page unpacks them."""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from analysis.report.coding import Term, coded


class Packer:
    """Columns one behind another in one sequence of bytes, with a list of where each is."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, Any]] = {}
        self._parts: list[bytes] = []
        self._length = 0
        self._packed: dict[str, np.ndarray] = {}

    def numbers(self, name: str, numbers: np.ndarray, terms: Iterable[Term] = ()) -> None:
        """Add whole numbers, (arm, year, city); see `analysis.report.coding`.

        Columns of `terms` that have not been added count as nothing.
        """
        kept = [term for term in terms if term.column in self._packed or term.column == name]
        column = coded(numbers, kept, self._packed)
        self._packed[name] = numbers
        self.fields[name] = {
            "from": self._length,
            "far": self._length + len(column.near),
            "many": len(column.far) // 4,
            "guess": column.guesses,
        }
        if kept:
            self.fields[name]["sum"] = [[*term] for term in kept]
        for part in (column.near, column.far):
            self._parts.append(part)
            self._length += len(part)

    def text(self, content: Mapping[str, Any]) -> str:
        """Return everything added, and other content, as text that HTML holds as it is."""
        words = json.dumps(
            {**content, "fields": self.fields},
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        ).encode()
        size = len(words).to_bytes(4, "little")
        deflate = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, 8, zlib.Z_FILTERED)
        packed = deflate.compress(b"".join([size, words, *self._parts])) + deflate.flush()
        return b64encode(packed).decode("ascii")


def plain(value: Any, figures: int = 6) -> Any:
    """Return a value as JSON knows it, floats of so many figures; no number becomes nothing."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist(), figures)
    if isinstance(value, dict):
        return {str(key): plain(part, figures) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part, figures) for part in value]
    if isinstance(value, np.generic):
        return plain(value.item(), figures)
    if isinstance(value, float):
        return float(f"{value:.{figures}g}") if np.isfinite(value) else None
    return None if value is not None and value != value else value
