"""A registry: the words of one policy choice, each with its function and its parameters."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import MISSING, dataclass, field, fields
from functools import partial
from operator import ge, gt, le, lt
from typing import Any, Generic, TypeVar

import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])


def parameter(
    default: Any,
    unit: str,
    source: str,
    meaning: str,
    *,
    ge: int | float | None = None,
    gt: int | float | None = None,
    le: int | float | None = None,
    lt: int | float | None = None,
    bounds: str = "",
) -> Any:
    """Return a dataclass field: default (`...` if it must be given), unit, source, meaning, range.

    `bounds` says why the range ends where it does.
    Stands in the frozen dataclass beside a rule, which scenarios set as `[section.rule] name`.
    """
    limits = {"ge": ge, "gt": gt, "le": le, "lt": lt}
    said = {"unit": unit, "source": source, "meaning": meaning, "bounds": bounds, **limits}
    return field(default=MISSING if default is ... else default, metadata=said)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Function]):
    """One word of a registry."""

    name: str
    function: Function | None
    """Function of the word; absent where it is known here and lives on a higher floor."""
    parameters: type | None = None
    """Frozen dataclass of its parameters, its last argument; none if it has none."""
    built_in: bool = False
    """True where it comes with the laboratory, false where a user registered it."""
    plugin: str = ""
    """Hash of the plugin file that registered it; empty if none did."""


class Registry(MutableMapping[str, Function]):
    """Functions by word: those built in as they were registered, then a user's own by name.

    So the order of a user's registrations never matters. `REGISTRY["my_word"] = f` adds a word,
    as does the decorator `@REGISTRY.register(parameters=MyParameters)`.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        """Kind of the words, as in "allocation rule"."""
        self.taken: frozenset[str] = frozenset()
        """Keys of the sections of a scenario in which a word may have a table: no word's name."""
        self.taken_beside: frozenset[str] = frozenset()
        """Keys of the sections in which a word's parameters stand beside them: no parameter's."""
        self._entries: dict[str, Entry[Function]] = {}
        self._built_in: dict[str, Entry[Function]] = {}

    def __getitem__(self, name: str) -> Function:
        function = self._entries[name].function
        if function is None:
            raise KeyError(f"{self.kind} {name}: its function is on a floor not yet imported")
        return function

    def __setitem__(self, name: str, function: Function) -> None:
        known = self._built_in.get(name)
        if known is not None and known.function is function:
            self._entries[name] = known
        else:
            self.add(Entry(name, function))

    def __delitem__(self, name: str) -> None:
        del self._entries[name]

    def __iter__(self) -> Iterator[str]:
        first = [name for name in self._built_in if name in self._entries]
        return iter([*first, *sorted(set(self._entries) - set(first))])

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def register(
        self, name: str | None = None, parameters: type | None = None
    ) -> Callable[[Function], Function]:
        """Return a decorator that registers a function or class under a name, or under its own."""

        def registered(function: Function) -> Function:
            word = name or str(getattr(function, "__name__", ""))
            self.add(Entry(word, function, parameters))
            return function

        return registered

    def build_in(
        self, name: str, function: Function | None, parameters: type | None = None
    ) -> None:
        """Add a word of the laboratory's own; a declared one may get its function later."""
        declared = self._built_in.get(name)
        if declared is not None and parameters is None:
            parameters = declared.parameters
        entry = Entry(name, function, parameters, built_in=True)
        self._built_in[name] = self._entries[name] = entry

    def add(self, entry: Entry[Function]) -> None:
        """Add a user's word, or put it in the place of one that is known.

        Raises
        ------
        ValueError
            If it has no name fit for a key or one that is taken, is not callable, or its parameters
            are no frozen dataclass, or have a default outside their range.
        """
        if not entry.name.replace("_", "a").replace("-", "a").isalnum():
            raise ValueError(
                f"{self.kind} {entry.name!r}: a name has letters, digits, _ and - alone"
            )
        if entry.name in self.taken:
            raise ValueError(
                f"{self.kind} {entry.name!r}: a scenario has a key of that name; choose another"
            )
        if not callable(entry.function):
            raise ValueError(f"{self.kind} {entry.name}: {entry.function!r} cannot be called")
        if entry.parameters is not None:
            self._check_parameters(entry.name, entry.parameters)
        self._entries[entry.name] = entry

    def _check_parameters(self, word: str, kind: type) -> None:
        if not getattr(getattr(kind, "__dataclass_params__", None), "frozen", False):
            raise ValueError(
                f"{self.kind} {word}: its parameters must be a frozen dataclass:"
                " @dataclass(frozen=True)"
            )
        for one in fields(kind):
            if one.name in self.taken_beside:
                raise ValueError(
                    f"{self.kind} {word}: its parameter {one.name!r} is a key of the scenario"
                    " already; choose another name"
                )
            if not _within(one.default, one.metadata):
                raise ValueError(
                    f"{self.kind} {word}: the default of its parameter {one.name!r},"
                    f" {one.default!r}, lies outside the range that it declares"
                )

    def entry(self, name: str) -> Entry[Function]:
        """Return all that is known of a word."""
        return self._entries[name]

    def entries(self) -> dict[str, Entry[Function]]:
        """Return all entries by word, in the order of the words."""
        return {name: self._entries[name] for name in self}

    def restore(self, entries: Mapping[str, Entry[Function]]) -> None:
        """Put back the entries of an earlier time."""
        self._entries = dict(entries)

    def parameters(self, name: str, values: Mapping[str, Any]) -> Any:
        """Return the parameters of a word, defaults where no value is given; None without any."""
        kind = self._entries[name].parameters
        if kind is None:
            return None
        columns = {key: value for key, value in values.items() if isinstance(value, np.ndarray)}
        made = kind(**{**values, **{key: column.flat[0] for key, column in columns.items()}})
        for key, column in columns.items():
            object.__setattr__(made, key, column)  # one value a run: frozen is what users see
        return made

    def bound(self, name: str, values: Mapping[str, Any] | None = None) -> Callable[..., Any]:
        """Return the function of a word with its parameters, if it has any, as last argument."""
        function, parameters = self[name], self.parameters(name, values or {})
        return function if parameters is None else partial(_with_last, function, parameters)


def _within(default: Any, limits: Mapping[str, Any]) -> bool:
    """Return whether a default, if it is a number, keeps the limits that a parameter declares."""
    if isinstance(default, bool) or not isinstance(default, (int, float)):
        return True
    return all(
        limits.get(name) is None or keeps(default, limits[name])
        for name, keeps in (("ge", ge), ("gt", gt), ("le", le), ("lt", lt))
    )


def _with_last(function: Callable[..., Any], last: Any, *arguments: Any) -> Any:
    return function(*arguments, last)
