"""Words that a kept scenario names and nobody has registered here: those of a plugin not named."""

from collections.abc import Iterator, Mapping
from typing import Any

from model.behaviour import RULES
from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.words import Worded
from scenarios.world import MIX


def unregistered(kept: Any) -> str:
    """Return the first such word of a scenario as it was kept, and the way out; empty if none."""
    first = next(_unknown(kept) if isinstance(kept, Mapping) else iter(()), "")
    return first and f"{first}: no word that is known here; add --plugin FILE that registers it"


def _unknown(kept: Mapping[str, Any]) -> Iterator[str]:
    for section, field in Scenario.model_fields.items():
        kind, given = section_of(field.annotation), kept.get(section)
        if kind is None or not issubclass(kind, Worded) or not isinstance(given, Mapping):
            continue
        for key, word in kind.words().items():
            if isinstance(given.get(key), str) and given[key] not in word.known():
                yield f"{section}.{key} = {given[key]!r}"
        for name in given if not kind.flat else ():
            if name not in kind.model_fields and name not in kind.own_tables():
                yield f"{section}.{name}"
    behaviour = kept.get("behaviour")
    if isinstance(behaviour, Mapping) and behaviour.get("rule") == MIX:
        shares = behaviour.get("shares")
        for name in shares if isinstance(shares, Mapping) else ():
            if name not in RULES:
                yield f"behaviour.shares.{name}"
