"""Biproportional balancing (RAS): the least change of a table that meets its margins."""

import numpy as np

from model.arrays import AnyFloats

ROUNDING = 1e-9
"""Totals of rows and columns that differ by less, relatively, differ by rounding only."""


class Unbalanced(ValueError):
    """A table cannot meet its margins."""


def ras(
    prior: AnyFloats,
    rows: AnyFloats,
    columns: AnyFloats,
    tolerance: float = 1e-13,
    iterations: int = 20_000,
) -> AnyFloats:
    """Return the tables nearest to `prior` in cross-entropy with the given margins.

    Stone (1961); Miller & Blair 2009, section 7.4. Works on a stack of tables at once.

    Parameters
    ----------
    prior
        Non-negative tables, (…, i, j).
    rows, columns
        Row sums (…, i) and column sums (…, j) to meet, in the prior's unit. Their totals must
        agree but for rounding, which leaves the rows as they are.
    tolerance
        Largest deviation of a margin, as a share of the largest margin of its table.

    Raises
    ------
    Unbalanced
        If the margins are still missed after `iterations`, with the table, line and amount.
    """
    table = prior.copy()
    scale = np.maximum(rows.max(axis=-1), columns.max(axis=-1))[..., None]
    scale = np.where(scale > 0, scale, 1.0)
    columns = columns * _one_total(rows.sum(axis=-1, keepdims=True), columns)
    sums = table.sum(axis=-1)
    for _ in range(iterations):
        table *= fitted(rows, sums)[..., :, None]
        table *= fitted(columns, table.sum(axis=-2))[..., None, :]
        sums = table.sum(axis=-1)
        if (np.abs(sums - rows) <= tolerance * scale).all():
            break
    for margin, found, line in (
        (rows, sums, "row"),
        (columns, table.sum(axis=-2), "column"),
    ):
        gap = np.abs(found - margin) / scale
        if gap.max() > 1e4 * tolerance:
            where = tuple(int(n) for n in np.unravel_index(gap.argmax(), gap.shape))
            message = (
                f"{line} {where} should sum to {margin[where]:.6g} but sums to {found[where]:.6g};"
                " the prior has no cells there to carry it, or the totals differ"
            )
            raise Unbalanced(message)
    return table


def _one_total(rows: AnyFloats, columns: AnyFloats) -> AnyFloats:
    factor = fitted(rows, columns.sum(axis=-1, keepdims=True))
    return np.where(np.abs(factor - 1.0) < ROUNDING, factor, 1.0)


def fitted(target: AnyFloats, found: AnyFloats) -> AnyFloats:
    """Return target / found, and 1 where nothing was found (an empty line stays empty)."""
    return np.divide(target, found, out=np.ones_like(found), where=found > 0)


def within(amount: AnyFloats, limit: AnyFloats) -> AnyFloats:
    """Return amounts no larger than their limits, of the same sums; (n, i) summed over n.

    What exceeds a limit is passed on in proportion to the room that others have.
    """
    kept = np.minimum(amount, limit)
    excess = (amount - kept).sum(axis=0)
    room = limit - kept
    total = room.sum(axis=0)
    return kept + room * np.divide(excess, total, out=np.zeros_like(total), where=total > 0)
