"""Indices of sensitivity: how much of a quantity each uncertain number moves, by SALib."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from analysis.uncertainty.designs import LEVELS, problem
from analysis.uncertainty.libraries import library

RESAMPLES, TAILS = 200, (0.025, 0.975)
FEWEST = 4
"""Complete blocks of a design that an index needs."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index of each uncertain number, with its 95 % interval."""

    name: str
    value: np.ndarray
    """(k,)."""
    low: np.ndarray
    high: np.ndarray


Analyse = Callable[[tuple[str, ...], np.ndarray, np.ndarray, int, int], list[Index]]
"""Keys, points (n, k), values (n,), a seed and the points of one luck, to indices.

Points in complete blocks.
"""


def block_size(kind: str, dimensions: int) -> int:
    """Return the worlds that stand or fall together in a design."""
    return {"sobol": dimensions + 2, "morris": dimensions + 1}.get(kind, 1)


def complete(kind: str, shares: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return which worlds belong to blocks without a missing value; (n,)."""
    size = block_size(kind, shares.shape[1])
    whole = (~np.isnan(values)).reshape(-1, size).all(axis=1)
    return np.repeat(whole, size)


def morris_indices(
    keys: tuple[str, ...], shares: np.ndarray, values: np.ndarray, seed: int, count: int
) -> list[Index]:
    """Return μ*, the mean size of elementary effects, and σ, their spread (Campolongo 2007)."""
    del count  # a path is a block by itself
    found = library("SALib.analyze.morris").analyze(
        problem(keys), shares, values, num_levels=LEVELS, seed=seed
    )
    size, conf = (np.asarray(found[name], float) for name in ("mu_star", "mu_star_conf"))
    spread = np.asarray(found["sigma"], float)
    effects = elementary_effects(shares, values)
    rng = np.random.default_rng(seed)
    chosen = rng.integers(len(effects), size=(RESAMPLES, len(effects)))
    low, high = np.quantile(effects[chosen].std(axis=1, ddof=1), TAILS, axis=0)
    return [
        Index("mu_star", size, size - conf, size + conf),
        Index("sigma", spread, low, high),
    ]


def elementary_effects(shares: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return the effect of each number on each path, per whole range of it; (paths, k, …).

    A path moves one number from each of its points to the next; values are (n, …).
    """
    per = shares.shape[1] + 1
    steps = np.diff(shares.reshape(-1, per, per - 1), axis=1)
    changes = np.diff(values.reshape(-1, per, *values.shape[1:]), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    size = np.take_along_axis(steps, moved[:, :, None], axis=2)
    effects = np.empty_like(changes)
    effects[np.arange(len(moved))[:, None], moved] = changes / size.reshape(
        *moved.shape, *(1 for _ in values.shape[1:])
    )
    return effects


def sobol_indices(
    keys: tuple[str, ...], shares: np.ndarray, values: np.ndarray, seed: int, count: int
) -> list[Index]:
    """Return first-order and total shares of variance (Sobol 2001; Saltelli et al. 2010), 1.

    None where the base points, at either end of a block, do not vary: then there is no variance to
    share.
    """
    del shares, count  # SALib knows them by their order
    if np.ptp(values.reshape(-1, len(keys) + 2)[:, [0, -1]]) <= np.finfo(np.float64).eps:
        return []
    found = library("SALib.analyze.sobol").analyze(
        problem(keys), values, calc_second_order=False, seed=seed
    )
    pairs = [(name, np.asarray(found[name], float), np.asarray(found[f"{name}_conf"], float))
             for name in ("S1", "ST")]  # fmt: skip
    return [Index(name, value, value - conf, value + conf) for name, value, conf in pairs]


def swings(
    keys: tuple[str, ...], shares: np.ndarray, values: np.ndarray, seed: int, count: int
) -> list[Index]:
    """Return how far each number alone moves the quantity from the middle, at either end.

    Points as `designs.one_at_a_time` makes them, `count` of each luck, over which the interval
    goes.
    """
    del shares, seed
    moved = values.reshape(-1, count)
    moved = (moved[:, 1:] - moved[:, :1]).reshape(len(moved), len(keys), -1)
    return [
        Index(name, *mean_of_lucks(moved[:, :, end]))
        for name, end in (("at_low", 0), ("at_high", -1))
    ]


def mean_of_lucks(effects: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean over lucks and the ends of its interval by Student's t; (l, k) to (k,) each.

    One luck tells nothing of luck: its ends are not numbers.
    """
    mean = effects.mean(axis=0)
    if len(effects) == 1:
        return mean, np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    error = effects.std(axis=0, ddof=1) / np.sqrt(len(effects))
    half = stdtrit(len(effects) - 1, TAILS[1]) * error
    return mean, mean - half, mean + half


METHODS: dict[str, Analyse] = {
    "morris": morris_indices,
    "sobol": sobol_indices,
    "one_at_a_time": swings,
}
"""Analyses by the word of their design."""
MAIN = {"morris": "mu_star", "sobol": "ST", "one_at_a_time": "at_high"}
"""Index that says how much a number decides."""
