"""What decides a city in a design of sensitivity: the number that moves its answer most."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from analysis.outcomes.city_outcomes import CITY_OUTCOMES
from analysis.uncertainty.failure_trees import FEW
from analysis.uncertainty.indices import (
    FEWEST,
    RESAMPLES,
    TAILS,
    block_size,
    elementary_effects,
    mean_of_lucks,
)
from analysis.uncertainty.regions import SHUFFLES
from analysis.uncertainty.worlds import Worlds

COLUMNS = (
    "region_code", "city", "arm", "outcome", "share", "worlds", "decided_by", "effect", "low",
    "high",
)  # fmt: skip
Effects = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Points (b, n, k) and answers (b, n, c) of blocks of a design, to effects (b, k, c)."""
Ends = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Effects of the number that decides each city, (b, c), to the ends of their intervals."""


def city_indices(worlds: Worlds, method: str, count: int) -> pd.DataFrame:
    """Return a row a city, arm with a policy, and question of `CITY_OUTCOMES`.

    `count` is the number of points of the design, each of which stands once for every luck.
    Columns: region_code, city, arm, outcome; share of the design's worlds in which the city answers
    yes, and worlds; decided_by, the uncertain number that moves the answer most, and its effect
    with an interval over resamples of the design's blocks, or, of the few lucks of a tornado, by
    Student's t. The effect is Morris' μ*, Sobol's total
    share of variance (Jansen 1999), or the larger move of a tornado, and the answer a share of
    years or 0 and 1. A number is told only where it stands out more than any does in any city of
    the same arm and question in 100 shuffles of the numbers within each block (Westfall and Young
    1993). Empty where fewer than four blocks are whole.
    """
    size = count if method == "one_at_a_time" else block_size(method, len(worlds.keys))
    rows = _whole_blocks(worlds.numbers, size)
    if len(rows) < FEWEST or not worlds.cities.codes:
        return pd.DataFrame(columns=list(COLUMNS))
    parts = [part for arm in worlds.rivals for part in _of_arm(worlds, arm, rows, method)]
    return pd.concat(parts, ignore_index=True)


def _whole_blocks(numbers: np.ndarray, size: int) -> np.ndarray:
    """Return the places of the worlds of each block of which none is missing; (b, n)."""
    _, places, worlds = np.unique(numbers // size, return_inverse=True, return_counts=True)
    return np.flatnonzero(worlds[places] == size).reshape(-1, size)


def _of_arm(worlds: Worlds, arm: str, rows: np.ndarray, method: str) -> Iterator[pd.DataFrame]:
    place, cities = worlds.arms.index(arm), worlds.cities
    for outcome in CITY_OUTCOMES:
        answers = cities.of(outcome.word, place)[rows] / 100.0
        effects = EFFECTS[method](worlds.shares[rows], answers)
        best = _standing_out(effects)
        effect, low, high = _of_best(effects, best, ENDS[method])
        yield pd.DataFrame(
            {
                "region_code": cities.codes, "city": cities.names, "arm": arm,
                "outcome": outcome.word, "share": (answers > 0).mean(axis=(0, 1)),
                "worlds": rows.size, "decided_by": np.array(["", *worlds.keys], object)[best + 1],
                "effect": effect, "low": low, "high": high,
            }
        )  # fmt: skip


def _standing_out(effects: np.ndarray) -> np.ndarray:
    """Return the place of the number that stands out in each city, −1 for none; (c,)."""
    best = np.full(effects.shape[2], -1)
    asked = np.flatnonzero((effects > 0).any(axis=1).sum(axis=0) >= min(FEW, len(effects)))
    if not asked.size:
        return best
    moved = effects[:, :, asked]
    chance = np.sqrt(moved.var(axis=1).sum(axis=0))
    moved = moved - moved.mean(axis=1, keepdims=True)
    moved = np.divide(moved, chance, out=np.zeros_like(moved), where=chance > 0)
    rng = np.random.default_rng(0)
    places = np.broadcast_to(np.arange(moved.shape[1]), moved.shape[:2])
    by_chance = max(
        float(np.take_along_axis(moved, shuffled[:, :, None], axis=1).sum(axis=0).max())
        for shuffled in (rng.permuted(places, axis=1) for _ in range(SHUFFLES))
    )
    total = moved.sum(axis=0)
    best[asked] = np.where(total.max(axis=0) > by_chance, total.argmax(axis=0), -1)
    return best


def _of_best(
    effects: np.ndarray, best: np.ndarray, ends: Ends
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean effect of the chosen number in each city, and its interval; (c,) each."""
    known = np.flatnonzero(best >= 0)
    own = effects[:, best[known], known]
    found = np.full((3, best.size), np.nan)
    found[:, known] = own.mean(axis=0), *ends(own)
    return found[0], found[1], found[2]


def _of_resamples(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of intervals of mean effects over resamples of the blocks; (c,) each."""
    picked = np.random.default_rng(0).integers(len(own), size=(RESAMPLES, len(own)))
    low, high = np.quantile(own[picked].mean(axis=1), TAILS, axis=0)
    return low, high


def _of_lucks(own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the ends of intervals of mean effects over few lucks, none below zero; (c,) each."""
    _, low, high = mean_of_lucks(own)
    return np.maximum(low, 0.0), high


def _morris(shares: np.ndarray, answers: np.ndarray) -> np.ndarray:
    flat = (values.reshape(-1, values.shape[2]) for values in (shares, answers))
    return np.abs(elementary_effects(*flat))


def _sobol(shares: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Return effects where a block is a point, it with each number of another, and that other."""
    del shares  # their order says what moves
    spread = answers[:, [0, -1]].var(axis=(0, 1))
    squares = (answers[:, 1:-1] - answers[:, :1]) ** 2 / 2
    return np.divide(squares, spread, out=np.zeros_like(squares), where=spread > 0)


def _tornado(shares: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Return effects where a block is the middle, and each number from low to high."""
    lucks, _, numbers = shares.shape
    moves = np.abs(answers[:, 1:] - answers[:, :1])
    return moves.reshape(lucks, numbers, -1, answers.shape[2]).max(axis=2)


EFFECTS: dict[str, Effects] = {"morris": _morris, "sobol": _sobol, "one_at_a_time": _tornado}
"""Effects by the word of the design."""
ENDS: dict[str, Ends] = {
    "morris": _of_resamples, "sobol": _of_resamples, "one_at_a_time": _of_lucks
}  # fmt: skip
"""Intervals of effects by the word of the design."""
