"""Pages: what does not fit one picture goes on over several."""

from dataclasses import replace
from math import ceil

from analysis.figures.sheet import SheetText

PANELS = 12
"""On a page at most: four rows of three stay readable at the width of a paper."""
COLUMNS = 3


def pages(names: list[str], most: int = PANELS) -> list[list[str]]:
    """Part names into as few pages as hold them, about equally full, rows whole.

    >>> [len(page) for page in pages([str(i) for i in range(16)])]
    [9, 7]
    """
    count = ceil(len(names) / most)
    size = ceil(ceil(len(names) / max(count, 1)) / COLUMNS) * COLUMNS
    return [names[start : start + size] for start in range(0, len(names), size)]


def numbered(words: SheetText, page: int, of: int) -> SheetText:
    """Return the words of a page, which say which it is where there are several."""
    if of == 1:
        return words
    return replace(words, about=f"{words.about}; page {page + 1} of {of}")
