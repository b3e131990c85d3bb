"""Ground of an arm: the years that it runs through, and the economy that they begin with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenarios.economy import Economy
from scenarios.grid import value_word
from scenarios.scenario import Horizon, Scenario

Ground = tuple[Horizon, Economy]
"""Arms of one ground can be paired: they differ in nothing but what is asked."""


def ground_of(scenario: Scenario) -> Ground:
    """Return the ground of a scenario."""
    return scenario.horizon, scenario.economy


def ground_words(grounds: Sequence[Ground]) -> list[str]:
    """Return a word for each ground, of the keys that tell it from the others: "base_year_2017"."""
    told = [horizon.model_dump() | economy.model_dump() for horizon, economy in grounds]
    keys = [key for key in told[0] if len({one[key] for one in told}) > 1]
    return ["+".join(value_word(key, one[key]) for key in keys) for one in told]


def with_references(
    arms: Iterable[Mapping[str, Any]], reference: object
) -> list[Mapping[str, Any]]:
    """Return arms, and for each ground without an arm without policy the reference on it."""
    known = list(arms)
    grounds = list(dict.fromkeys(ground_of(arm["scenario"]) for arm in known))
    named = [arm["scenario"] for arm in known if arm["name"] == reference]
    if len(grounds) < 2 or not named:
        return known
    held = {ground_of(arm["scenario"]) for arm in known if not arm["scenario"].has_policy}
    added = []
    for ground, word in zip(grounds, ground_words(grounds), strict=True):
        if ground not in held:
            horizon, economy = ground
            own = named[0].model_copy(update={"horizon": horizon, "economy": economy})
            added.append({"name": f"{reference}+{word}", "scenario": own})
    return [*known, *added]
