"""Products by name: codes of the 42 sectors, and words for kinds of them."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from data.errors import InputError, nearest
from data.readers.figures import read_sectors
from data.readers.own_labels import own_products
from model.arrays import SectorMask
from model.labels import Sectors

SHORTEST = 3
"""Letters from which on a word is looked for in names."""
MOST = 6
"""Longest list of a hint."""


def known_products() -> tuple[str, ...]:
    """Return every word for products: kinds such as `high_tech`, then codes of sectors."""
    return (*_our_products(), *own_products())


@cache
def _our_products() -> tuple[str, ...]:
    sectors = read_sectors()
    return (*dict.fromkeys(sectors.kind), *sectors.codes)


def product_hint(word: str, known: Sequence[str]) -> str:
    """Return a hint: words and sectors whose names hold the word, or the nearest known words."""
    sectors, text = read_sectors(), word.casefold()
    named = [
        *(other for other in known if text in other),
        *(
            f"{code} ({name})"
            for code, name in zip(sectors.codes, sectors.names, strict=True)
            if text in name.casefold()
        ),
    ]
    if len(text) < SHORTEST or not named:
        return nearest(word, known)
    return f"did you mean {' or '.join(named[:MOST])}?"


def require_products(words: Sequence[str]) -> None:
    """Raise ValueError if a word is neither a kind of products nor the code of a sector."""
    for word in words:
        if word not in known_products():
            hint = product_hint(word, known_products())
            raise ValueError(f"{word!r} is no kind of products or code of a sector; {hint}")


def products_of(words: Sequence[str], sectors: Sectors) -> SectorMask:
    """Return which sectors make the products named; (i,).

    Raises
    ------
    InputError
        If none makes one of them.
    """
    make = np.zeros(len(sectors.codes), dtype=np.bool_)
    for word in words:
        found = (np.array(sectors.kind) == word) | (np.array(sectors.codes) == word)
        found |= np.array(sectors.names) == word
        if not found.any():
            raise InputError(f"{word}: no sector of this economy makes it; name other products")
        make |= found
    return make
