"""Grids of arms: a list where a key takes one value spans an arm for each of its values."""

from collections.abc import Iterator
from itertools import product
from typing import Any, get_args, get_origin

from scenarios.scenario import Scenario


def spanned(name: str, words: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the name and the settings of every arm that a table of settings spans.

    A name gets the words of its values after it: `{"allocation.rule": ["grandfathering",
    "equal_per_capita"], "compliance.audit": [0.1, 0.5]}` spans `grandfathering+audit_0-1` and
    three more.
    """
    lists = {key: value for key, value in words.items() if _spans(key, value)}
    for chosen in product(*lists.values()):
        own = dict(zip(lists, chosen, strict=True))
        parts = [name, *(value_word(key, value) for key, value in own.items())]
        yield "+".join(filter(None, parts)), {**words, **own}


def value_word(key: str, value: Any) -> str:
    """Return a value as it stands in a name: a word alone, a number or a truth after its key."""
    last = key.rpartition(".")[2]
    if isinstance(value, bool):
        return last if value else f"no_{last}"
    if isinstance(value, int | float):
        return f"{last}_{value:g}".replace(".", "-").replace("+", "")
    return str(value)


def _spans(key: str, value: Any) -> bool:
    return isinstance(value, list) and bool(value) and not _takes_list(key)


def _takes_list(key: str) -> bool:
    """Return whether a key of a scenario holds a list itself."""
    section, _, name = key.partition(".")
    if section not in Scenario.model_fields:
        return False
    inner = Scenario.model_fields[section].annotation
    field = getattr(inner, "model_fields", {}).get(name)
    if field is None:
        return name == "levels_mt"
    kinds = {field.annotation, *get_args(field.annotation)}
    return any(get_origin(kind) in (tuple, list) for kind in kinds)
