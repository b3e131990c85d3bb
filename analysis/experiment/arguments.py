"""Arguments of studies that are called from Python: each of its kind, or refused by name."""

from numbers import Integral, Real

import numpy as np

from data.errors import InputError


def whole_number(name: str, value: object) -> int:
    """Return a whole number; raises InputError for anything else, true and false among it."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    raise InputError(f"{name} = {value!r}: must be a whole number")


def number(name: str, value: object) -> float:
    """Return a number; raises InputError for anything else, true and false among it."""
    if isinstance(value, Real) and not isinstance(value, bool):
        return float(value)
    raise InputError(f"{name} = {value!r}: must be a number")


def require_true_or_false(**asked: object) -> None:
    """Raise InputError if one of the arguments is neither True nor False."""
    for name, value in asked.items():
        if not isinstance(value, bool | np.bool_):
            raise InputError(f"{name} = {value!r}: must be True or False")
