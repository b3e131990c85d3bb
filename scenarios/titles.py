"""Titles that follow the scenario as run: {cap.cut:%} stands for a value, settings are named."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.plain_words import LONGEST_TITLE
from scenarios.scenario import Scenario

PLACE = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)(:%)?\}")
"""Place in a title: the key of a value, or `years`; with :% a share is written in per cent."""
LINK = ", with "
"""Between a title and the settings that it does not speak of."""


def filled(title: str, scenario: Scenario) -> str:
    """Return a title with the values of a scenario in its places.

    What stands between two commas is left out where a value of it is absent; a place that names no
    key stays as it is.
    """
    parts = [_part(part, scenario) for part in title.split(", ")]
    return ", ".join(part for part in parts if part is not None)


def _part(part: str, scenario: Scenario) -> str | None:
    values = {place[0]: _written(place, scenario) for place in PLACE.finditer(part)}
    if None in values.values():
        return None
    return PLACE.sub(lambda place: values[place[0]] or "", part)


def _written(place: re.Match[str], scenario: Scenario) -> str | None:
    years = scenario.horizon.years
    if place[1] == "years":
        return f"{years[0]} to {years[-1]}"
    section, *rest = place[1].split(".")
    if not hasattr(scenario, section):
        return place[0]
    found: Any = getattr(scenario, section)
    for key in rest:
        found = getattr(found, key, None)
    if place[2] and isinstance(found, float | int):
        return f"{100 * found:.12g} %"
    return None if found is None else str(found)


def with_settings(title: str, settings: Mapping[str, Any]) -> str:
    """Return a title that names the settings it has no place for, as far as a title is long."""
    spoken = {place[1] for place in PLACE.finditer(title)}
    if "years" in spoken:
        spoken |= {"horizon.end", "horizon.base_year"}
    if "title" in settings:
        return title
    told = [f"{key} = {_shown(value)}" for key, value in settings.items() if key not in spoken]
    for kept in range(len(told), -1, -1):
        rest = len(told) - kept
        words = [*told[:kept], *([f"{rest} more settings"] if rest else [])]
        longer = f"{title}{LINK}{', '.join(words)}" if words else title
        if len(longer) <= LONGEST_TITLE:
            return longer
    return title


def in_words(name: str) -> str:
    """Return the name of an arm as a title: "a_b+c" is "A b, c"."""
    plain = name.replace("_", " ").replace("+", ", ")
    return plain[:1].upper() + plain[1:]


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key} = {_shown(one)}' for key, one in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _shown(value[0]) if len(value) == 1 else f"[{', '.join(map(_shown, value))}]"
    text = str(value)
    return text if text.isprintable() else repr(text)
