"""Independent draws: replications, or the drawn economies that several replications share.

Replications of one drawn economy have its errors in common, so they are not independent of one
another: their means by economy are. With an economy as compiled each replication is a draw.
"""

import numpy as np
import pandas as pd


def draws_of(replications: np.ndarray, economies: int) -> np.ndarray:
    """Return a number for the draw of each replication, alike where they share it; (r,).

    Economies are taken in turn, as in `Experiment.economy_of`.
    """
    return replications % economies if economies > 1 else replications


def means_by_draw(values: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """Return the mean of the values of each draw; (r, …) to (d, …)."""
    kept, place, counts = np.unique(draws, return_inverse=True, return_counts=True)
    if kept.size == draws.size:
        return values
    sums = np.zeros((kept.size, *values.shape[1:]))
    np.add.at(sums, place, values)
    return np.asarray(sums / counts.reshape(-1, *[1] * (values.ndim - 1)))


def mean_over_draws(values: pd.DataFrame, economies: int) -> pd.Series:
    """Return the mean of each column over draws, every draw of the same weight.

    `values` has a row a replication, of which its index tells the number.
    """
    if economies == 1:
        return values.mean()
    return values.groupby(draws_of(values.index.to_numpy(), economies)).mean().mean()
