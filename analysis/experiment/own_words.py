"""Words of a user's own in an experiment: which they are, how they travel, what marks them."""

import hashlib
import inspect
import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import cloudpickle
import numpy as np

from data.errors import InputError
from model.catalogue import CATALOGUE
from model.registry import Entry
from scenarios.experiment import Experiment
from scenarios.plugins import HELPERS
from scenarios.scenario import Scenario
from scenarios.world import MIX


@dataclass(frozen=True, slots=True)
class OwnWord:
    """One word that a user registered."""

    kind: str
    """Key of the catalogue, such as `allocation.rule`."""
    entry: Entry[Any]


def own_words(experiment: Experiment) -> list[OwnWord]:
    """Return the words of an experiment that a user registered, in one order."""
    used = {word for arm in experiment.arms for word in _words(arm.scenario)}
    return [
        OwnWord(kind, CATALOGUE[kind].entry(word))
        for kind, word in sorted(used)
        if word in CATALOGUE[kind] and not CATALOGUE[kind].entry(word).built_in
    ]


def _words(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for kind in CATALOGUE:
        section, _, key = kind.partition(".")
        yield kind, getattr(getattr(scenario, section), key)
    if scenario.behaviour.rule == MIX:
        yield from (("behaviour.rule", word) for word in scenario.behaviour.shares)


def packed_words(words: Sequence[OwnWord]) -> bytes:
    """Return the words as bytes that a process without their source can unpack.

    Raises
    ------
    InputError
        If one refers to something that cannot be sent to another process.
    """
    return b"" if not words else cloudpickle.dumps([_by_value(word) for word in words])


def _by_value(word: OwnWord) -> bytes:
    parts = (word.entry.function, word.entry.parameters)
    named = [str(getattr(part, "__module__", None) or "") for part in parts]
    helpers = HELPERS.get(word.entry.plugin, ())
    named += [name for name in sys.modules if name.partition(".")[0] in helpers]
    modules = [sys.modules[name] for name in named if name and _is_own(name)]
    known = set(cloudpickle.list_registry_pickle_by_value())
    fresh = [module for module in modules if module.__name__ not in known]
    for module in fresh:
        cloudpickle.register_pickle_by_value(module)
    try:
        content: bytes = cloudpickle.dumps(word)
    except (pickle.PicklingError, TypeError) as error:
        raise InputError(
            f"{word.kind} {word.entry.name!r} cannot be sent to worker processes ({error}); let it"
            " refer to functions, classes and plain values alone"
        ) from error
    finally:
        for module in {module.__name__: module for module in fresh}.values():
            cloudpickle.unregister_pickle_by_value(module)
    return content


def register_packed(content: bytes) -> None:
    """Register words that another process packed."""
    if not content:
        return
    for packed in cloudpickle.loads(content):
        word: OwnWord = cloudpickle.loads(packed)
        CATALOGUE[word.kind].add(word.entry)


def source_of(word: OwnWord) -> bytes:
    """Return what a word does, as bytes that change when its code does."""
    head = f"{word.kind} {word.entry.name} {word.entry.plugin}".encode()
    material = hashlib.sha256(head)
    if not word.entry.plugin:
        for piece in _Source(word.entry).pieces():
            material.update(piece)
    return material.digest()


class _Source:
    """Source of a function or class, and of what it refers to in its own module."""

    def __init__(self, entry: Entry[Any]) -> None:
        self._seen: set[int] = set()
        self._entry = entry

    def pieces(self) -> Iterator[bytes]:
        yield from self._of(self._entry.function, None)
        if self._entry.parameters is not None:
            yield from self._of(self._entry.parameters, None)

    def _of(self, thing: Any, module: str | None) -> Iterator[bytes]:
        if isinstance(thing, str | bytes | int | float | type(None)):
            yield repr(thing).encode()
            return
        if id(thing) in self._seen or isinstance(thing, ModuleType):
            return
        self._seen.add(id(thing))
        if isinstance(thing, np.ndarray):
            yield thing.tobytes()
        elif isinstance(thing, tuple | list):
            for part in thing:
                yield from self._of(part, module)
        elif isinstance(thing, dict):
            yield from self._of(list(thing.items()), module)
        elif isinstance(thing, set | frozenset):
            yield repr(sorted(map(repr, thing))).encode()
        elif isinstance(thing, partial):
            for part in (thing.func, *thing.args, *thing.keywords.values()):
                yield from self._of(part, module)
        elif isinstance(thing, FunctionType | type):
            if module is None or thing.__module__ == module:
                yield from self._code(thing)
        elif is_dataclass(thing):
            for field in fields(thing):
                yield from self._of(getattr(thing, field.name), module)
            yield from self._of(type(thing), module)
        elif callable(thing):
            yield from self._of(type(thing), module)

    def _code(self, thing: FunctionType | type) -> Iterator[bytes]:
        members = [thing] if isinstance(thing, FunctionType) else list(_methods(thing))
        try:
            yield inspect.getsource(thing).encode()
        except (OSError, TypeError):
            for member in members:
                yield from _compiled(member.__code__)
            yield repr(getattr(thing, "__dataclass_fields__", "")).encode()
        for member in members:
            for cell in member.__closure__ or ():
                yield from self._of(cell.cell_contents, thing.__module__)
            for name in sorted(_names(member.__code__)):
                if name in member.__globals__:
                    yield from self._of(member.__globals__[name], thing.__module__)


def _methods(kind: type) -> Iterator[FunctionType]:
    for member in vars(kind).values():
        function = getattr(member, "fget", None) or getattr(member, "__func__", member)
        if isinstance(function, FunctionType):
            yield function


def _names(code: CodeType) -> set[str]:
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _compiled(code: CodeType) -> Iterator[bytes]:
    """Return the instructions and constants of a function whose source is not at hand."""
    yield code.co_code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _compiled(constant)
        elif isinstance(constant, frozenset):
            yield repr(sorted(map(repr, constant))).encode()
        else:
            yield repr(constant).encode()


def _is_own(module: str) -> bool:
    """Return whether a module is the user's, so that workers may not have it."""
    rooms = ("model", "data", "scenarios", "simulation", "analysis")
    return module != "__main__" and module in sys.modules and module.partition(".")[0] not in rooms
