"""Sectors by name: an abatement group, a kind of products, or the code of one."""

from data.readers.own_labels import own_groups
from data.readers.products import known_products, product_hint, products_of
from model.arrays import SectorMask
from model.labels import GROUPS, Sectors
from model.quota.coverage import ALIASES


def known_groups() -> tuple[str, ...]:
    """Return the words that name abatement groups, here or in an economy of one's own."""
    return (*GROUPS, *ALIASES, *own_groups())


def require_sectors(word: str) -> None:
    """Raise ValueError if a word names no sectors."""
    known = (*known_groups(), *known_products())
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
    group = word if word in sectors.groups else ALIASES.get(word, word)
    if group in sectors.groups:
        return sectors.group == sectors.groups.index(group)
    return products_of([word], sectors)
