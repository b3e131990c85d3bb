"""Scenarios as TOML: what is written here reads back as the same scenario."""

from collections.abc import Iterator

import tomli_w

from scenarios.scenario import Scenario


def written(scenario: Scenario) -> str:
    """Return a scenario with every value spelled out; what is absent is named in a comment."""
    return "\n".join(_sections(scenario))


def _sections(scenario: Scenario) -> Iterator[str]:
    for section, value in scenario.model_dump().items():
        if not isinstance(value, dict):
            yield tomli_w.dumps({section: value})
            continue
        absent = "".join(f"# {section}.{key} is absent\n" for key in value if value[key] is None)
        present = {key: words for key, words in value.items() if words is not None}
        yield absent + tomli_w.dumps({section: present})
