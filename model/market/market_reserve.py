"""The market reserve: quota that the regulator sells at the ceiling and buys at the floor."""

from dataclasses import dataclass

import numpy as np

from model.arrays import Count, Number
from model.runs import either


@dataclass(frozen=True, slots=True)
class Backstop:
    """Purchases and sales of the regulator where the collar binds.

    A soft price collar (Murray, Newell, Pizer 2009; Fell, Burtraw, Morgenstern, Palmer 2012): the
    ceiling holds as long as there is quota in the reserve, the floor as long as quota is bought.
    """

    holds: Count = 0
    """Quota that can be sold at the ceiling, t."""
    buys: bool = False
    """True where quota that nobody else wants at the floor is bought."""

    def released(self, excess: Number, price: Number, floor: Number, ceiling: Number) -> Number:
        """Return what is sold (positive) or bought (negative) at a price, t.

        `excess` is demand less supply at that price, t; nothing is done within the collar, nor at
        a floor of zero.
        """
        sells = (excess > 0) & (price >= ceiling)
        buys = self.buys & (excess < 0) & (price <= floor) & (floor > 0)
        return either(sells, np.minimum(excess, self.holds), either(buys, excess, 0.0))


NO_BACKSTOP = Backstop()
