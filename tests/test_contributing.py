"""The worked examples of CONTRIBUTING.md do what they say."""

import re
from typing import Any

import numpy as np
import pytest

import simulation
from analysis.documents.docs_folder import DOCS
from analysis.outcomes.one_run import one_run
from model.allocation import RULES

TEXT = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")


def example(heading: str) -> dict[str, Any]:
    """Run the example below a heading and return the names that it defines."""
    section = TEXT.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        exec(compile(block, heading, "exec"), names)  # noqa: S102 - the page's own text
    return names


@pytest.fixture
def rules_as_before():
    """Take back what an example registers."""
    before = dict(RULES)
    yield
    RULES.clear()
    RULES.update(before)


def test_the_rule_of_the_example_divides_the_cap_by_the_root_of_population(
    rules_as_before, small
) -> None:
    year = example("Add an allocation rule")["mine"].cities.query("year == 2020")
    people = np.sqrt(small.population[small.players])
    np.testing.assert_allclose(year["quota"] / year["quota"].sum(), people / people.sum(), 1e-3)


def test_the_outcome_of_the_example_is_the_highest_price_of_a_run(small) -> None:
    run = simulation.run("default", {"cap.cut": 0.5}, economy=small)
    found = example("Add an outcome")["highest_price"].of(one_run(run, small))
    assert found == run.national["price"].max() > 0
