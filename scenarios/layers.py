"""Layers: what a scenario says, laid over what another says."""

from dataclasses import fields
from typing import Any

from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.words import Worded

Tree = dict[str, Any]


def sections() -> set[str]:
    """Return the sections of a scenario: its keys that hold a table."""
    keys = Scenario.model_fields.items()
    return {key for key, field in keys if section_of(field.annotation) is not None}


def laid(below: Tree, above: Tree) -> Tree:
    """Return one scenario's keys laid over another's: tables are joined, all else is replaced.

    Where parameters stand beside their word and the upper layer chooses another word, those of the
    lower one that the new word does not have fall away; what the upper layer says is kept, to be
    checked.
    """
    return joined(below | _of_new_words(below, above), above)


def joined(below: Tree, above: Tree) -> Tree:
    """Return one tree laid over another as it stands."""
    result = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = joined(result[key], value) if both else value
    return result


def _of_new_words(below: Tree, above: Tree) -> dict[str, Tree]:
    """Return sections of the lower layer without parameters that are foreign to a new word."""
    kept: dict[str, Tree] = {}
    for section, field in Scenario.model_fields.items():
        kind, old, new = section_of(field.annotation), below.get(section), above.get(section)
        if kind is None or not (issubclass(kind, Worded) and kind.flat):
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            kept[section] = _without_foreign(kind, old, new)
    return kept


def _without_foreign(kind: type[Worded], old: Tree, new: Tree) -> Tree:
    for key, word in kind.words().items():
        before, chosen = old.get(key, kind.model_fields[key].default), new.get(key)
        if chosen != before and isinstance(chosen, str) and chosen in word.registry:
            parameters = word.registry.entry(chosen).parameters
            known = {field.name for field in fields(parameters)} if parameters else set()
            return {k: v for k, v in old.items() if k in known or k in kind.model_fields}
    return old
