"""Words of imported economies: what scenarios may name besides China's places and products.

Scenarios are checked before the economy they run on is at hand; whoever loads an economy of their
own makes its words known first.
"""

from collections.abc import Iterable

_places: set[str] = set()
_products: set[str] = set()
_groups: set[str] = set()


def learn(places: Iterable[str], products: Iterable[str], groups: Iterable[str] = ()) -> None:
    """Make regions or provinces, sectors, and groups of them, known to this process."""
    _places.update(places)
    _products.update(products)
    _groups.update(groups)


def own_places() -> list[str]:
    """Return the regions and provinces that were made known."""
    return sorted(_places)


def own_products() -> list[str]:
    """Return the sectors that were made known."""
    return sorted(_products)


def own_groups() -> list[str]:
    """Return the abatement groups that were made known."""
    return sorted(_groups)


def forget() -> None:
    """Make no words known any more."""
    _places.clear()
    _products.clear()
    _groups.clear()
