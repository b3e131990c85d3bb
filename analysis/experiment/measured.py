"""Measures of an experiment's runs that are no outcomes of every run."""

from collections.abc import Callable, Mapping
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.experiment.comparison import compare_part
from analysis.outcomes.one_run import NationalTable, OneRun, cities_of
from data.errors import InputError
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment

Measure = Callable[[OneRun], float]


def measured(
    experiment: Experiment,
    measures: Mapping[str, Measure],
    economy: Economy,
    workers: int | None = None,
) -> dict[str, pd.DataFrame]:
    """Return each measure of every run of an experiment on an economy as it was compiled.

    A row a replication, a column an arm; nothing is kept on disk.

    Raises
    ------
    InputError
        If a run fails.
    """
    cities = cities_of(economy)
    found: dict[str, dict[str, list[float]]] = {name: {} for name in measures}
    with TemporaryDirectory() as folder:
        results = compare_part(experiment, "1/1", out=folder, economy=economy, workers=workers)
        for failed, state in results.failures.items():
            raise InputError(f"{failed}: {state}")
        for key in results.finished():
            tables = results.read(key)
            run = OneRun(tables.cities, NationalTable(tables.national), cities)
            for name, measure in measures.items():
                found[name].setdefault(key.arm, []).append(measure(run))
    return {name: pd.DataFrame(values) for name, values in found.items()}
