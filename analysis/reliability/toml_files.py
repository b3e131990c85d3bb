"""Scenario files as hands and accidents leave them: the library's own, mutated."""

import re
from functools import partial
from pathlib import Path

import numpy as np

from analysis.reliability.door import Verdict, tried
from analysis.reliability.drawing import one_of
from data.errors import InputError
from scenarios.files import library
from scenarios.reading import read_experiment, read_scenario
from simulation.laboratory import Laboratory

VALUES = (
    "0", "-1", "1e308", "5e-324", "nan", "inf", "-0.0", "9" * 400, "9" * 5000, "true", '""',
    '"20%"', '"0,2"', "'[/bold]'", '"\\u001b[31m"', '"../../x"', "[]", "[[]]", "{}", "[" * 2000,
    "2012", "2061", "1979-05-27", '"' + "a" * 400 + '"', '"\\u0000"', '"²⁰²⁰"',
)  # fmt: skip
"""Values that a key may be given instead of its own."""
LINES = (
    'extends = "mine.toml"', 'extends = "../trial/mine.toml"', 'extends = "default"', "[cap]",
    'plugin = "x"', "[[arms]]", "arms = 3", 'name = "/elsewhere/x"', "a.b.c.d.e.f = 1", "=",
    "\x00", "\ufeff",
)  # fmt: skip
"""Lines that may be put anywhere."""


def mutated(text: str, rng: np.random.Generator) -> bytes:
    """Return a file with one to three changes of values, lines or bytes."""
    for _ in range(rng.integers(1, 4)):
        lines = text.split("\n")
        at = int(rng.integers(len(lines)))
        way = rng.integers(5)
        if way == 0:
            lines[at] = re.sub(r"=.*", lambda _: f"= {one_of(rng, VALUES)}", lines[at])
        elif way == 1:
            lines.insert(at, one_of(rng, LINES))
        elif way == 2:
            lines[at] = re.sub(r"[a-z]{3}", lambda _: "xqz", lines[at], count=1)
        elif way == 3:
            del lines[at]
        else:
            lines.insert(at, lines[int(rng.integers(len(lines)))])
        text = "\n".join(lines)
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    if content and rng.random() < 0.2:
        content[int(rng.integers(len(content)))] = int(rng.integers(256))
    return bytes(content)


def trial(rng: np.random.Generator, folder: Path, laboratory: Laboratory) -> Verdict:
    """Return how the reading of a mutated file ends, and the first year of what it says."""
    names = sorted(library())
    text = library()[one_of(rng, names)].read_text(encoding="utf-8")
    path = folder / "mine.toml"
    path.write_bytes(mutated(text, rng))
    return tried(partial(_read_and_run, path, laboratory))


def _read_and_run(path: Path, laboratory: Laboratory) -> bool:
    try:
        scenario = read_scenario(path)
    except InputError as mistake:
        if "this is an experiment" not in str(mistake):
            raise
        scenario = read_experiment(path).arms[-1].scenario
    laboratory.run(scenario, until=scenario.horizon.years[0])
    return True
