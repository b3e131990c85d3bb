"""Packing: numbers and words in few bytes of text, as the page unpacks them.

A number becomes a whole multiple of its step, a year the difference from the year before, and the
bytes of equal weight stand together; then all of it is deflated. The page does the same backwards.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np

MISSING = -(2**30)
"""Stands for what is not a number."""
PARTS = 1000
"""Steps in a unit, unless that leaves too few or too many."""
FEWEST_STEPS = 5_000
"""At the highest value of a measure: nearly four figures."""


def step_of(highest: float, unit: float) -> float:
    """Return the step by which values are rounded: a power of ten of the unit, a thousandth or so.

    Finer for a measure that is small in its unit, so that it keeps four figures.
    """
    step = unit / PARTS
    while 0 < highest < FEWEST_STEPS * step:
        step /= 10
    while highest > 40_000 * FEWEST_STEPS * step:
        step *= 10
    return step


class Packer:
    """Arrays one behind another in one sequence of bytes, with a list of where each is."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, Any]] = {}
        self._parts: list[bytes] = []
        self._length = 0

    def numbers(self, name: str, values: np.ndarray, step: float) -> None:
        """Add numbers as multiples of a step, (arm, year, city)."""
        steps = np.rint(values / step)
        whole = np.where(np.isfinite(steps), steps, MISSING).astype(np.int64)
        change = np.diff(whole, axis=1, prepend=0)
        folded = ((change << 1) ^ (change >> 63)).astype("<u4")
        planes = np.ascontiguousarray(folded.reshape(-1).view(np.uint8).reshape(-1, 4).T)
        self._add(name, planes.tobytes(), step=step)

    def codes(self, name: str, values: np.ndarray) -> None:
        """Add small whole numbers, (arm, year, city); 255 stands for none."""
        self._add(name, np.nan_to_num(values, nan=255).astype(np.uint8).tobytes())

    def text(self, content: Mapping[str, Any]) -> str:
        """Return everything added, and other content, as text that HTML holds as it is."""
        words = json.dumps(
            {**content, "fields": self.fields},
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        ).encode()
        size = len(words).to_bytes(4, "little")
        return b64encode(zlib.compress(b"".join([size, words, *self._parts]), 9)).decode("ascii")

    def _add(self, name: str, content: bytes, **more: float) -> None:
        self.fields[name] = {"from": self._length, "bytes": len(content), **more}
        self._parts.append(content)
        self._length += len(content)


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: what is not a number becomes nothing."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return float(f"{value:.6g}") if np.isfinite(value) else None
    return None if value is not None and value != value else value
