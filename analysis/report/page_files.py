"""Sources of the page: one template, one style sheet, its scripts in order, its words."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("en", "zh")
SCRIPTS = (
    "elements",
    "values",
    "words",
    "state",
    "scale",
    "finding",
    "matrix",
    "map",
    "controls",
    "paths",
    "dots",
    "city",
    "ledger",
    "tables",
    "notes",
    "start",
)
"""In the order in which they stand in the page; all share one scope."""


def source(name: str) -> str:
    """Return one of the files that the page is made of."""
    return (resources.files("analysis.report") / "page" / name).read_text(encoding="utf-8")


@cache
def words() -> Mapping[str, list[str]]:
    """Return every text of the interface by key, in English and Chinese."""
    found: Mapping[str, list[str]] = json.loads(source("words.json"))
    return found


def limits() -> dict[str, list[list[str]]]:
    """Return the limits of the model by language: statement and explanation of each."""
    return {language: _points(source(f"limits.{language}.md")) for language in LANGUAGES}


def script() -> str:
    """Return the scripts as one."""
    parts = "\n".join(source(f"{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}\n}})();\n'


def _points(text: str) -> list[list[str]]:
    """Return the points of a list, each as what is bold in it and the rest, without links.

    What stands in brackets for its link alone goes with it.
    """
    points = []
    text = re.sub(r"\s+\(\[[^\]]+\]\([^)]*\)\)", "", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("`", "")
    for point in f"\n{text.strip()}".split("\n- ")[1:]:
        bold, _, rest = " ".join(point.split()).removeprefix("**").partition("**")
        points.append([bold, rest.strip()])
    return points
