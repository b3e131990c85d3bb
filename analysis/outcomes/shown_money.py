"""Money that results are shown in: CNY, or the currency of an economy of one's own.

Units and labels are declared once, in CNY. Whoever loads an economy, or results of one, makes its
money known first.
"""

from model.labels import OUR_MONEY, Money

_shown = [OUR_MONEY]


def show(money: Money) -> None:
    """Make this the money of all units and labels from now on."""
    _shown[:] = [money]


def shown() -> Money:
    """Return the money of units and labels."""
    return _shown[0]


def in_money(text: str) -> str:
    """Return a unit or a label that says CNY with the currency in its place."""
    return shown().named(text)
