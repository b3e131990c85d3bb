"""The table of all parameters: what a scenario may say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from scenarios.scenario import Scenario
from scenarios.words import Word, Worded

SIGNS = {Ge: ("ge", "≥"), Gt: ("gt", ">"), Le: ("le", "≤"), Lt: ("lt", "<")}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a scenario."""

    key: str
    default: str
    limits: str
    bounds: str
    """Why the limits are where they are; empty for words."""
    unit: str
    source: str
    meaning: str


def parameters() -> list[Parameter]:
    """Return every key a scenario may hold, in the order of the sections."""
    return list(_of_section(Scenario, ""))


def _of_section(section: type[BaseModel], prefix: str) -> Iterator[Parameter]:
    for name, field in section.model_fields.items():
        if (inner := section_of(field.annotation)) and not get_args(field.annotation):
            yield from _of_section(inner, f"{name}.")
        else:
            yield _parameter(f"{prefix}{name}", field)
            if inner:
                yield from _of_section(inner, f"{prefix}{name}[].")
    if issubclass(section, Worded):
        for word in section.own_tables():
            place = f"{prefix[:-1]}({word})." if section.flat else f"{prefix}{word}."
            yield from _of_section(section.table_of(word), place)


def section_of(annotation: Any) -> type[BaseModel] | None:
    """Return the section that a key holds, or holds a list of; None if it holds neither."""
    inner = (get_args(annotation) or (annotation,))[0]
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _parameter(key: str, field: FieldInfo) -> Parameter:
    extra: dict[str, Any] = (
        field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    )
    return Parameter(
        key=key,
        default=_default(field),
        limits=_limits(field),
        bounds=str(extra.get("bounds", "")),
        unit=str(extra.get("unit", "word")),
        source=str(extra.get("source", "a choice")),
        meaning=" ".join((field.description or "").split()),
    )


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "required"
    if isinstance(field.default, tuple):
        return str(list(field.default))
    return "none" if field.default is None else str(field.default)


def _limits(field: FieldInfo) -> str:
    words = [str(word) for word in get_args(field.annotation) if isinstance(word, str | int)]
    words += [name for word in field.metadata if isinstance(word, Word) for name in word.known()]
    if words:
        return " | ".join(words)
    limits = [
        f"{sign} {getattr(bound, attribute):g}"
        for bound in field.metadata
        for kind, (attribute, sign) in SIGNS.items()
        if isinstance(bound, kind)
    ]
    return ", ".join(limits)
