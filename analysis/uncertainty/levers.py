"""Levers of a search: what a government may choose, as words or numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from analysis.uncertainty.libraries import library
from data.errors import InputError, nearest
from scenarios.ranges import ranges
from scenarios.scenario import Scenario
from scenarios.uncertainty import Uncertainty
from scenarios.words import Word

DEFAULT = (
    "allocation.rule",
    "market.institution",
    "behaviour.consumer_responsibility",
    "compliance.penalty_multiple",
    "compliance.bank_limit",
    "transfer.reserve",
)
"""Levers that are searched over unless others are named."""
NO_POLICY = "none"
NEEDS_MORE = ("auction", "bilateral")
"""Institutions left to experiments of their own: one has levers of its own, the other takes ten
times as long."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A key that a search may set."""

    key: str
    words: tuple[str, ...] = ()
    """Its words, where it has words."""
    numbers: Uncertainty | None = None
    """Its range, where it has numbers."""

    def variable(self) -> Any:
        """Return it as pymoo asks for it."""
        kinds = library("pymoo.core.variable")
        if self.numbers is None:
            return kinds.Choice(options=list(self.words))
        return kinds.Real(bounds=(0.0, 1.0))

    def value(self, chosen: Any) -> Any:
        """Return what the scenario is set to: a word, or the number at a share of its range."""
        return str(chosen) if self.numbers is None else self.numbers.value(float(chosen))


def levers(keys: Sequence[str] = DEFAULT) -> tuple[Lever, ...]:
    """Return levers by their keys.

    Raises
    ------
    InputError
        If a key has neither words nor a range, or words that cannot stand by themselves.
    """
    return tuple(_lever(key) for key in keys)


def settings(chosen: Sequence[Lever], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a scenario is set to by a choice of every lever."""
    return {lever.key: lever.value(values[lever.key]) for lever in chosen}


def _lever(key: str) -> Lever:
    if key in ranges():
        return Lever(key, numbers=ranges()[key])
    section, _, name = key.partition(".")
    fields = Scenario.model_fields
    inner = fields[section].annotation if section in fields else None
    field = getattr(inner, "model_fields", {}).get(name)
    words = [word for word in getattr(field, "metadata", ()) if isinstance(word, Word)]
    if not words:
        known = [*ranges(), "allocation.rule", "market.institution"]
        raise InputError(f"--levers {key}: no such lever; {nearest(key, known)}")
    if getattr(inner, "flat", False):
        raise InputError(
            f"--levers {key}: its words have parameters of their own, which a mix cannot give; let"
            " each be an arm of an experiment"
        )
    needy = _that_need_values(words[0])
    chosen = [word for word in words[0].known() if word not in (*NEEDS_MORE, *needy)]
    if key == "allocation.rule":
        chosen.remove(NO_POLICY)
    return Lever(key, words=tuple(chosen))


def _that_need_values(word: Word) -> list[str]:
    """Return words with a parameter that a scenario must give."""
    return [
        name
        for name, entry in word.registry.entries().items()
        if entry.parameters is not None
        and any(f.default is f.default_factory is MISSING for f in fields(entry.parameters))
    ]
