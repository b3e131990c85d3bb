"""Sectors by name: an abatement group, a kind of products, or the code of one of the 42."""

from data.readers.products import known_products, product_hint, products_of
from model.arrays import SectorMask
from model.labels import GROUPS, Sectors
from model.quota.coverage import ALIASES


def require_sectors(word: str) -> None:
    """Raise ValueError if a word names no sectors."""
    known = (*GROUPS, *ALIASES, *known_products())
    if word not in known:
        raise ValueError(
            f"no sector or group of sectors is called {word!r}; {product_hint(word, known)}"
        )


def sectors_of(word: str, sectors: Sectors) -> SectorMask:
    """Return which sectors a word names; (i,).

    Raises
    ------
    InputError
        If the economy has no sector of that code or kind.
    """
    group = ALIASES.get(word, word)
    if group in GROUPS:
        return sectors.group == GROUPS.index(group)
    return products_of([word], sectors)
