"""The Leontief model as one writes it by hand in numpy or scipy, on a table in full."""

import numpy as np
from scipy.linalg import lu_factor, lu_solve

from analysis.benchmarks.invention import invented
from analysis.benchmarks.timing import Timing, once
from model.arrays import Square


def inverse(regions: int) -> Timing:
    """Time (I − A)⁻¹ by numpy."""
    system = _system(regions)
    return once(lambda: np.linalg.inv(system))


def factors(regions: int) -> Timing:
    """Time LU factors of I − A by scipy, in place, and one column of output for each region."""
    system, right = _system(regions), np.ones((regions * invented(1).form.sectors, regions))
    return once(lambda: lu_solve(lu_factor(system, overwrite_a=True), right))


def _system(regions: int) -> Square:
    system = np.asfortranarray(invented(regions).form.dense())
    system *= -1.0
    system[np.diag_indices_from(system)] += 1.0
    return system
