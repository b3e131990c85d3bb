"""Words of imported economies: what scenarios may name besides China's places and products.

Scenarios are checked before the economy they run on is at hand; whoever loads an economy of their
own makes its words known first.
"""

from collections.abc import Iterable

_places: set[str] = set()
_products: set[str] = set()


def learn(places: Iterable[str], products: Iterable[str]) -> None:
    """Make regions or provinces, and sectors, of an economy known to this process."""
    _places.update(places)
    _products.update(products)


def own_places() -> list[str]:
    """Return the regions and provinces that were made known."""
    return sorted(_places)


def own_products() -> list[str]:
    """Return the sectors that were made known."""
    return sorted(_products)


def forget() -> None:
    """Make no words known any more."""
    _places.clear()
    _products.clear()
