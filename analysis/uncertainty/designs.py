"""Designs: which points of the uncertain numbers are tried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import qmc

from analysis.uncertainty.libraries import library
from data.errors import InputError
from scenarios.uncertainty import Uncertainty

MOST = 1_000_000
"""Worlds of a design at most: weeks on a hundred processors."""
LEVELS = 4
"""Levels of the Morris grid (Morris 1991)."""


@dataclass(frozen=True, slots=True)
class Design:
    """Points to try, as shares of each distribution."""

    kind: str
    shares: np.ndarray
    """(worlds, uncertainties), each from 0 to 1."""
    economies: int = 0
    """Economies that worlds take in turn; 0 where no assumption of the compile is uncertain."""

    @property
    def grows(self) -> bool:
        """True where a larger design begins with this one."""
        return self.kind == "halton"

    @property
    def material(self) -> bytes:
        """What tells this design from others; the same for one that it has grown to."""
        kind = f"{self.kind} {self.economies}" if self.economies else self.kind
        return kind.encode() + (self.shares[:1] if self.grows else self.shares).tobytes()


Sampler = Callable[[int, int, int], np.ndarray]
"""Points of a number of dimensions, a size and a seed; (worlds, k)."""


def problem(keys: Sequence[str]) -> dict[str, object]:
    """Return the unit cube as SALib asks for it."""
    return {"num_vars": len(keys), "names": list(keys), "bounds": [[0.0, 1.0]] * len(keys)}


def latin_hypercube(dimensions: int, size: int, seed: int) -> np.ndarray:
    """Return `size` points, one in each slice of every dimension (McKay et al. 1979)."""
    return qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(size)


def halton(dimensions: int, size: int, seed: int) -> np.ndarray:
    """Return `size` points of a scrambled Halton sequence; a larger one begins with a smaller."""
    return qmc.Halton(dimensions, rng=np.random.default_rng(seed)).random(size)


def sobol_pairs(dimensions: int, size: int, seed: int) -> np.ndarray:
    """Return size · (k + 2) points for Sobol indices, total and first order (Saltelli 2010)."""
    sobol = library("SALib.sample.sobol")
    cube = problem([str(number) for number in range(dimensions)])
    return np.asarray(sobol.sample(cube, size, calc_second_order=False, seed=seed))


def morris_paths(dimensions: int, size: int, seed: int) -> np.ndarray:
    """Return size · (k + 1) points: paths that move one number at a time (Morris 1991)."""
    morris = library("SALib.sample.morris")
    cube = problem([str(number) for number in range(dimensions)])
    return np.asarray(morris.sample(cube, size, num_levels=LEVELS, seed=seed))


def one_at_a_time(dimensions: int, size: int, _seed: int) -> np.ndarray:
    """Return the middle, and each number alone from its low to its high end in `size` steps.

    Where the middle is a step, as in odd sizes, all numbers share the one point of it.
    """
    steps = np.delete(np.linspace(0.0, 1.0, size), size // 2 if size % 2 else [])
    per = len(steps)
    points = np.full((1 + dimensions * per, dimensions), 0.5)
    for number in range(dimensions):
        points[1 + number * per : 1 + (number + 1) * per, number] = steps
    return points


def factorial(dimensions: int, size: int, _seed: int) -> np.ndarray:
    """Return every combination of `size` levels, the middles of as many slices."""
    levels = (np.arange(size) + 0.5) / size
    grid = np.meshgrid(*[levels] * dimensions, indexing="ij")
    return np.stack([axis.reshape(-1) for axis in grid], axis=1)


SAMPLERS: dict[str, Sampler] = {
    "latin_hypercube": latin_hypercube,
    "halton": halton,
    "sobol": sobol_pairs,
    "morris": morris_paths,
    "one_at_a_time": one_at_a_time,
    "factorial": factorial,
}
"""Designs by their word."""


def size_of(kind: str, dimensions: int, size: int) -> int:
    """Return how many worlds a design has, without drawing it."""
    match kind:
        case "sobol":
            return size * (dimensions + 2)
        case "morris":
            return size * (dimensions + 1)
        case "one_at_a_time":
            return 1 + dimensions * (size - size % 2)
        case "factorial":
            return size**dimensions
        case _:
            return size


def fitting(kind: str, size: int) -> int:
    """Return the largest size of a design that is not above `size`; 0 if there is none.

    Points of a Sobol sequence are balanced in powers of two (Owen 2020); a tornado needs two ends.
    """
    match kind:
        case "sobol":
            return 1 << (size.bit_length() - 1) if size > 0 else 0
        case "one_at_a_time":
            return size if size > 1 else 0
        case _:
            return max(size, 0)


def check_size(kind: str, size: int) -> None:
    """Raise InputError if a design of sensitivity has no such size."""
    fits = fitting(kind, size)
    if size < 1 or fits == size:
        return  # without any world is said of all designs
    if kind == "sobol":
        raise InputError(
            f"--size {size}: points of Sobol are balanced in powers of two alone; take"
            f" --size {fits} or {2 * fits}"
        )
    raise InputError(f"--size {size}: a tornado moves each number to two ends; take --size 2")


def design(kind: str, uncertainties: Sequence[Uncertainty], size: int, seed: int) -> Design:
    """Return a design for uncertain numbers.

    Raises
    ------
    InputError
        If nothing is uncertain, or the design has no world.
    """
    if not uncertainties:
        raise InputError('nothing is uncertain in this experiment; write uncertainties = "all"')
    if size < 1:
        raise InputError(f"{size} worlds: at least one is needed")
    check_size(kind, size)
    count = size_of(kind, len(uncertainties), size)
    if count > MOST:
        raise InputError(
            f"a {kind} design of size {size} over {len(uncertainties)} numbers has {count:,}"
            f" worlds, more than {MOST:,}: take a smaller size, or fewer numbers"
        )
    return Design(kind, SAMPLERS[kind](len(uncertainties), size, seed))


def from_table(path: Path, uncertainties: Sequence[Uncertainty]) -> Design:
    """Return the points of a CSV table with a column of values for each key.

    Raises
    ------
    InputError
        If it cannot be read, a column is missing or a value lies outside its range.
    """
    try:
        table = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a CSV table ({error})") from None
    missing = [one.key for one in uncertainties if one.key not in table]
    if missing or table.empty:
        lacks = f"no column {missing[0]}" if missing else "no row"
        raise InputError(f"{path}: {lacks}; it needs a column for each uncertain key")
    columns = []
    for one in uncertainties:
        values = pd.to_numeric(table[one.key], errors="coerce").to_numpy(np.float64)
        wrong = ~((values >= one.low) & (values <= one.high))
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise InputError(
                f"{path}, row {row + 1}: {one.key} = {table[one.key].iloc[row]} is no number from"
                f" {one.low:g} to {one.high:g}"
            )
        columns.append(one.share_of(values))
    return Design("table", np.stack(columns, axis=1))
