"""Quota that expires by age: the oldest is used first, what is left too long lapses."""

import numpy as np

from model.arrays import Tonnes, TonnesByYear


def older_than(years: int, bank: Tonnes, inflows: TonnesByYear) -> Tonnes:
    """Return what is left in each bank from before the last `years` years, t; (c,).

    Where the oldest quota is used first, a bank holds the youngest: what it holds beyond all
    inflows of the last n years is older than that, max(0, B − Σ inflows).

    Parameters
    ----------
    years
        n: how many years quota lasts, the year of its inflow included.
    bank
        B: what is left after this year's surrender, whole tonnes; (c,).
    inflows
        Received each year, allocation, aid and purchases, whole tonnes, this year last; (t, c).
        Years before the first count as none.

    Raises
    ------
    ValueError
        If years are negative.
    """
    if years < 0:
        raise ValueError(f"quota cannot last {years} years; it lasts 0 or more")
    lasting = inflows[max(len(inflows) - years, 0) :].sum(axis=0)
    return np.maximum(bank - lasting, 0)
