"""Libraries of the extra `experiments`, loaded where they are needed."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from data.errors import InputError


def library(name: str) -> Any:
    """Return a module of a library that only studies of uncertainty need.

    Raises
    ------
    InputError
        If it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise InputError(
            f"{name.partition('.')[0]} is not installed; install the extra: pip install"
            " 'quotapolis[experiments]'"
        ) from error


def installed(name: str) -> bool:
    """Return whether a library is there."""
    return find_spec(name) is not None
