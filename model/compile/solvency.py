"""No sector spends all its output on inputs: value added kept above a floor."""

import numpy as np

from model.arrays import ByProvinceSector, ProvinceUse
from model.compile.balancing import Unbalanced, fitted, ras


def solvent(
    Z: ProvinceUse, value_added: ByProvinceSector, floor: ByProvinceSector
) -> tuple[ProvinceUse, ByProvinceSector]:
    """Return inputs and value added with value added at or above `floor`; (p, i, j), (p, j).

    What is lacking comes from the province's other sectors in proportion to their room above
    their floors, so that the province's value added and its use of every product stay; the cells
    of Z follow by RAS. Provinces without a sector below its floor come back untouched.

    Parameters
    ----------
    Z, value_added, floor
        10⁴ CNY; output is the column sum of Z plus value added, and stays.

    Raises
    ------
    Unbalanced
        If the floors of a province exceed its value added.
    """
    Z, value_added = Z.copy(), value_added.copy()
    for p in np.flatnonzero((value_added < floor).any(axis=1)):
        lacking = np.maximum(floor[p] - value_added[p], 0.0)
        room = np.maximum(value_added[p] - floor[p], 0.0)
        if lacking.sum() > room.sum():
            message = (
                f"province {p}: value added {value_added[p].sum():.4g} is below the least its"
                f" sectors need, {floor[p].sum():.4g}"
            )
            raise Unbalanced(message)
        after = value_added[p] + lacking - room * (lacking.sum() / room.sum())
        inputs = Z[p].sum(axis=0) + value_added[p] - after
        # a sector that spends beyond its output still buys what others of its kind would
        Z[p] = ras(
            Z[p] * fitted(inputs, Z[p].sum(axis=0)), Z[p].sum(axis=1), inputs, tolerance=1e-13
        )
        value_added[p] = after
    return Z, value_added
