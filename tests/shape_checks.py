"""Shapes of arrays checked at run time, as the signatures have them: calls by sample.

In every file of tests the first call of each function is checked; of its next ones and a sample of
all later ones those whose arguments have shapes or types that no call has been checked with.
"""

import dataclasses
import functools
import inspect
import typing

import jaxtyping
import numpy as np
from beartype import BeartypeConf, beartype

checker = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""An int may stand for a float, as for a type checker."""
ROOMS = ("model", "data", "scenarios", "simulation", "analysis")
FIRST = 10
"""Calls of each function that are looked at in each file of tests, from the first."""
STRIDE = 47
"""Of later ones every so-manieth: looking at all of them takes long."""
SAMPLED = "__shapes_are_sampled__"

_whole_check = jaxtyping.jaxtyped
_calls: dict[int, list[int]] = {}
"""Number of calls in this file by function: those within functions share that of their code."""
_codes: dict[int, object] = {}
"""Codes of functions by their identity, which no other has while they are kept."""
_checked: set[tuple[object, ...]] = set()
"""Functions with the shapes and types of arguments that they were checked with."""


def begin_file() -> None:
    """Count calls anew."""
    for count in _calls.values():
        count[0] = 0


def sampled(function):
    """Return a function that checks its shapes in a sample of its calls.

    Functions within functions share the count of their code, and are left as they are once the
    first calls are checked; so are functions that neither take nor return arrays.
    """
    if inspect.isclass(function):
        own = vars(function).get("__init__")
        if dataclasses.is_dataclass(function) and own and not hasattr(own, SAMPLED):
            function.__init__ = sampled(own)
        return function
    if isinstance(function, classmethod | staticmethod):
        return type(function)(sampled(function.__func__))
    if not any(map(_has_shape, function.__annotations__.values())):
        return function
    code = id(function.__code__)
    _codes[code] = function.__code__
    count = _calls.setdefault(code, [0])
    if "<locals>" in function.__qualname__ and count[0] >= FIRST:
        return function
    checked = []

    @functools.wraps(function)
    def call(*args, **kwargs):
        __tracebackhide__ = True
        before = count[0]
        count[0] = before + 1
        if before >= FIRST and before % STRIDE:
            return function(*args, **kwargs)
        shapes = (code, *map(_shape, args), *kwargs, *map(_shape, kwargs.values()))
        if before and shapes in _checked:
            return function(*args, **kwargs)
        if not checked:
            checked.append(_whole_check(function, typechecker=checker))
        found = checked[0](*args, **kwargs)
        _checked.add(shapes)
        return found

    setattr(call, SAMPLED, True)
    return call


def _has_shape(annotation):
    if isinstance(annotation, str):  # not known before its module is read
        return True
    if isinstance(annotation, type) and issubclass(annotation, jaxtyping.AbstractArray):
        return True
    return any(map(_has_shape, typing.get_args(annotation)))


def _shape(value):
    if isinstance(value, np.ndarray):
        return value.shape, value.dtype
    if isinstance(value, tuple | list):
        return type(value), *map(_shape, value[:FIRST])
    return type(value)


def install(rooms: tuple[str, ...] = ROOMS) -> None:
    """Check functions and classes of the packages that are imported from here on."""
    jaxtyping.jaxtyped = lambda **_: sampled  # the decorator that the hook writes into each module
    jaxtyping.install_import_hook(list(rooms), None)
