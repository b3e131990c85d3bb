"""Damaged results directories, merged or read: the same figures, or a refusal in one line."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.experiment.city_words import read_cities
from analysis.experiment.comparison import compare
from analysis.experiment.merging import merge
from analysis.reliability.damage import damage
from analysis.reliability.door import Verdict, tried
from analysis.reliability.drawing import one_of
from analysis.report.finished_results import read_results
from model.compile.city_economy import Economy
from scenarios.experiment import Arm, Experiment
from scenarios.reading import read_scenario

ARMS = {"no_policy": "none", "grandfathering": "grandfathering", "per_head": "equal_per_capita"}


def asked(replications: int = 2) -> Experiment:
    """Return a small experiment."""
    arms = tuple(
        Arm(
            name=name,
            scenario=read_scenario("default", {"allocation.rule": rule, "horizon.end": 2014}),
        )
        for name, rule in ARMS.items()
    )
    return Experiment(
        name="trial", title="Trial", arms=arms, reference="no_policy", replications=replications
    )


def whole_results(folder: Path, economy: Economy) -> Path:
    """Return a small experiment's results, whole."""
    with ThreadPoolExecutor(1) as executor:
        compare(asked(), out=folder, economy=economy, executor=executor, workers=1, pictures=False)
    return folder


def trial(rng: np.random.Generator, folder: Path, whole: Path, economy: Economy) -> Verdict:
    """Return how the merging of a damaged copy ends, or the reading of its tables."""
    copy, out = folder / "copy", folder / "out"
    shutil.copytree(whole, copy)
    damage(copy, rng)
    ways = (partial(_merged_alike, copy, out, whole, economy), partial(_read_alike, copy, whole))
    try:
        return tried(one_of(rng, ways))
    finally:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.rmtree(out, ignore_errors=True)


def _merged_alike(copy: Path, out: Path, whole: Path, economy: Economy) -> bool:
    merge([copy], out, economy=economy, pictures=False)
    tables = ("cities.parquet", "national.parquet")
    return all(pd.read_parquet(out / t).equals(pd.read_parquet(whole / t)) for t in tables)


def _read_alike(copy: Path, whole: Path) -> bool:
    found, known = read_results(copy), read_results(whole)
    names = ("national", "outcomes", "ranking", "order", "classes")
    alike = all(getattr(found, name).equals(getattr(known, name)) for name in names)
    return alike and read_cities(copy, regions=True).equals(read_cities(whole, regions=True))
