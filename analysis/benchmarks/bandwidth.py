"""Memory bandwidth of this machine: the limit of every kernel that only reads."""

import numpy as np

from analysis.benchmarks.timing import Timing, best


def reading(size: int) -> Timing:
    """Time the squared norm of a vector of so many bytes, by BLAS; it reads each number once."""
    v = np.ones(size // 8)
    return best(lambda: np.dot(v, v), times=99, read=v.nbytes)
