"""Lines of text that fit a width."""

import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from analysis.figures.typography import FONT

POINT = 1 / 72
"""Inches."""
HINTING = 1.04
"""Drawn glyphs sit on whole pixels and run this much wider than their outlines."""
LEADING = 1.32
"""Height of a line as a multiple of its font size."""


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of a line of text set in `size` points, inches."""
    font = FontProperties(family=[FONT], size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) * POINT * HINTING


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Return text as lines no wider than `width` inches, broken between words, not before %."""
    lines: list[str] = []
    for word in re.findall(r"\S+(?:\s+%\S*)?", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
