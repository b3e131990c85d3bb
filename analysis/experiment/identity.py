"""Identities: hashes of what results are made of; equal marks mean comparable results."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np

import analysis
import data
import model
import scenarios
import simulation
from analysis.experiment.drawing import by_category
from analysis.experiment.own_words import OwnWord, source_of
from data.compiled.cache import economy_digest, economy_folder
from data.compiled.draws import BasisOfDraw, drawn_folder, draws_identity
from data.compiled.kept_economy import kept_mark
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment

BESIDE = {"replications", "uncertainties", "claims", "outcomes", "design", "material"}
"""Keys of an experiment that change no run."""
ROOMS = (model, data, scenarios, simulation)
"""Packages whose code results depend on."""


def identity(
    experiment: Experiment, economy: str, words: Sequence[OwnWord], *, outcomes_only: bool = False
) -> dict[str, str]:
    """Return the marks of an experiment's results: experiment, economy, code.

    The number of replications is no part of them: no run depends on how many others there are, so
    results may grow. Nor are uncertainties and claims, which other runs are about, nor which
    differences matter. `economy` is an economy's own mark; `words` are those that the user
    registered; `outcomes_only` asks for outcomes as this version measures them.
    """
    asked = json.dumps(experiment.model_dump(mode="json", exclude=BESIDE), sort_keys=True)
    if outcomes_only:  # they cannot be worked out anew
        asked += outcomes_mark()
    code = _code()
    for word in words:
        code.update(source_of(word))
    return {
        "experiment": hashlib.sha256(asked.encode()).hexdigest()[:16],
        "economy": economy[:16],
        "code": code.hexdigest()[:16],
    }


def short(marks: Mapping[str, str]) -> str:
    """Return eight letters for an identity."""
    return hashlib.sha256(json.dumps(marks, sort_keys=True).encode()).hexdigest()[:8]


def version_mark() -> str:
    """Return the mark of the code that results depend on."""
    return _code().hexdigest()[:16]


def analysis_mark() -> str:
    """Return the mark of the code that makes tables and pictures of results."""
    return _code(analysis).hexdigest()[:16]


def outcomes_mark() -> str:
    """Return the mark of the code that outcomes of a run depend on, beside that of the run."""
    return _code(import_module("analysis.outcomes")).hexdigest()[:16]


def economies_identity(experiment: Experiment) -> str:
    """Return the mark of the compiled economy and the drawn ones that an experiment runs on.

    It holds what they are made of and the arrays that the cache keeps: another kind of processor
    may make others, by their last digits.

    Raises
    ------
    InputError
        If the cache does not hold the compiled economy.
    """
    grounds = {(one.base_year, economy.assumptions) for one, economy in experiment.grounds}
    made_of, folders = [], []
    for year, assumptions in sorted(grounds, key=repr):
        made_of.append(economy_digest(year, assumptions))
        folders.append(economy_folder(year, assumptions))
        if experiment.economies > 1:
            made_of.append(draws_identity(year))
            numbers = range(1, experiment.economies + 1)
            drawn = [drawn_folder(year, number) for number in numbers]
            if by_category(experiment, year):
                drawn += [BasisOfDraw(year, number).folder for number in numbers]
            folders += [path for path in drawn if path.exists()]
    marks = [*made_of, *(f"{folder.name} {kept_mark(folder)}" for folder in folders)]
    return hashlib.sha256(" ".join(marks).encode()).hexdigest()


def given_identity(economy: Economy) -> str:
    """Return the mark of an economy that was handed over: all that it says, but its basis."""
    said = (economy.regions, economy.sectors, economy.categories, economy.money,
            economy.prospects, economy.records)  # fmt: skip
    values: list[object] = [getattr(part, each.name) for part in said for each in fields(part)]
    values += [economy.year, economy.F, economy.x, economy.d, economy.export, economy.value_added]
    values += [economy.population, *economy.form.arrays]
    material = hashlib.sha256()
    for value in values:
        if isinstance(value, np.ndarray):
            material.update(np.ascontiguousarray(value).data)
        else:
            material.update(repr(value).encode())
    return material.hexdigest()


def _code(*rooms: ModuleType) -> "hashlib._Hash":
    code = hashlib.sha256()
    for room in rooms or ROOMS:
        for file in sorted(Path(str(room.__file__)).parent.rglob("*.py")):
            code.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return code
