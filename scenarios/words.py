"""Words of a registry in a scenario, and the parameters that belong to them."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, ClassVar, get_type_hints

from pydantic import (
    ConfigDict,
    GetCoreSchemaHandler,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic import Field as PydanticField
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from data.errors import nearest
from model.registry import Registry
from scenarios.faults import in_words, shown
from scenarios.quantity import Section

OWN_KEY = "of_a_word"
"""Type of a fault in the parameters of a word; its context tells key, value and fault."""


@dataclass(frozen=True, slots=True)
class Word:
    """Values that a key may take: a word of a registry, or one of a few others."""

    registry: Registry[Any]
    others: tuple[str, ...] = ()

    def known(self) -> list[str]:
        """Return every word there is now."""
        return [*self.others, *self.registry]

    def check(self, word: str) -> str:
        """Return a known word; raises ValueError with the nearest ones."""
        if word not in self.known():
            raise ValueError(f"no such {self.registry.kind}; {nearest(word, self.known())}")
        return word

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Check after the type: words that are registered later are known too."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))


class Worded(Section):
    """Section with words of registries; their parameters stand in it: a table a word, or flat."""

    model_config = ConfigDict(extra="allow")
    flat: ClassVar[bool] = False
    """True where parameters stand beside the word itself, as `cap.cut`."""

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Tell the registries which names this section takes."""
        for word in cls.words().values():
            keys = frozenset(cls.model_fields)
            if cls.flat:
                word.registry.taken_beside |= keys
            else:
                word.registry.taken |= keys

    @model_validator(mode="before")
    @classmethod
    def _parameters_of_words(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        own = {key: value for key, value in given.items() if key not in cls.model_fields}
        rest = {key: value for key, value in given.items() if key in cls.model_fields}
        return {**rest, **(cls._flat(rest, own) if cls.flat else cls._tables(rest, own))}

    @classmethod
    def _flat(cls, rest: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        for name, word in cls.words().items():
            chosen = rest.get(name, cls.model_fields[name].default)
            if isinstance(chosen, str) and chosen in word.registry:
                kind = word.registry.entry(chosen).parameters
                return _checked(
                    kind, own, "", list(cls.model_fields), f"{word.registry.kind} {chosen!r}"
                )
        return {}

    @classmethod
    def _tables(cls, rest: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        tables = dict(own)
        for word in cls._chosen(rest):
            if cls.parameters_class(word) is not None:
                tables.setdefault(word, {})
        known = [*cls.model_fields, *cls.own_tables()]
        for key in tables:
            if key not in cls.own_tables():
                raise _fault(key, tables[key], f"unknown key {{key}}; {nearest(key, known)}")
        return {
            key: _checked(cls.parameters_class(key), value, key, [], f"{key!r}")
            for key, value in tables.items()
        }

    @classmethod
    def _chosen(cls, rest: Mapping[str, Any]) -> Iterator[str]:
        for name in cls.words():
            chosen = rest.get(name, cls.model_fields[name].default)
            if isinstance(chosen, str):
                yield chosen

    @classmethod
    def words(cls) -> dict[str, Word]:
        """Return the keys that hold words of registries."""
        return {
            name: word
            for name, field in cls.model_fields.items()
            for word in field.metadata
            if isinstance(word, Word)
        }

    @classmethod
    def own_tables(cls) -> list[str]:
        """Return the words that have parameters and may have a table in this section."""
        return [
            name
            for word in cls.words().values()
            for name, entry in word.registry.entries().items()
            if entry.parameters is not None
        ]

    @classmethod
    def parameters_class(cls, word: str) -> type | None:
        """Return the dataclass of a word's parameters; none if it has none."""
        for known in cls.words().values():
            if word in known.registry and known.registry.entry(word).parameters is not None:
                return known.registry.entry(word).parameters
        return None

    @classmethod
    def table_of(cls, word: str) -> type[Section]:
        """Return the section of a word that has parameters."""
        kind = cls.parameters_class(word)
        if kind is None:
            raise KeyError(word)
        return section_of_parameters(kind)

    def parameters(self, word: str) -> Mapping[str, Any]:
        """Return the values set for a word's parameters, all others keep their defaults."""
        extra = self.model_extra or {}
        values: Mapping[str, Any] = extra if self.flat else extra.get(word, {})
        return values


class _OfOneWord(Section):
    """Base of sections made here: no source of theirs holds docstrings, so none is looked for."""

    model_config = ConfigDict(use_attribute_docstrings=False)


@cache
def section_of_parameters(kind: type) -> type[Section]:
    """Return the section that a dataclass of parameters makes: checked like any other."""
    hints = get_type_hints(kind)
    made: dict[str, Any] = {
        field.name: (hints[field.name], _pydantic_field(field)) for field in fields(kind)
    }
    return create_model(kind.__name__, __base__=_OfOneWord, **made)


def _pydantic_field(field: Field[Any]) -> Any:
    said = field.metadata
    default: Any = ... if _missing(field.default) else field.default
    factory: Any = field.default_factory
    if not _missing(factory):
        default = factory()
    limits: dict[str, Any] = {sign: said.get(sign) for sign in ("ge", "gt", "le", "lt")}
    extra = {
        "unit": said.get("unit", "word"),
        "source": said.get("source", "a choice"),
        "bounds": said.get("bounds", ""),
    }
    return PydanticField(
        default, description=said.get("meaning", ""), json_schema_extra=extra, **limits
    )


def _missing(default: object) -> bool:
    """Return whether a field has none; a class sent to a process has another object for that."""
    return isinstance(default, type(MISSING))


def _checked(
    kind: type | None, given: Any, key: str, beside: list[str], whose: str
) -> dict[str, Any]:
    """Return all values of a word's parameters; raises PydanticCustomError."""
    if not isinstance(given, dict):
        raise _fault(key, given, "{key} = {value!r}: must be a table of keys and values")
    known = [] if kind is None else [field.name for field in fields(kind)]
    prefix = f"{key}." if key else ""
    for name in given:
        if name not in known:
            hint = nearest(name, [*beside, *known])
            raise _fault(f"{prefix}{name}", given[name], f"unknown key {{key}}; {hint}")
    if kind is None:
        return {}
    listed = {n: tuple(v) if isinstance(v, list) else v for n, v in given.items()}
    try:
        values = section_of_parameters(kind).model_validate(listed).model_dump()
        kind(**values)
    except ValidationError as error:
        first = error.errors()[0]
        where = prefix + ".".join(map(str, first["loc"]))
        if first["type"] == "missing":
            raise _fault(where, None, f"{{key}} is missing; the {whose} needs it") from None
        raise _fault(where, first["input"], f"{{key}} = {{value!r}}: {in_words(first)}") from None
    except ValueError as error:
        raise _fault(key, None, f"{{key}}: {error}") from None
    return values


def _fault(key: str, value: Any, said: str) -> PydanticCustomError:
    context = {"key": key, "value": value, "said": said}
    plain = said.replace("{key}", key).replace("{value!r}", shown(value))
    return PydanticCustomError(OWN_KEY, "{plain}", {**context, "plain": plain})
