"""Shapes of arrays checked at run time, as the signatures have them: calls of a test by sample."""

import dataclasses
import functools
import inspect

import jaxtyping
from beartype import BeartypeConf, beartype

checker = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""An int may stand for a float, as for a type checker."""
ROOMS = ("model", "data", "scenarios", "simulation", "analysis")
FIRST = 10
"""Calls of each function that are checked in each test, from the first."""
STRIDE = 47
"""Of later ones every so-manieth: checking all of them takes eight times as long."""
SAMPLED = "__shapes_are_sampled__"

_whole_check = jaxtyping.jaxtyped
_calls: dict[int, int] = {}


def begin_test() -> None:
    """Count calls anew."""
    _calls.clear()


def sampled(function):
    """Return a function that checks its shapes in a sample of its calls.

    Functions within functions share the count of their code, and are left as they are once the
    first calls are checked.
    """
    if inspect.isclass(function):
        own = vars(function).get("__init__")
        if dataclasses.is_dataclass(function) and own and not hasattr(own, SAMPLED):
            function.__init__ = sampled(own)
        return function
    if isinstance(function, classmethod | staticmethod):
        return type(function)(sampled(function.__func__))
    code = id(function.__code__)
    if "<locals>" in function.__qualname__ and _calls.get(code, 0) >= FIRST:
        return function
    checked = []

    @functools.wraps(function)
    def call(*args, **kwargs):
        __tracebackhide__ = True
        before = _calls.get(code, 0)
        _calls[code] = before + 1
        if before >= FIRST and before % STRIDE:
            return function(*args, **kwargs)
        if not checked:
            checked.append(_whole_check(function, typechecker=checker))
        return checked[0](*args, **kwargs)

    setattr(call, SAMPLED, True)
    return call


def install(rooms: tuple[str, ...] = ROOMS) -> None:
    """Check functions and classes of the packages that are imported from here on."""
    jaxtyping.jaxtyped = lambda **_: sampled  # the decorator that the hook writes into each module
    jaxtyping.install_import_hook(list(rooms), None)
