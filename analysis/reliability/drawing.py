"""Drawing of one among several."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Kind = TypeVar("Kind")


def one_of(rng: np.random.Generator, options: Sequence[Kind]) -> Kind:
    """Return one of the options, all equally likely; kept as it is, as numpy's choice would not."""
    return options[int(rng.integers(len(options)))]
